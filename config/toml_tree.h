#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/problem.h"
#include "core/time.h"

namespace narvaro {

/// Where something stands in a file; both count from 1.
struct Position {
    int line = 1;
    int column = 1;
    auto operator<=>(const Position&) const = default;
};

struct TomlEntry;

/// A TOML document as plain values in the file's order, each with its place.
struct TomlValue {
    enum class Kind { text, integer, number, truth, day, other, list, table };
    Kind kind = Kind::table;
    Position at;
    std::string text;
    std::int64_t integer = 0;
    double number = 0;  ///< of an integer, too
    bool truth = false;
    date::local_days day;
    std::vector<TomlValue> list;
    std::vector<TomlEntry> table;

    /// Empty when the table has no such key.
    const TomlValue* find(std::string_view key) const;
};

struct TomlEntry {
    std::string key;
    Position at;  ///< of the key
    TomlValue value;
};

/// @param file  names the text in the problem
/// @return the document's table; or the first error of syntax, with the parser's own position
tl::expected<TomlValue, Problem> parse_toml(std::string_view text, const std::string& file);

}  // namespace narvaro
