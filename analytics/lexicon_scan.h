#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analytics/lexicon.h"

namespace narvaro {

/// Whether a letter begins with this byte.
bool letter_start(char c);
/// The end or the beginning of a part, short enough to be read: a hostile word can be a megabyte.
std::string clipped(std::string_view part, bool keep_end);
/// "uppnå·klimat·målen": a word with what matched between dots, each part clipped.
std::string dotted(std::string_view before, std::string_view match, std::string_view after);

/// One pass of a lexicon over a text.
class LexiconScan {
  public:
    LexiconScan(const Lexicon& lexicon, const TokenText& text) : lex_(lexicon), text_(text) {}
    Scan run();

  private:
    /// The keys with which a word begins, shortest first.
    struct Keys {
        static constexpr std::size_t kMost = 32;
        std::array<std::pair<std::int32_t, std::uint32_t>, kMost> found;  ///< slot, length
        std::size_t count = 0;
    };
    /// What the keys come to for a word of `size` bytes.
    struct Meaning {
        std::int32_t term = -1;
        std::size_t length = 0;
        bool excluded = false;
        std::size_t excluded_length = 0;
    };
    struct Range {
        std::size_t from = 0, to = 0;
    };

    Keys keys(std::string_view word) const;
    Meaning meaning(const Keys& keys, std::size_t size) const;
    Meaning stem_meaning(std::string_view word) const;
    const Lexicon::Slot& slot(std::int32_t s) const {
        return lex_.slots_[static_cast<std::size_t>(s)];
    }
    const CompiledTerm& term(std::int32_t t) const {
        return lex_.terms_[static_cast<std::size_t>(t)];
    }

    void word(std::size_t i);
    bool joined_excluded(std::size_t i);
    bool ending_excluded(std::string_view rest) const;
    bool compound(std::size_t i);
    bool phrase(std::size_t i, const Keys& keys);
    void try_phrase(std::size_t i, std::int32_t id);
    std::size_t phrase_end(const std::vector<PhraseWord>& p, std::size_t from, std::size_t i) const;
    bool fits(const PhraseWord& w, const Token& t) const;
    bool bounded(std::size_t i) const;
    /// The weight that a neighbour gives to the word, or `weight`.
    double in_context(std::size_t i, const Keys& keys, double weight, bool& other_sense) const;
    bool neighbour(const CompiledContext& c, std::size_t i) const;

    void tag(std::size_t i);
    void glued(std::size_t i);
    void block(std::string_view word, std::vector<Range>& blocked) const;
    Meaning glued_term(std::string_view word, std::size_t at) const;
    void tag_parts(std::size_t i, std::vector<Range>& taken);

    void add(std::int32_t term, double weight, std::size_t i, std::size_t last, std::string shown);
    void drop(std::string_view word, bool other_sense);
    std::string words_of(std::size_t from, std::size_t to) const;

    const Lexicon& lex_;
    const TokenText& text_;
    Scan out_;
    std::size_t best_end_ = 0;  ///< of the phrase found at the current word; 0: none
    std::int32_t best_phrase_ = -1;
};

}  // namespace narvaro
