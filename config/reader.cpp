#include "config/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace narvaro {

std::optional<toml::table> parse_toml(std::string_view text, const Report& report) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        report.add(error.source().begin, std::string{error.description()});
        return {};
    }
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 0) return {};
    const std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    std::int64_t factor = 0;
    if (unit == "ms") factor = 1;
    if (unit == "s") factor = 1000;
    if (unit == "m" || unit == "min") factor = 60'000;
    if (unit == "h") factor = 3'600'000;
    if (unit == "d") factor = 86'400'000;
    constexpr std::int64_t kYear = 366LL * 86'400'000;
    if (factor == 0 || count > kYear / factor) return {};
    return std::chrono::milliseconds{count * factor};
}

const toml::node* TableReader::node(const std::string& key) {
    asked_.push_back(key);
    return table_.get(key);
}

std::string TableReader::quoted(const std::string& key) const {
    return "\"" + key + "\"" + (name_.empty() ? "" : " in " + name_);
}

void TableReader::wrong(const std::string& key, const std::string& text) {
    const toml::node* at = table_.get(key);
    report_.add(at != nullptr ? *at : table_, quoted(key) + " " + text);
}

void TableReader::missing(const std::string& key, const std::string& example) {
    report_.add(table_, quoted(key) + " is missing; write for example " + example);
}

std::optional<std::string> TableReader::text(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return {};
    if (at->is_string()) return at->as_string()->get();
    wrong(key, "must be text; write it in quotes");
    return {};
}

std::optional<double> TableReader::number(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return {};
    const auto value = at->is_number() ? at->value<double>() : std::nullopt;
    if (value && std::isfinite(*value)) return value;
    wrong(key, "must be a number");
    return {};
}

std::optional<std::int64_t> TableReader::integer(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return {};
    if (at->is_integer()) return at->as_integer()->get();
    wrong(key, "must be a whole number");
    return {};
}

std::optional<bool> TableReader::truth(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return {};
    if (at->is_boolean()) return at->as_boolean()->get();
    wrong(key, "must be true or false");
    return {};
}

std::optional<date::local_days> TableReader::day(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return {};
    if (const auto* given = at->as_date()) {
        const toml::date d = given->get();
        const auto ymd = date::year{d.year} / d.month / d.day;
        if (ymd.ok()) return date::local_days{ymd};
    }
    if (const auto* given = at->as_string()) {
        if (const auto day = parse_date(given->get())) return day;
    }
    wrong(key, "must be a date; write it as 2021-01-31");
    return {};
}

std::optional<std::chrono::milliseconds> TableReader::duration(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return {};
    if (const auto* given = at->as_string()) {
        if (const auto value = parse_duration(given->get())) return value;
    }
    wrong(key, "must be a duration with its unit; allowed: \"90s\", \"15m\", \"1h\", \"1d\"");
    return {};
}

std::vector<std::string> TableReader::texts(const std::string& key) {
    std::vector<std::string> list;
    const toml::node* at = node(key);
    if (at == nullptr) return list;
    const toml::array* given = at->as_array();
    if (given == nullptr) {
        wrong(key, "must be a list of texts; write [\"…\", \"…\"]");
        return list;
    }
    for (const toml::node& entry : *given) {
        if (entry.is_string())
            list.push_back(entry.as_string()->get());
        else
            report_.add(entry, quoted(key) + " must hold texts only; write them in quotes");
    }
    return list;
}

const toml::table* TableReader::table(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return nullptr;
    if (at->is_table()) return at->as_table();
    wrong(key, "must be a table");
    return nullptr;
}

const toml::array* TableReader::tables(const std::string& key) {
    const toml::node* at = node(key);
    if (at == nullptr) return nullptr;
    const toml::array* list = at->as_array();
    const bool holds_tables =
        list != nullptr &&
        std::all_of(list->begin(), list->end(), [](const auto& n) { return n.is_table(); });
    if (holds_tables) return list;
    wrong(key, "must be tables; write [[" + key + "]]");
    return nullptr;
}

void TableReader::finish() {
    for (const auto& [key, value] : table_) {
        const std::string written{key.str()};
        if (std::find(asked_.begin(), asked_.end(), written) != asked_.end()) continue;
        report_.add(key.source().begin,
                    "unknown key " + quoted(written) + "; " + allowed_names(written, asked_));
    }
}

}  // namespace narvaro
