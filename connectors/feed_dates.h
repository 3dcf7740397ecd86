#pragma once
#include <optional>
#include <string_view>

#include "core/time.h"

namespace narvaro {

/// An instant as feeds write it: RFC 822 and what passes for it, asctime, W3C and ISO 8601 (with
/// ordinal days and weeks), SQL, Perforce; month names in Swedish, English, German, Danish, Dutch,
/// French, Spanish, Hungarian and Greek; Korean with a zone of its own. Two-digit years below 90
/// are 20xx. Without a zone, or with one that is not known, it is UTC; without a time, midnight.
/// @return empty for what cannot be read or does not exist (31 June, 25:00); never now
std::optional<sys_seconds> parse_feed_date(std::string_view text);

}  // namespace narvaro
