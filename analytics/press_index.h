#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analytics/hook_words.h"
#include "analytics/hooks.h"
#include "analytics/links.h"

namespace narvaro {

/// A press item as it is searched.
struct IndexedItem {
    std::string id;
    std::string title;
    std::string host;
    std::optional<sys_seconds> time;  ///< published, but never after it was first read
    std::vector<std::string> outlet;  ///< " mitt i vallentuna ", as HookVocabulary::sequence
};

/// A word of the press, and the items that use it, oldest first.
struct IndexedWord {
    struct Use {
        std::uint32_t item;
        bool title;
    };
    std::string key;
    HookWord::Kind kind = HookWord::Kind::word;
    bool place = false;
    std::vector<Use> uses;
    std::uint32_t documents = 0;  ///< items and further texts that hold it
};

/// The press, indexed by words, word beginnings, word endings and links.
class PressIndex {
  public:
    PressIndex(const HookRules& rules, const std::vector<PressItem>& items,
               const std::vector<std::string>& documents);

    const HookVocabulary& vocabulary() const { return vocabulary_; }
    const std::vector<IndexedItem>& items() const { return items_; }  ///< oldest first
    const IndexedWord& word(std::uint32_t w) const { return words_[w]; }
    std::optional<std::uint32_t> find(const std::string& key) const;
    /// Words of the press that begin or end as this one does, in at least five letters.
    struct Alike {
        std::uint32_t word;
        bool inflected;  ///< the same word in another form
    };
    /// Only those that an item of [from, to) uses.
    std::vector<Alike> alike(const std::string& key, std::uint32_t from, std::uint32_t to) const;
    /// Items with first <= time <= last: [from, to) in items().
    std::pair<std::uint32_t, std::uint32_t> between(sys_seconds first, sys_seconds last) const;
    /// How telling a word of that many documents is.
    double rarity(std::uint32_t documents) const;

    std::optional<std::uint32_t> item_of(const LinkParts& link) const;
    /// Whether the link is an article of the press, though in no feed.
    bool press_article(const LinkParts& link) const;

  private:
    void add_item(const HookRules& rules, const PressItem& item);
    void add_words(std::uint32_t item, const PressItem& from);
    std::uint32_t word_id(const HookWord& word);
    void count_documents(const std::vector<std::string>& documents);

    HookVocabulary vocabulary_;
    std::vector<IndexedItem> items_;
    std::uint32_t timed_ = 0;  ///< items with a time; they stand first
    std::vector<IndexedWord> words_;
    std::unordered_map<std::string, std::uint32_t> by_key_;
    /// A use of a word that begins, or ends, with the letters of the bucket; sorted.
    struct EdgeUse {
        std::uint32_t item, word;
        auto operator<=>(const EdgeUse&) const = default;
    };
    using Edges = std::unordered_map<std::string, std::vector<EdgeUse>>;
    static void look(const Edges& edges, const std::string& at, std::uint32_t from,
                     std::uint32_t to, std::vector<std::uint32_t>& words);
    void index_edges();
    Edges by_start_, by_end_;
    std::unordered_map<std::string, std::uint32_t> by_link_;
    std::set<std::string> press_hosts_;
    std::map<std::string, std::set<std::string>> sections_;  ///< first path parts of items, by host
    double documents_ = 0;
};

/// The letters that two words have in common at the start, and at the end.
std::size_t common_start(std::string_view a, std::string_view b);
std::size_t common_end(std::string_view a, std::string_view b);

}  // namespace narvaro
