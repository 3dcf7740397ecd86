// A label's rules file: terms, excludes, compounds, contexts, damping.
#include <algorithm>
#include <map>
#include <utility>

#include "config/nearest_name.h"
#include "config/rules_reading.h"

namespace narvaro {
namespace {

const std::vector<std::string> kKinds{"prefix", "word",   "phrase", "hashtag",
                                      "emoji",  "handle", "ending"};
/// An exclude takes single words away: no phrase, and an emoji is left out by writing no term.
const std::vector<std::string> kExcludeKinds{"prefix", "word", "hashtag", "handle", "ending"};
const std::vector<std::string> kTermKinds{"prefix", "word", "phrase", "hashtag", "emoji", "handle"};
const std::vector<std::string> kChannels{"facebook", "instagram", "website"};

std::optional<Term::Kind> read_kind(TableReader& r, const std::vector<std::string>& allowed) {
    const auto written = r.one_of("kind", allowed);
    if (!written) return r.has("kind") ? std::nullopt : std::optional{Term::Kind::prefix};
    const auto found = std::find(kKinds.begin(), kKinds.end(), *written);
    return static_cast<Term::Kind>(found - kKinds.begin());
}

std::optional<std::string> read_filled(TableReader& r, const std::string& key) {
    if (!r.has(key)) r.missing(key, key + " = \"klimat\"");
    return r.filled(key);
}

/// Empty when it is wrong.
std::optional<double> read_weight(TableReader& r, double otherwise) {
    if (!r.has("weight")) {
        (void)r.number("weight");  // known, though absent
        return otherwise;
    }
    const auto weight = r.number("weight");
    constexpr double kHeaviest = 2.0;
    if (!weight || (*weight >= -kHeaviest && *weight <= kHeaviest)) return weight;
    r.wrong("weight", "must lie from -2 to 2; 1.0 suffices alone, 0.5 supports, 0.25 is weak");
    return {};
}

/// Reads one file into rules that hold the built-in's already, or nothing.
class LabelReader {
  public:
    LabelReader(TableReader& top, LabelRules& rules) : top_(top), rules_(rules) {
        for (std::size_t i = 0; i < rules_.terms.size(); ++i) {
            from_base_.emplace(key_of(rules_.terms[i]), i);
        }
    }

    void read() {
        rules_.version = top_.whole("version", 1, 1'000'000).value_or(rules_.version);
        read_threshold();
        read_damping();
        for (TableReader& r : top_.tables("exclude")) read_exclude(r);
        for (TableReader& r : top_.tables("term")) read_term(r);
        for (TableReader& r : top_.tables("compound")) read_compound(r);
        for (TableReader& r : top_.tables("context")) read_context(r);
        add_texts(top_, "allow_handles", rules_.allow_handles);
        add_texts(top_, "deny_handles", rules_.deny_handles);
        read_channels();
    }

  private:
    void read_threshold() {
        const auto threshold = top_.number("threshold");
        if (!threshold) return;
        rules_.threshold = *threshold;
        if (*threshold <= 0 || *threshold > 100) {
            top_.wrong("threshold",
                       "must be above 0 and at most 100; a term that suffices alone "
                       "has 1.0");
        }
    }

    void read_damping() {
        auto r = top_.table("damping");
        if (!r) return;
        Damping& d = rules_.damping;
        d.list_mention = r->number("list_mention", 0, 1).value_or(d.list_mention);
        d.lone_hit_over = r->whole("lone_hit_over", 0, 1'000'000).value_or(d.lone_hit_over);
        d.lone_hit_factor = r->number("lone_hit_factor", 0, 1).value_or(d.lone_hit_factor);
        r->finish();
    }

    void read_exclude(TableReader& r) {
        const auto match = read_filled(r, "match");
        const auto kind = read_kind(r, kExcludeKinds);
        r.finish();
        if (!match || !kind) return;
        const Exclude exclude{*match, *kind};
        const auto& known = rules_.excludes;
        if (std::find(known.begin(), known.end(), exclude) == known.end()) {
            rules_.excludes.push_back(exclude);
        }
    }

