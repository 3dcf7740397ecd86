#include "config/duration.h"

#include <charconv>
#include <cstdint>

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

}  // namespace narvaro
