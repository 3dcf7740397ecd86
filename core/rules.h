#pragma once
#include <map>
#include <string>
#include <vector>

namespace narvaro {

/// One entry of a rules file, as written: the text is not normalised yet.
struct Term {
    enum class Kind { prefix, word, phrase, hashtag, emoji, handle, ending };
    std::string match;
    Kind kind = Kind::prefix;
    double weight = 1.0;             ///< -2 … 2
    std::vector<std::string> forms;  ///< word only: further exact forms
    bool operator==(const Term&) const = default;
};

/// A token that matches is taken away before anything is weighed. An ending takes a word away that
/// a prefix found, when it stands behind what the prefix matched: "vägen" in "havsörnsvägen".
struct Exclude {
    std::string match;
    Term::Kind kind = Term::Kind::prefix;
    bool operator==(const Exclude&) const = default;
};

/// A root that counts first in a word, and later in a word only after these first parts.
struct Compound {
    std::string root;
    std::vector<std::string> allow_before;
    bool operator==(const Compound&) const = default;
};

/// Another sense: the weight of `match` is replaced when a neighbour is found.
struct Context {
    std::string match;
    std::vector<std::string> before;  ///< words that stand right before
    std::vector<std::string> after;   ///< words that stand right after
    double weight = 0;
    bool operator==(const Context&) const = default;
};

struct Damping {
    double list_mention = 1.0;     ///< factor for a lone hit in a list of topics
    int lone_hit_over = 300;       ///< characters
    double lone_hit_factor = 1.0;  ///< factor for a single hit in a text longer than that
    bool operator==(const Damping&) const = default;
};

/// How one label is judged: one rules file.
struct LabelRules {
    std::string label;  ///< the file's name: "climate"
    int version = 1;
    double threshold = 0.8;
    Damping damping;
    std::vector<Term> terms;
    std::vector<Exclude> excludes;
    std::vector<Compound> compounds;
    std::vector<Context> contexts;
    std::vector<std::string>
        allow_handles;                      ///< ung_vanster: accounts that are, whatever their name
    std::vector<std::string> deny_handles;  ///< ung_vanster: accounts that are not
    /// Words alone make the label only on these channels ("facebook", "instagram", "website");
    /// empty: on all. Handles given by the platform count everywhere.
    std::vector<std::string> text_channels;
    std::string hash;  ///< of the bytes that made it, hexadecimal
    bool operator==(const LabelRules&) const = default;
};

/// How news hooks are judged: rules/hooks.toml.
struct HookRules {
    int version = 1;
    int max_characters = 400;     ///< addresses and hashtags not counted
    int window_hours = 72;        ///< by words
    int link_window_hours = 168;  ///< by a link
    double threshold = 6.0;
    int document_floor = 200;  ///< a cold archive does not make every word rare
    double outlet_bonus = 2.5;
    double place_factor = 0.4;
    std::vector<std::string> places;  ///< local names that never carry a hook alone
    std::vector<std::string> stop_words;
    std::vector<std::string> press_domains;  ///< beside the domains of the configured press feeds
    std::map<std::string, std::vector<std::string>>
        outlets;  ///< domain or source -> names it is known by
    std::string hash;
    bool operator==(const HookRules&) const = default;
};

struct Rules {
    std::vector<LabelRules> labels;  ///< by label name
    HookRules hooks;
    bool operator==(const Rules&) const = default;
};

}  // namespace narvaro
