#include "config/rules_file.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "builtin_rules_files.h"
#include "config/reader.h"

namespace narvaro {
namespace {

constexpr std::array kLabels{"climate", "ung_vanster", "youth"};

const std::vector<std::string> kKinds{"prefix", "word", "phrase", "hashtag", "emoji", "handle"};

/// FNV-1a, in hexadecimal: a name for the bytes, not a proof of them.
std::string hash_of(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : bytes) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::hex << (hash & 0xFFFFFFFFU);
    return out.str();
}

std::optional<Term::Kind> read_kind(TableReader& reader) {
    const auto written = reader.text("kind");
    if (!written) return Term::Kind::prefix;
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (*written == kKinds[i]) return static_cast<Term::Kind>(i);
    }
    reader.wrong("kind", "is \"" + *written + "\"; " + allowed_names(*written, kKinds));
    return {};
}

std::optional<std::string> read_match(TableReader& reader) {
    const auto match = reader.text("match");
    if (match && !match->empty()) return match;
    if (match)
        reader.wrong("match", "is empty; write the text to look for");
    else if (reader.raw().get("match") == nullptr)
        reader.missing("match", "match = \"klimat\"");
    return {};
}

std::optional<double> read_weight(TableReader& reader, double otherwise) {
    constexpr double kHeaviest = 2.0;
    const auto weight = reader.number("weight");
    if (!weight) return otherwise;
    if (std::abs(*weight) <= kHeaviest) return weight;
    reader.wrong("weight", "must lie from -2 to 2; 1.0 suffices alone, 0.5 supports, 0.25 is weak");
    return {};
}

/// Calls `read` with a reader for each table of an array of tables.
template <class F>
void each_table(TableReader& parent, const std::string& key, F read) {
    const toml::array* list = parent.tables(key);
    if (list == nullptr) return;
    for (const toml::node& node : *list) {
        TableReader reader{*node.as_table(), "[[" + key + "]]", parent.report()};
        read(reader);
        reader.finish();
    }
}

void read_terms(TableReader& top, LabelRules& rules) {
    each_table(top, "exclude", [&](TableReader& r) {
        const auto match = read_match(r);
        const auto kind = read_kind(r);
        if (match && kind) rules.excludes.push_back({*match, *kind});
    });
    each_table(top, "term", [&](TableReader& r) {
        const auto match = read_match(r);
        const auto kind = read_kind(r);
        const auto weight = read_weight(r, 1.0);
        auto forms = r.texts("forms");
        if (!match || !kind || !weight) return;
        for (const Exclude& e : rules.excludes) {
            const bool hidden = (e.kind == Term::Kind::prefix && match->starts_with(e.match)) ||
                                (e.kind == *kind && e.match == *match);
            const bool is_word = *kind == Term::Kind::prefix || *kind == Term::Kind::word;
            if (hidden && is_word && forms.empty()) {
                r.wrong("match", "\"" + *match + "\" can never match: the exclude \"" + e.match +
                                     "\" takes it away first");
            }
        }
        rules.terms.push_back({*match, *kind, *weight, std::move(forms)});
    });
    each_table(top, "compound", [&](TableReader& r) {
        const auto root = r.text("root");
        if (!root || root->empty()) r.missing("root", "root = \"miljö\"");
        auto before = r.texts("allow_before");
        if (root && !root->empty()) rules.compounds.push_back({*root, std::move(before)});
    });
    each_table(top, "context", [&](TableReader& r) {
        const auto match = read_match(r);
        auto before = r.texts("before");
        auto after = r.texts("after");
        const auto weight = read_weight(r, 0.0);
        if (match && weight)
            rules.contexts.push_back({*match, std::move(before), std::move(after), *weight});
    });
}

void read_damping(TableReader& top, Damping& damping) {
    const toml::table* table = top.table("damping");
    if (table == nullptr) return;
    TableReader r{*table, "[damping]", top.report()};
    damping.list_mention = r.number("list_mention").value_or(damping.list_mention);
    damping.lone_hit_over =
        static_cast<int>(r.integer("lone_hit_over").value_or(damping.lone_hit_over));
    damping.lone_hit_factor = r.number("lone_hit_factor").value_or(damping.lone_hit_factor);
    r.finish();
}

/// Whether the file builds on the built-in rules.
bool read_extends(TableReader& top) {
    const auto extends = top.text("extends");
    if (!extends || *extends == "builtin") return true;
    if (*extends != "none") {
        top.wrong("extends",
                  "is \"" + *extends + "\"; " + allowed_names(*extends, {"builtin", "none"}));
    }
    return false;
}

const LabelRules* builtin_label(std::string_view label) {
    for (const LabelRules& rules : builtin_rules().labels) {
        if (rules.label == label) return &rules;
    }
    return nullptr;
}

void replace(std::vector<std::string>& list, std::vector<std::string> given) {
    list.insert(list.end(), std::make_move_iterator(given.begin()),
                std::make_move_iterator(given.end()));
}

using Problems = std::vector<Problem>;

