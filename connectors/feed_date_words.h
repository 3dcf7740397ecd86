#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace narvaro {

/// The number of a month from its name or abbreviation, in lower case, with or without a dot;
/// 0: no month.
unsigned month_named(std::string_view word);

/// Whether it names a day of the week, whole or cut short. In lower case.
bool is_weekday_name(std::string_view word);

/// How far the clocks of a named zone are ahead of UTC. In lower case: "cet", "est".
std::optional<std::chrono::minutes> zone_named(std::string_view word);

}  // namespace narvaro
