#pragma once
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/plan.h"
#include "core/target_result.h"

namespace narvaro {

/// A target as programs read it (spec section 6): id, kind, name, value, goal, baseline, progress,
/// state, needed, forecast, periods, of, reason; beside them pace, measurability, baseline_source
/// and warnings, for growth gain, for rate chance. What is not known is null. A whole number has no
/// decimals.
nlohmann::ordered_json target_json(const Target& target, const TargetResult& result,
                                   const Zone& zone, std::string_view language);

/// A figure as JSON: whole numbers as integers, an absent or non-finite one as null.
nlohmann::ordered_json figure_json(std::optional<double> value);

}  // namespace narvaro
