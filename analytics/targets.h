#pragma once
#include <vector>

#include "analytics/facts.h"
#include "core/places.h"
#include "core/plan.h"
#include "core/result.h"
#include "core/target_result.h"
#include "core/time.h"

namespace narvaro {

/// A target as of an instant, exact to the calendar of the plan's zone. Nothing dated after
/// `as_of`, which is inclusive, and nothing outside the plan counts. The formulas stand in
/// docs/targets.md. Errors are those of `facts`.
Result<TargetResult> evaluate(const Target& target, const Plan& plan, const Zone& zone,
                              const Places& places, const Facts& facts, sys_seconds as_of);

/// Every target of the plan, in its order.
Result<std::vector<TargetResult>> evaluate_all(const Plan& plan, const Places& places,
                                               const Facts& facts, sys_seconds as_of);

}  // namespace narvaro
