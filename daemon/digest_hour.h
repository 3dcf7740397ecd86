#pragma once
#include <chrono>
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

}  // namespace narvaro
