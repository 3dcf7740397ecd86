// A level against its baseline: followers, members, a fund.
#include <algorithm>
#include <cmath>

#include "analytics/target_kinds.h"
#include "analytics/trend.h"

namespace narvaro {
namespace {

struct Base {
    double value = 0;
    std::optional<sys_seconds> at;
    bool given = false;  ///< by the plan; else it was read
};

/// The baseline: as the plan gives it, else the last figure at or before the plan's first instant
/// (or the end of the day that the plan names), else the first one after.
Result<std::optional<Base>> find_base(const TargetQuestion& q) {
    const auto& given = q.target.baseline;
    if (given && given->value) {
        Base base{*given->value, {}, true};
        if (given->at) base.at = q.zone.start_of(*given->at);
        return std::optional{base};
    }
    const sys_seconds at =
        given && given->at ? q.zone.day(*given->at).to - seconds{1} : q.whole().from;
    auto sample = q.facts.sample_at(*q.target.series, at);
    if (sample && !*sample) sample = q.facts.sample_after(*q.target.series, at);
    if (!sample) return tl::unexpected{sample.error()};
    if (!*sample) return std::optional<Base>{};
    return std::optional{Base{(*sample)->value, (*sample)->at, false}};
}

/// What the plan asks for by now: the lower of the straight line and of steady growth by a
/// constant share.
double due_by_now(const TargetQuestion& q, double base, double goal) {
    const double f = q.elapsed();
    const double straight = base + (goal - base) * f;
    const double steady = base > 0 && goal > 0 ? base * std::pow(goal / base, f) : straight;
    return std::min(straight, steady);
}

TargetState state_of(const TargetQuestion& q, double value, double goal, double due) {
    const bool reached = value >= goal - kHair;
    if (q.over()) return reached ? TargetState::met : TargetState::missed;
    // A level can fall again: before the plan's end it is never met for good.
    if (reached || value >= due - kHair) return TargetState::on_track;
    return TargetState::behind;
}

Result<ResultReason> why_no_value(const TargetQuestion& q) {
    if (q.target.series->source.empty()) return ResultReason::no_samples;
    const auto observed = q.facts.observed(q.target.series->source);
    if (!observed) return tl::unexpected{observed.error()};
    return *observed ? ResultReason::no_samples : ResultReason::not_observed;
}

Result<TargetResult> without_value(const TargetQuestion& q, TargetResult r) {
    const auto reason = why_no_value(q);
    if (!reason) return tl::unexpected{reason.error()};
    r.reason = *reason;
    return r;
}

}  // namespace

Result<TargetResult> evaluate_growth(const TargetQuestion& q) {
    TargetResult r;
    const sys_seconds until = q.seen().to - seconds{1};
    const auto base = find_base(q);
    if (!base) return tl::unexpected{base.error()};
    if (*base) {
        r.baseline = (*base)->value;
        r.baseline_at = (*base)->at;
        const bool read_late = !(*base)->given && (*base)->at > q.whole().from;
        if (read_late) r.cautions.push_back(Caution::baseline_late);
    }
    const Goal& goal = q.target.goal;
    if (goal.at_least)
        r.goal = goal.at_least;
    else if (*base)
        r.goal = (*base)->value * goal.factor.value_or(1);

    const auto sample = q.facts.sample_at(*q.target.series, until);
    if (!sample) return tl::unexpected{sample.error()};
    if (!*sample) return without_value(q, std::move(r));
    r.value = (*sample)->value;
    r.value_at = (*sample)->at;
    if (!*base) {
        r.reason = ResultReason::no_baseline;
        return r;
    }
    if (!goal.at_least && (*base)->value == 0) {
        r.goal.reset();
        r.reason = ResultReason::baseline_zero;
        return r;
    }
    const double way = *r.goal - *r.baseline;
    if (way != 0) r.progress = (*r.value - *r.baseline) / way;
    r.expected = due_by_now(q, *r.baseline, *r.goal);
    r.state = state_of(q, *r.value, *r.goal, *r.expected);
    if (!q.over() && *r.value < *r.goal - kHair) {
        r.needed.kind = Needed::Kind::per_week;
        r.needed.amount =
            std::ceil((*r.goal - *r.value) / std::max(q.weeks_left(), 1.0 / 7) - kHair);
        r.needed.before = q.whole().to;
    }
    // An old reading is where the trend ends, not a week in which nothing came.
    constexpr std::chrono::hours kOld{7 * 24};
    const sys_seconds last = until - *r.value_at > kOld ? *r.value_at : until;
    const auto trend = trend_of(q, last);
    if (!trend) return tl::unexpected{trend.error()};
    r.jumps = trend->jumps;
    if (trend->steps.empty()) return r;
    r.gain = weekly_gain(*trend);
    const std::chrono::duration<double, std::ratio<7LL * 24 * 3600>> since = until - last;
    const double weeks_to_go = q.over() ? 0 : q.weeks_left() + since.count();
    r.forecast = forecast_of(*trend, *r.value, weeks_to_go, q.whole().to - seconds{1});
    return r;
}

}  // namespace narvaro
