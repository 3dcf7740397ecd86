#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace narvaro {

/// "250ms", "90s", "15m" or "15min", "1h", "1d"; zero only with a unit, as "0s". Empty for anything
/// else: no unit, a sign, blanks, a fraction, or more than 366 days.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// As a configuration would write it, in the largest unit that fits: "1h", "90s", "7d".
std::string duration_text(std::chrono::seconds duration);

}  // namespace narvaro