tl::expected<LabelRules, Problems> label_from(std::string_view label, std::string_view text,
                                              const std::string& file, bool may_extend) {
    Problems problems;
    const Report report{file, problems};
    const auto table = parse_toml(text, report);
    if (!table) return tl::unexpected{problems};
    TableReader top{*table, "", report};
    LabelRules rules;
    const LabelRules* base = read_extends(top) && may_extend ? builtin_label(label) : nullptr;
    if (base != nullptr) rules = *base;
    rules.label = label;
    rules.version = static_cast<int>(top.integer("version").value_or(rules.version));
    rules.threshold = top.number("threshold").value_or(rules.threshold);
    if (rules.threshold <= 0) top.wrong("threshold", "must be above zero");
    read_damping(top, rules.damping);
    read_terms(top, rules);
    replace(rules.allow_handles, top.texts("allow_handles"));
    replace(rules.deny_handles, top.texts("deny_handles"));
    const bool names_channels = top.raw().contains("text_channels");
    auto channels = top.texts("text_channels");
    if (names_channels) rules.text_channels = std::move(channels);
    for (const std::string& c : rules.text_channels) {
        const std::vector<std::string> known{"facebook", "instagram", "website"};
        if (std::find(known.begin(), known.end(), c) == known.end()) {
            top.wrong("text_channels", "holds \"" + c + "\"; " + allowed_names(c, known));
        }
    }
    top.finish();
    rules.hash = hash_of(std::string{base != nullptr ? base->hash : ""} + std::string{text});
    if (!problems.empty()) return tl::unexpected{problems};
    return rules;
}

void read_outlets(TableReader& top, HookRules& rules) {
    const toml::table* table = top.table("outlets");
    if (table == nullptr) return;
    TableReader r{*table, "[outlets]", top.report()};
    for (const auto& [key, value] : *table) {
        const std::string domain{key.str()};
        rules.outlets[domain] = r.texts(domain);
    }
}

int whole(TableReader& top, const std::string& key, int otherwise) {
    const auto value = top.integer(key);
    if (!value) return otherwise;
    constexpr std::int64_t kMost = 1'000'000;
    if (*value >= 0 && *value <= kMost) return static_cast<int>(*value);
    top.wrong(key, "must lie from 0 to 1000000");
    return otherwise;
}

tl::expected<HookRules, Problems> hooks_from(std::string_view text, const std::string& file,
                                             bool may_extend) {
    Problems problems;
    const Report report{file, problems};
    const auto table = parse_toml(text, report);
    if (!table) return tl::unexpected{problems};
    TableReader top{*table, "", report};
    const bool extends = read_extends(top) && may_extend;
    HookRules rules = extends ? builtin_rules().hooks : HookRules{};
    rules.version = whole(top, "version", rules.version);
    rules.max_characters = whole(top, "max_characters", rules.max_characters);
    rules.window_hours = whole(top, "window_hours", rules.window_hours);
    rules.link_window_hours = whole(top, "link_window_hours", rules.link_window_hours);
    rules.threshold = top.number("threshold").value_or(rules.threshold);
    rules.document_floor = whole(top, "document_floor", rules.document_floor);
    rules.outlet_bonus = top.number("outlet_bonus").value_or(rules.outlet_bonus);
    rules.place_factor = top.number("place_factor").value_or(rules.place_factor);
    replace(rules.places, top.texts("places"));
    replace(rules.stop_words, top.texts("stop_words"));
    replace(rules.press_domains, top.texts("press_domains"));
    read_outlets(top, rules);
    top.finish();
    rules.hash = hash_of((extends ? builtin_rules().hooks.hash : "") + std::string{text});
    if (!problems.empty()) return tl::unexpected{problems};
    return rules;
}

[[noreturn]] void end_over(const Problems& problems) {
    for (const Problem& p : problems) std::cerr << "built-in rules: " << to_string(p) << "\n";
    std::abort();
}

Rules read_builtin() {
    Rules rules;
    for (const char* label : kLabels) {
        const std::string file = std::string{label} + ".toml";
        auto parsed = label_from(label, embedded::builtin_rules_files(file), file, false);
        if (!parsed) end_over(parsed.error());
        rules.labels.push_back(std::move(*parsed));
    }
    auto hooks = hooks_from(embedded::builtin_rules_files("hooks.toml"), "hooks.toml", false);
    if (!hooks) end_over(hooks.error());
    rules.hooks = std::move(*hooks);
    return rules;
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

template <class T>
void take_over(tl::expected<T, Problems> parsed, T& rules, Problems& problems) {
    if (parsed)
        rules = std::move(*parsed);
    else
        problems.insert(problems.end(), parsed.error().begin(), parsed.error().end());
}

}  // namespace

const Rules& builtin_rules() {
    static const Rules rules = read_builtin();
    return rules;
}

tl::expected<LabelRules, Problems> parse_label_rules(std::string_view label, std::string_view text,
                                                     const std::string& file) {
    return label_from(label, text, file, true);
}

tl::expected<HookRules, Problems> parse_hook_rules(std::string_view text, const std::string& file) {
    return hooks_from(text, file, true);
}

Rules load_rules(const std::filesystem::path& directory, Problems& problems) {
    Rules rules = builtin_rules();
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{directory, error}) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const std::string label = file.stem().string();
        if (label == "hooks") {
            take_over(parse_hook_rules(text_of(file), file.string()), rules.hooks, problems);
            continue;
        }
        auto known = std::find_if(rules.labels.begin(), rules.labels.end(),
                                  [&](const LabelRules& r) { return r.label == label; });
        if (known == rules.labels.end()) {
            LabelRules fresh;
            fresh.label = label;
            known = rules.labels.insert(rules.labels.end(), fresh);
        }
        take_over(parse_label_rules(label, text_of(file), file.string()), *known, problems);
    }
    std::sort(rules.labels.begin(), rules.labels.end(),
              [](const LabelRules& a, const LabelRules& b) { return a.label < b.label; });
    return rules;
}

}  // namespace narvaro
