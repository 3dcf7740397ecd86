#pragma once
#include <vector>

#include "analytics/targets.h"

namespace narvaro {

/// How good the forecasts were that could have been made at `then` of `now`: each target of the
/// plan is forecast as if the plan ended at the end of the day of `now`, and compared with what
/// came. Targets without a forecast or an outcome are left out.
/// @param facts_then  as of `then`; with what was known then, if the review shall be honest
/// @param facts_now   as of the end of that day, or as far as is known
Result<std::vector<ForecastReview>> review_forecasts(const Plan& plan, const Places& places,
                                                     const Facts& facts_then, sys_seconds then,
                                                     const Facts& facts_now, sys_seconds now);

}  // namespace narvaro
