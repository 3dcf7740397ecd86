#pragma once
#include "analytics/facts.h"
#include "analytics/targets.h"

namespace narvaro {

/// So many in a stretch of time: "2/week", or 3 in all.
struct Pace {
    double amount = 0;
    std::optional<std::chrono::days> per;  ///< empty: in all, evenly
};

/// "2/week", "0.5/day", "1/month" (30 days), "3". @return empty for anything else, and for an
/// amount below zero or above a million
std::optional<Pace> parse_pace(std::string_view text);

/// What has not happened yet: from the instant after `now` on, up to and with `until`.
struct Imagined {
    sys_seconds now;
    sys_seconds until;
    Pace counted;  ///< posts or records that the target counts; for growth, of the level's own unit
    Pace others;   ///< share: posts of the whole that do not match
    /// The instants at which a pace's units fall, evenly, the last at `until` or before.
    std::vector<sys_seconds> instants(const Pace& pace) const;
};

/// The target as of `imagined.until`, if that came true.
/// @param facts  as of `imagined.now`
/// @return Fault::usage for coverage, which posts do not move, and for an `until` that is not after
/// `now`
Result<TargetResult> what_if(const Target& target, const Plan& plan, const Zone& zone,
                             const Places& places, const Facts& facts, const Imagined& imagined);

/// The smallest whole number of further units, by `imagined.until`, with which the target is then
/// met or on track; `imagined.counted` is not looked at. Empty: a thousand do not suffice, or it is
/// there without any.
Result<std::optional<std::int64_t>> enough(const Target& target, const Plan& plan, const Zone& zone,
                                           const Places& places, const Facts& facts,
                                           Imagined imagined);

}  // namespace narvaro