    void read_term(TableReader& r) {
        const auto match = read_filled(r, "match");
        const auto kind = read_kind(r, kTermKinds);
        const auto weight = read_weight(r, 1.0);
        auto forms = r.texts("forms");
        r.finish();
        if (!match || !kind || !weight) return;
        if (r.has("forms") && *kind != Term::Kind::word) {
            r.wrong("forms", "fits kind = \"word\" only: a prefix has them already");
        }
        Term term{*match, *kind, *weight, std::move(forms)};
        if (const Exclude* exclude = hiding(term)) {
            r.wrong("match", "is \"" + *match + "\", which can never match: the exclude \"" +
                                 exclude->match + "\" takes it away first");
        }
        // The built-in's term with the same match and kind; within one file none replaces another.
        const auto known = from_base_.find(key_of(term));
        if (known != from_base_.end())
            rules_.terms[known->second] = std::move(term);
        else
            rules_.terms.push_back(std::move(term));
    }

    using TermKey = std::pair<Term::Kind, std::string>;
    static TermKey key_of(const Term& term) { return {term.kind, without_case(term.match)}; }

    static bool hides(const Exclude& exclude, Term::Kind kind, std::string_view text) {
        const std::string match = without_case(exclude.match);
        const std::string written = without_case(text);
        const bool by_beginning = exclude.kind != Term::Kind::word;
        const bool same_kind = exclude.kind == kind ||
                               (exclude.kind == Term::Kind::prefix && kind == Term::Kind::word);
        return same_kind && (by_beginning ? written.starts_with(match) : written == match);
    }

    /// The exclude that takes away every form of the term; null when one can match.
    const Exclude* hiding(const Term& term) const {
        for (const Exclude& exclude : rules_.excludes) {
            const auto hidden = [&](const std::string& text) {
                return hides(exclude, term.kind, text);
            };
            if (hidden(term.match) && std::all_of(term.forms.begin(), term.forms.end(), hidden)) {
                return &exclude;
            }
        }
        return nullptr;
    }

    void read_compound(TableReader& r) {
        const auto root = read_filled(r, "root");
        std::vector<std::string> before;
        add_texts(r, "allow_before", before);
        r.finish();
        if (!root) return;
        for (Compound& known : rules_.compounds) {
            if (known.root != *root) continue;
            for (std::string& part : before) {
                auto& list = known.allow_before;
                if (std::find(list.begin(), list.end(), part) == list.end()) {
                    list.push_back(std::move(part));
                }
            }
            return;
        }
        rules_.compounds.push_back({*root, std::move(before)});
    }

    void read_context(TableReader& r) {
        const auto match = read_filled(r, "match");
        auto before = r.texts("before");
        auto after = r.texts("after");
        const auto weight = read_weight(r, 0.0);
        if (!r.has("before") && !r.has("after")) {
            r.missing("before", "before = [\"politiska\"], or after = [\"…\"]");
        }
        r.finish();
        if (!match || !weight) return;
        Context context{*match, std::move(before), std::move(after), *weight};
        const auto& known = rules_.contexts;
        if (std::find(known.begin(), known.end(), context) == known.end()) {
            rules_.contexts.push_back(std::move(context));
        }
    }

    void read_channels() {
        const auto channels = top_.placed_texts("text_channels");
        if (top_.has("text_channels")) rules_.text_channels.clear();
        for (const PlacedText& channel : channels) {
            rules_.text_channels.push_back(channel.text);
            if (std::find(kChannels.begin(), kChannels.end(), channel.text) == kChannels.end()) {
                top_.report().add(channel.at, unknown_name("channel", channel.text, kChannels));
            }
        }
    }

    TableReader& top_;
    LabelRules& rules_;
    std::map<TermKey, std::size_t> from_base_;
};

}  // namespace

tl::expected<LabelRules, Problems> label_rules_from(std::string_view label, std::string_view text,
                                                    const std::string& file,
                                                    const LabelRules* base) {
    const auto document = parse_toml(text, file);
    if (!document) return tl::unexpected{Problems{document.error()}};
    Problems problems;
    const Report report{file, problems};
    TableReader top{*document, "", report};
    const bool extends = read_extends(top) && base != nullptr;
    LabelRules rules = extends ? *base : LabelRules{};
    rules.label = label;
    rules.hash = rules_hash(rules.hash, text);
    LabelReader{top, rules}.read();
    top.finish();
    std::sort(problems.begin(), problems.end());
    if (!problems.empty()) return tl::unexpected{std::move(problems)};
    return rules;
}

}  // namespace narvaro
