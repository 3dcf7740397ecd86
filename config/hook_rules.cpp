// hooks.toml: how a short post is matched with a press item.
#include <algorithm>

#include "config/address.h"
#include "config/rules_reading.h"

namespace narvaro {
namespace {

void read_figures(TableReader& top, HookRules& rules) {
    constexpr int kMost = 1'000'000;
    constexpr int kYear = 366 * 24;
    rules.version = top.whole("version", 1, kMost).value_or(rules.version);
    rules.max_characters = top.whole("max_characters", 1, kMost).value_or(rules.max_characters);
    rules.window_hours = top.whole("window_hours", 1, kYear).value_or(rules.window_hours);
    rules.link_window_hours =
        top.whole("link_window_hours", 1, kYear).value_or(rules.link_window_hours);
    rules.document_floor = top.whole("document_floor", 0, kMost).value_or(rules.document_floor);
    rules.outlet_bonus = top.number("outlet_bonus", 0, 100).value_or(rules.outlet_bonus);
    rules.place_factor = top.number("place_factor", 0, 1).value_or(rules.place_factor);
    const auto threshold = top.number("threshold");
    if (!threshold) return;
    rules.threshold = *threshold;
    if (*threshold <= 0 || *threshold > 100) {
        top.wrong("threshold", "must be above 0 and at most 100");
    }
}

/// "mitti.se": what a link is compared with.
void read_domains(TableReader& top, HookRules& rules) {
    for (PlacedText& domain : top.placed_texts("press_domains")) {
        const auto host = parse_host_and_port(domain.text);
        if (!host || host->port != 0) {
            top.report().add(domain.at, "\"press_domains\" holds \"" + domain.text +
                                            "\", which is no domain; write it as \"mitti.se\"");
            continue;
        }
        auto& known = rules.press_domains;
        if (std::find(known.begin(), known.end(), domain.text) == known.end()) {
            known.push_back(std::move(domain.text));
        }
    }
}

void read_outlets(TableReader& top, HookRules& rules) {
    auto outlets = top.table("outlets");
    if (!outlets) return;
    for (const TomlEntry& entry : outlets->entries()) {
        if (entry.key.empty()) {
            outlets->report().add(entry.at, "an outlet needs a domain or a source as its name");
        }
        rules.outlets[entry.key] = outlets->texts(entry.key);
    }
}

}  // namespace

tl::expected<HookRules, Problems> hook_rules_from(std::string_view text, const std::string& file,
                                                  const HookRules* base) {
    const auto document = parse_toml(text, file);
    if (!document) return tl::unexpected{Problems{document.error()}};
    Problems problems;
    const Report report{file, problems};
    TableReader top{*document, "", report};
    const bool extends = read_extends(top) && base != nullptr;
    HookRules rules = extends ? *base : HookRules{};
    rules.hash = rules_hash(rules.hash, text);
    read_figures(top, rules);
    add_texts(top, "places", rules.places);
    add_texts(top, "stop_words", rules.stop_words);
    read_domains(top, rules);
    read_outlets(top, rules);
    top.finish();
    std::sort(problems.begin(), problems.end());
    if (!problems.empty()) return tl::unexpected{std::move(problems)};
    return rules;
}

}  // namespace narvaro
