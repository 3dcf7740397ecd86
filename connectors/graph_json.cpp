#include "connectors/graph_json.h"

#include <charconv>
#include <cmath>

#include "connectors/graph_text.h"

namespace narvaro {
namespace {

const Json kNoItems = Json::array();

/// The whole of `text` as a number; empty when anything else is in it.
template <class T>
std::optional<T> parsed(const std::string& text) {
    T value{};
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end) return {};
    return value;
}

}  // namespace

Result<Json> parse_graph_json(std::string_view body) {
    Result<std::string> text = repaired_json(body, kGraphJsonDepth);
    if (!text) return tl::unexpected{text.error()};
    Json value = Json::parse(*text, nullptr, false);
    if (value.is_discarded()) return fail(Fault::bad_reply, "the answer is not JSON");
    return value;
}

const Json* member(const Json& value, std::string_view name) {
    if (!value.is_object()) return nullptr;
    const auto found = value.find(name);
    return found == value.end() || found->is_null() ? nullptr : &*found;
}

std::string text_at(const Json& value, std::string_view name) {
    const Json* found = member(value, name);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string id_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_integer() ? value.dump() : std::string{};
}

std::string id_at(const Json& value, std::string_view name) {
    const Json* found = member(value, name);
    return found != nullptr ? id_of(*found) : std::string{};
}

std::optional<std::int64_t> count_of(const Json& value) {
    constexpr double kMost = 9.0e15;  // beyond this a double no longer tells one from the next
    std::optional<std::int64_t> count;
    if (value.is_string()) count = parsed<std::int64_t>(value.get<std::string>());
    if (const auto number = number_of(value); !count && number && std::abs(*number) <= kMost) {
        count = static_cast<std::int64_t>(*number);
    }
    return count && *count >= 0 ? count : std::nullopt;
}

std::optional<std::int64_t> count_at(const Json& value, std::string_view name) {
    const Json* found = member(value, name);
    return found != nullptr ? count_of(*found) : std::nullopt;
}

std::optional<double> number_of(const Json& value) {
    std::optional<double> number;
    if (value.is_number()) number = value.get<double>();
    if (value.is_string()) number = parsed<double>(value.get<std::string>());
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<double> number_at(const Json& value, std::string_view name) {
    const Json* found = member(value, name);
    return found != nullptr ? number_of(*found) : std::nullopt;
}

const Json& list_at(const Json& value, std::string_view name) {
    const Json* found = member(value, name);
    return found != nullptr && found->is_array() ? *found : kNoItems;
}

const Json& edge_at(const Json& value, std::string_view name) {
    const Json* found = member(value, name);
    return found != nullptr ? list_at(*found, "data") : kNoItems;
}

std::optional<sys_seconds> parse_graph_time(std::string_view text) {
    std::string instant{text};
    const std::size_t size = instant.size();
    if (size >= 24 && (instant[size - 5] == '+' || instant[size - 5] == '-')) {
        instant.insert(size - 2, ":");  // "+0000": Meta writes no colon
    }
    return parse_instant(instant);
}

std::optional<sys_seconds> time_at(const Json& value, std::string_view name) {
    return parse_graph_time(text_at(value, name));
}

}  // namespace narvaro
