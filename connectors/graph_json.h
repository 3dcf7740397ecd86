#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/result.h"
#include "core/time.h"

namespace narvaro {

using Json = nlohmann::json;

/// How deep an answer of Meta may nest; its own go to about ten.
inline constexpr int kGraphJsonDepth = 64;

/// Reads an answer of Meta. Lone surrogates and bytes that are not UTF-8 become U+FFFD, raw control
/// characters in texts become spaces; so every text in the value is valid UTF-8.
/// @return Fault::bad_reply for what is no JSON, is cut short, or nests deeper than the limit
Result<Json> parse_graph_json(std::string_view body);

/// The member, or null when `value` is no object, has no such member, or has null there.
const Json* member(const Json& value, std::string_view name);

/// Texts only; empty for anything else.
std::string text_at(const Json& value, std::string_view name);

/// An id as text, whether it was sent as text or as a whole number; empty for anything else.
std::string id_at(const Json& value, std::string_view name);
std::string id_of(const Json& value);

/// A count of 0 or more, sent as a whole number or as text.
std::optional<std::int64_t> count_at(const Json& value, std::string_view name);
std::optional<std::int64_t> count_of(const Json& value);

/// A finite number, sent as a number or as text.
std::optional<double> number_at(const Json& value, std::string_view name);
std::optional<double> number_of(const Json& value);

/// The list under `name`; an empty one when there is none.
const Json& list_at(const Json& value, std::string_view name);

/// The list under `name`.`data`, as edges are nested in a node; an empty one when there is none.
const Json& edge_at(const Json& value, std::string_view name);

/// "2026-11-02T17:04:11+0000", "+01:00", "Z".
std::optional<sys_seconds> parse_graph_time(std::string_view text);
std::optional<sys_seconds> time_at(const Json& value, std::string_view name);

}  // namespace narvaro
