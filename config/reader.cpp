#include "config/reader.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "config/duration.h"
#include "config/nearest_name.h"

namespace narvaro {
namespace {

using Kind = TomlValue::Kind;

constexpr char kNotOneLine[] = "must be one line without control characters";

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

std::string plain(double value) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << value;
    return out.str();
}

}  // namespace

std::string unknown_name(const std::string& noun, const std::string& written,
                         const std::vector<std::string>& known, const std::string& of) {
    return "unknown " + noun + " \"" + written + "\"" + of + "; " + allowed_names(written, known);
}

bool is_identifier(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

const TomlValue* TableReader::find(const std::string& key) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
    return table_.find(key);
}

std::string TableReader::quoted(const std::string& key) const {
    return "\"" + key + "\"" + (name_.empty() ? "" : " in " + name_);
}

Position TableReader::at(const std::string& key) const {
    const TomlValue* value = table_.find(key);
    return value != nullptr ? value->at : table_.at;
}

void TableReader::wrong(const std::string& key, const std::string& text) const {
    report_.add(at(key), quoted(key) + " " + text);
}

void TableReader::missing(const std::string& key, const std::string& example) const {
    report_.add(table_.at, quoted(key) + " is missing; write for example " + example);
}

std::optional<std::string> TableReader::text(const std::string& key) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (value->kind != Kind::text) {
        wrong(key, "must be text; write it in quotes");
        return {};
    }
    if (is_one_line(value->text)) return value->text;
    wrong(key, kNotOneLine);
    return {};
}

std::optional<std::string> TableReader::filled(const std::string& key) {
    auto given = text(key);
    if (!given || !given->empty()) return given;
    wrong(key, "is empty; write a text in the quotes");
    return {};
}

std::optional<std::string> TableReader::one_of(const std::string& key,
                                               const std::vector<std::string>& known) {
    auto given = text(key);
    if (!given || std::find(known.begin(), known.end(), *given) != known.end()) return given;
    report_.add(at(key), unknown_name(key, *given, known));
    return {};
}

std::optional<double> TableReader::number(const std::string& key) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    const bool is_number = value->kind == Kind::integer || value->kind == Kind::number;
    if (is_number && std::isfinite(value->number)) return value->number;
    wrong(key, "must be a number, without quotes");
    return {};
}

std::optional<double> TableReader::number(const std::string& key, double least, double most) {
    const auto value = number(key);
    if (!value || (*value >= least && *value <= most)) return value;
    wrong(key, "must lie from " + plain(least) + " to " + plain(most));
    return {};
}

std::optional<int> TableReader::whole(const std::string& key, int least, int most) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (value->kind == Kind::integer && value->integer >= least && value->integer <= most) {
        return static_cast<int>(value->integer);
    }
    wrong(key,
          "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return {};
}

std::optional<bool> TableReader::truth(const std::string& key) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (value->kind == Kind::truth) return value->truth;
    wrong(key, "must be true or false, without quotes");
    return {};
}

std::optional<date::local_days> TableReader::day(const std::string& key) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (value->kind == Kind::day) return value->day;
    if (value->kind == Kind::text) {
        if (const auto day = parse_date(value->text)) return day;
    }
    wrong(key, "must be a date; write it as 2021-01-31");
    return {};
}

std::optional<std::chrono::milliseconds> TableReader::duration(const std::string& key) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (value->kind == Kind::text) {
        if (const auto given = parse_duration(value->text)) return given;
    }
    wrong(key, "must be a duration with its unit; allowed: \"90s\", \"15m\", \"1h\", \"1d\"");
    return {};
}

std::span<const TomlValue> TableReader::entries_of(const std::string& key) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (value->kind == Kind::list) return value->list;
    wrong(key, "must be a list of texts; write [\"…\", \"…\"]");
    return {};
}

std::vector<PlacedText> TableReader::placed_texts(const std::string& key) {
    std::vector<PlacedText> list;
    for (const TomlValue& entry : entries_of(key)) {
        if (entry.kind != Kind::text)
            report_.add(entry.at, quoted(key) + " must hold texts only; write them in quotes");
        else if (is_filled_line(key, entry))
            list.push_back({entry.text, entry.at});
    }
    return list;
}

bool TableReader::is_filled_line(const std::string& key, const TomlValue& entry) const {
    if (entry.text.empty())
        report_.add(entry.at, quoted(key) + " holds an empty text; take it out");
    else if (!is_one_line(entry.text))
        report_.add(entry.at, quoted(key) + " " + kNotOneLine);
    else
        return true;
    return false;
}

std::vector<TextOrTable> TableReader::texts_or_tables(const std::string& key) {
    std::vector<TextOrTable> list;
    for (const TomlValue& entry : entries_of(key)) {
        if (entry.kind == Kind::table)
            list.push_back({{}, TableReader{entry, name_ + " " + key, report_}});
        else if (entry.kind != Kind::text)
            report_.add(entry.at, quoted(key) + " must hold texts or tables");
        else if (is_filled_line(key, entry))
            list.push_back({{entry.text, entry.at}, {}});
    }
    return list;
}

std::vector<std::string> TableReader::texts(const std::string& key) {
    std::vector<std::string> list;
    for (PlacedText& entry : placed_texts(key)) list.push_back(std::move(entry.text));
    return list;
}

Text TableReader::both_languages(const std::string& key) {
    auto names = table(key);
    if (!names) return {};
    Text text{names->text("sv").value_or(""), names->text("en").value_or("")};
    names->finish();
    return text;
}

std::optional<TableReader> TableReader::table(const std::string& key, std::string name) {
    const TomlValue* value = find(key);
    if (value == nullptr) return {};
    if (name.empty()) name = name_.empty() ? "[" + key + "]" : name_ + " " + key;
    if (value->kind == Kind::table) return TableReader{*value, std::move(name), report_};
    wrong(key, "must be a table");
    return {};
}

std::vector<TableReader> TableReader::tables(const std::string& key) {
    std::vector<TableReader> readers;
    const TomlValue* value = find(key);
    if (value == nullptr) return readers;
    if (value->kind != Kind::list) {
        wrong(key, "must be tables; write [[" + key + "]]");
        return readers;
    }
    for (const TomlValue& entry : value->list) {
        if (entry.kind == Kind::table)
            readers.emplace_back(entry, "[[" + key + "]]", report_);
        else
            report_.add(entry.at, quoted(key) + " must hold tables only; write [[" + key + "]]");
    }
    return readers;
}

void TableReader::finish() const {
    for (const TomlEntry& entry : table_.table) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
        report_.add(entry.at,
                    "unknown key " + quoted(entry.key) + "; " + allowed_names(entry.key, asked_));
    }
}

}  // namespace narvaro
