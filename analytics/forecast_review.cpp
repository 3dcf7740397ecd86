#include "analytics/forecast_review.h"

#include <algorithm>

namespace narvaro {
namespace {

/// What a forecast of the target speaks of: of a rate the periods that were met.
std::optional<double> outcome_of(const Target& target, const TargetResult& result) {
    if (target.kind != TargetKind::rate) return result.value;
    if (!result.value) return {};
    return static_cast<double>(std::count_if(result.periods.begin(), result.periods.end(),
                                             [](const auto& p) { return p.met; }));
}

}  // namespace

Result<std::vector<ForecastReview>> review_forecasts(const Plan& plan, const Places& places,
                                                     const Facts& facts_then, sys_seconds then,
                                                     const Facts& facts_now, sys_seconds now) {
    const auto zone = Zone::find(plan.zone);
    if (!zone) return tl::unexpected{zone.error()};
    Plan until_now = plan;
    until_now.to = std::min(plan.to, zone->day_of(now));
    const auto forecasts = evaluate_all(until_now, places, facts_then, then);
    if (!forecasts) return tl::unexpected{forecasts.error()};
    const auto outcomes = evaluate_all(until_now, places, facts_now, now);
    if (!outcomes) return tl::unexpected{outcomes.error()};
    std::vector<ForecastReview> reviews;
    for (std::size_t i = 0; i < plan.targets.size(); ++i) {
        const auto& forecast = (*forecasts)[i].forecast;
        const auto truth = outcome_of(plan.targets[i], (*outcomes)[i]);
        if (!forecast || !truth) continue;
        reviews.push_back({plan.targets[i].id, *forecast, *truth});
    }
    return reviews;
}

}  // namespace narvaro
