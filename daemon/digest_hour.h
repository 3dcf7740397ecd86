#pragma once
#include <chrono>
#include <functional>
#include <optional>

#include "core/time.h"

namespace narvaro {

/// When the digest is due: a weekday and a time of day by the plan's clocks.
struct DigestHour {
    date::weekday day = date::Monday;
    std::chrono::minutes time{std::chrono::hours{7}};
};

/// A digest that should exist by now.
struct DueDigest {
    IsoWeek week;     ///< the complete week that it tells of
    sys_seconds due;  ///< when it should have been composed
};

/// The hour at which the digest of `week` is due: the first such weekday and time after the week's
/// end.
sys_seconds digest_due(IsoWeek week, const DigestHour& hour, const Zone& zone);

/// The latest week whose digest is due at `now`.
DueDigest latest_due(sys_seconds now, const DigestHour& hour, const Zone& zone);

/// The first digest hour after `now`.
sys_seconds next_digest_hour(sys_seconds now, const DigestHour& hour, const Zone& zone);

/// The oldest digest that was due since `since` and is not there: a missed week is caught up, the
/// oldest first. Looks back to the newest one that is there, at most a year.
/// @param is_there  whether that week's digest has been composed
/// @return empty: none is missing
Result<std::optional<DueDigest>> oldest_missing(
    sys_seconds now, sys_seconds since, const DigestHour& hour, const Zone& zone,
    const std::function<Result<bool>(IsoWeek)>& is_there);

}  // namespace narvaro
