#include "rules_from_files.h"

#include <stdexcept>
#include <string_view>

#include <toml++/toml.h>

namespace narvaro::testing_rules {
namespace {

const std::string kRules = NARVARO_TEST_DATA "/../../config/rules/";

Term::Kind kind_of(const std::string& name) {
    if (name == "prefix") return Term::Kind::prefix;
    if (name == "word") return Term::Kind::word;
    if (name == "phrase") return Term::Kind::phrase;
    if (name == "hashtag") return Term::Kind::hashtag;
    if (name == "emoji") return Term::Kind::emoji;
    if (name == "handle") return Term::Kind::handle;
    if (name == "ending") return Term::Kind::ending;
    throw std::runtime_error("unknown kind " + name);
}

std::vector<std::string> texts(const toml::node_view<const toml::node>& node) {
    std::vector<std::string> out;
    if (const auto* array = node.as_array())
        for (const auto& n : *array) out.push_back(n.value<std::string>().value());
    return out;
}

template <class On>
void each(const toml::table& file, std::string_view name, On&& on) {
    if (const auto* array = file[name].as_array())
        for (const auto& n : *array) on(*n.as_table());
}

LabelRules read_label(const std::string& label, const toml::table& file) {
    LabelRules out;
    out.label = label;
    out.version = file["version"].value_or(1);
    out.threshold = file["threshold"].value_or(0.8);
    out.damping.list_mention = file["damping"]["list_mention"].value_or(1.0);
    out.damping.lone_hit_over = file["damping"]["lone_hit_over"].value_or(300);
    out.damping.lone_hit_factor = file["damping"]["lone_hit_factor"].value_or(1.0);
    out.text_channels = texts(file["text_channels"]);
    out.allow_handles = texts(file["allow_handles"]);
    out.deny_handles = texts(file["deny_handles"]);
    each(file, "term", [&](const toml::table& t) {
        Term term;
        term.match = t["match"].value<std::string>().value();
        term.kind = kind_of(t["kind"].value_or(std::string("prefix")));
        term.weight = t["weight"].value_or(1.0);
        term.forms = texts(t["forms"]);
        out.terms.push_back(std::move(term));
    });
    each(file, "exclude", [&](const toml::table& t) {
        out.excludes.push_back({t["match"].value<std::string>().value(),
                                kind_of(t["kind"].value_or(std::string("prefix")))});
    });
    each(file, "compound", [&](const toml::table& t) {
        out.compounds.push_back({t["root"].value<std::string>().value(), texts(t["allow_before"])});
    });
    each(file, "context", [&](const toml::table& t) {
        out.contexts.push_back({t["match"].value<std::string>().value(), texts(t["before"]),
                                texts(t["after"]), t["weight"].value_or(0.0)});
    });
    return out;
}

HookRules read_hooks(const toml::table& file) {
    HookRules out;
    out.version = file["version"].value_or(1);
    out.max_characters = file["max_characters"].value_or(out.max_characters);
    out.window_hours = file["window_hours"].value_or(out.window_hours);
    out.link_window_hours = file["link_window_hours"].value_or(out.link_window_hours);
    out.threshold = file["threshold"].value_or(out.threshold);
    out.document_floor = file["document_floor"].value_or(out.document_floor);
    out.outlet_bonus = file["outlet_bonus"].value_or(out.outlet_bonus);
    out.place_factor = file["place_factor"].value_or(out.place_factor);
    out.places = texts(file["places"]);
    out.stop_words = texts(file["stop_words"]);
    out.press_domains = texts(file["press_domains"]);
    if (const auto* outlets = file["outlets"].as_table())
        for (const auto& [who, names] : *outlets)
            out.outlets[std::string(who.str())] = texts(toml::node_view<const toml::node>(&names));
    return out;
}

}  // namespace

Rules shipped() {
    Rules out;
    for (const char* label : {"climate", "ung_vanster", "youth"})
        out.labels.push_back(read_label(label, toml::parse_file(kRules + label + ".toml")));
    out.hooks = read_hooks(toml::parse_file(kRules + "hooks.toml"));
    return out;
}

LabelRules label_rules(const std::string& label, const std::string& toml) {
    return read_label(label, toml::parse(toml));
}

}  // namespace narvaro::testing_rules
