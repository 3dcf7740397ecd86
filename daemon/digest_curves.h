#pragma once
#include <vector>

#include "config/settings.h"
#include "digest/week.h"
#include "storage/store.h"

namespace narvaro {

/// The charts of a digest: followers and what is counted over the year, at most five, each with its
/// value at the end of every week since the plan began, as it is known by `known_by`.
Result<std::vector<DigestCurve>> digest_curves(const Plan& plan, const Zone& zone,
                                               const Places& places, const Store& store,
                                               sys_seconds as_of, sys_seconds known_by);

/// How much each own source published in the week up to `as_of`, and in the eight before it.
Result<std::vector<DigestActivity>> digest_activity(const Settings& settings, const Store& store,
                                                    IsoWeek week, const Zone& zone, AsOf as_of);

}  // namespace narvaro
