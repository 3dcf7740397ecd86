#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/tokens.h"
#include "analytics/trie.h"
#include "core/rules.h"

namespace narvaro {

/// One word of a phrase or of a neighbour, as the rules write it.
///
///   skog      this word            skog*     a word that begins so
///   …         up to two words      {15-29}   a number from 15 to 29
///   ^från     this word where a sentence, a line or a bracket opens
struct PhraseWord {
    enum class Kind { word, begins, skip, number };
    Kind kind = Kind::word;
    std::string text;   ///< folded
    std::string plain;  ///< without diacritics
    int least = 0, most = 0;
    bool opens = false;
};

/// A term ready to match. Terms are sorted by content, so the order in the file is nothing.
struct CompiledTerm {
    Term::Kind kind = Term::Kind::prefix;
    double weight = 0;
    std::string match;               ///< folded
    std::vector<PhraseWord> phrase;  ///< phrase only
};

struct CompiledContext {
    std::vector<std::vector<PhraseWord>> before, after;
    double weight = 0;
};

/// Something in a text that speaks for or against a label.
struct Hit {
    std::int32_t term = -1;  ///< what makes hits distinct
    double weight = 0;
    std::size_t token = 0, last = 0;  ///< the tokens that it covers, `last` included
    std::string shown;                ///< "klimat·omställningen"
    bool emoji = false;
};

/// What was taken away: shown, so that a no can be understood.
struct Dropped {
    std::string shown;  ///< "arbets·miljö"
    bool other_sense = false;
};

struct Scan {
    std::vector<Hit> hits;
    std::vector<Dropped> dropped;
};

/// The rules of one label, compiled for one pass over a text.
class Lexicon {
  public:
    explicit Lexicon(const LabelRules& rules);

    const LabelRules& rules() const { return rules_; }

    /// Everything in the text; handles too.
    Scan scan(const TokenText& text) const;
    /// A handle as the platform gives it, squeezed: adds a hit when it is one of the label's.
    void scan_handle(const std::string& squeezed, Scan& into) const;

  private:
    friend class LexiconScan;

    /// What one key of the main trie means.
    struct Slot {
        std::int32_t prefix = -1, word = -1;  ///< terms
        bool exclude_prefix = false, exclude_word = false;
        std::vector<std::int32_t> phrases, phrases_begin;  ///< by first word
        std::vector<std::int32_t> contexts, contexts_begin;
    };

    void add_terms();
    void add_term(std::int32_t id, const Term& term);
    void add_key(const std::string& key, Term::Kind kind, std::int32_t id);
    void add_plain_keys();
    void add_phrase(std::int32_t id);
    void add_excludes();
    void add_contexts();
    void add_roots();
    Slot& slot(const std::string& key);
    bool is_root(std::string_view key) const;

    LabelRules rules_;
    std::vector<CompiledTerm> terms_;
    std::vector<CompiledContext> contexts_;
    std::vector<std::int32_t> number_phrases_;  ///< those that begin with {15-29}
    Trie words_;
    std::vector<Slot> slots_;
    Trie roots_;
    std::vector<std::vector<std::string>> allowed_;  ///< per root slot
    Trie tags_, handles_;                            ///< begin so
    std::vector<std::int32_t> tag_terms_, handle_terms_;
    Trie excluded_tags_, excluded_handles_;
    std::vector<std::string> excluded_endings_;
    std::map<std::string, std::int32_t, std::less<>> emoji_;
    std::vector<std::string> allow_, deny_;  ///< squeezed handles, sorted
    struct PlainKey {
        std::string key;
        Term::Kind kind;
        std::int32_t id;  ///< -1: an exclude
    };
    std::vector<PlainKey> plain_;
};

/// Takes a phrase apart. "fridays … future", "biologisk* mångfald*", "fyller {15-29}".
std::vector<PhraseWord> parse_phrase(std::string_view folded);

}  // namespace narvaro
