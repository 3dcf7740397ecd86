#include "config/duration.h"

#include <charconv>
#include <cstdint>
#include <utility>

namespace narvaro {
namespace {

/// Milliseconds in a unit; 0 when it is none.
std::int64_t milliseconds_in(std::string_view unit) {
    if (unit == "ms") return 1;
    if (unit == "s") return 1000;
    if (unit == "m" || unit == "min") return 60'000;
    if (unit == "h") return 3'600'000;
    if (unit == "d") return 86'400'000;
    return 0;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    const char* const first = text.data();
    const char* const last = first + text.size();
    const auto [end, error] = std::from_chars(first, last, count);
    if (error != std::errc{} || text.starts_with('-')) return {};
    constexpr std::int64_t kYear = 366LL * 86'400'000;
    const std::int64_t unit = milliseconds_in({end, static_cast<std::size_t>(last - end)});
    if (unit == 0 || count > kYear / unit) return {};
    return std::chrono::milliseconds{count * unit};
}

std::string duration_text(std::chrono::seconds duration) {
    constexpr std::pair<std::int64_t, const char*> kUnits[] = {
        {86'400, "d"}, {3600, "h"}, {60, "m"}};
    const std::int64_t count = duration.count();
    for (const auto& [size, unit] : kUnits) {
        if (count != 0 && count % size == 0) return std::to_string(count / size) + unit;
    }
    return std::to_string(count) + "s";
}

}  // namespace narvaro
