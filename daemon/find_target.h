#pragma once
#include <string>
#include <utility>

#include "config/settings.h"
#include "core/plan.h"
#include "core/result.h"

namespace narvaro {

/// The target of that id, of the last plan that has one. Fault::usage names those that there are.
Result<std::pair<const Plan*, const Target*>> find_target(const Settings& settings,
                                                          const std::string& id);

/// The plan of that id; without one, the last plan. Fault::usage names those that there are.
Result<const Plan*> find_plan(const Settings& settings, const std::string& id);

}  // namespace narvaro
