// The one file that knows toml++.
#include "config/toml_tree.h"

#include <algorithm>

#include <toml++/toml.h>

namespace narvaro {
namespace {

Position position_of(const toml::source_position& at) {
    return {std::max(1, static_cast<int>(at.line)), std::max(1, static_cast<int>(at.column))};
}

TomlValue value_of(const toml::node& node);

std::vector<TomlEntry> entries_of(const toml::table& table) {
    std::vector<TomlEntry> entries;
    for (const auto& [key, value] : table) {
        entries.push_back(
            {std::string{key.str()}, position_of(key.source().begin), value_of(value)});
    }
    // toml++ keeps keys by the alphabet; a person means the order in which they stand.
    std::sort(entries.begin(), entries.end(),
              [](const TomlEntry& a, const TomlEntry& b) { return a.at < b.at; });
    return entries;
}

void take_day(const toml::date& given, TomlValue& out) {
    const auto day = date::year{given.year} / given.month / given.day;
    out.kind = day.ok() ? TomlValue::Kind::day : TomlValue::Kind::other;
    if (day.ok()) out.day = date::local_days{day};
}

TomlValue value_of(const toml::node& node) {
    using Kind = TomlValue::Kind;
    TomlValue out;
    out.at = position_of(node.source().begin);
    out.kind = Kind::other;
    if (const auto* text = node.as_string()) {
        out.kind = Kind::text;
        out.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        out.kind = Kind::integer;
        out.integer = integer->get();
        out.number = static_cast<double>(out.integer);
    } else if (const auto* number = node.as_floating_point()) {
        out.kind = Kind::number;
        out.number = number->get();
    } else if (const auto* truth = node.as_boolean()) {
        out.kind = Kind::truth;
        out.truth = truth->get();
    } else if (const auto* day = node.as_date()) {
        take_day(day->get(), out);
    } else if (const auto* list = node.as_array()) {
        out.kind = Kind::list;
        for (const toml::node& entry : *list) out.list.push_back(value_of(entry));
    } else if (const auto* table = node.as_table()) {
        out.kind = Kind::table;
        out.table = entries_of(*table);
    }
    return out;
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view key) const {
    for (const TomlEntry& entry : table) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

tl::expected<TomlValue, Problem> parse_toml(std::string_view text, const std::string& file) {
    try {
        const toml::table table = toml::parse(text);
        return value_of(table);
    } catch (const toml::parse_error& error) {
        const Position at = position_of(error.source().begin);
        return tl::unexpected{
            Problem{file, at.line, at.column, "TOML: " + std::string{error.description()}}};
    }
}

}  // namespace narvaro
