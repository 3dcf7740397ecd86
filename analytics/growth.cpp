// A level against its baseline: followers, members, a fund.
#include <algorithm>
#include <cmath>

#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

constexpr int kWeeksLookedAt = 8;

struct Base {
    double value = 0;
    std::optional<sys_seconds> at;
};

/// The baseline: as the plan gives it, else the last figure at or before the plan's first instant
/// (or the end of the day that the plan names), else the first one after.
Result<std::optional<Base>> find_base(const TargetQuestion& q) {
    const auto& given = q.target.baseline;
    if (given && given->value) {
        Base base{*given->value, {}};
        if (given->at) base.at = q.zone.start_of(*given->at);
        return std::optional{base};
    }
    const sys_seconds at =
        given && given->at ? q.zone.day(*given->at).to - seconds{1} : q.whole().from;
    auto sample = q.facts.sample_at(*q.target.series, at);
    if (sample && !*sample) sample = q.facts.sample_after(*q.target.series, at);
    if (!sample) return tl::unexpected{sample.error()};
    if (!*sample) return std::optional<Base>{};
    return std::optional{Base{(*sample)->value, (*sample)->at}};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// What each of the last full weeks added, as far as there are figures.
Result<std::vector<double>> weekly_gains(const TargetQuestion& q, sys_seconds until) {
    std::vector<double> gains;
    std::optional<double> later;
    for (int week = 0; week <= kWeeksLookedAt; ++week) {
        const auto sample =
            q.facts.sample_at(*q.target.series, until - std::chrono::hours{24 * 7 * week});
        if (!sample) return tl::unexpected{sample.error()};
        if (!*sample) break;
        if (later) gains.push_back(*later - (*sample)->value);
        later = (*sample)->value;
    }
    return gains;
}

/// On goes the median week; the range grows with the spread of weeks and the root of the time.
Forecast forecast_of(const TargetQuestion& q, double value, const std::vector<double>& gains) {
    const double weeks = q.weeks_left();
    const double gain = median(gains);
    std::vector<double> off;
    off.reserve(gains.size());
    for (const double g : gains) off.push_back(std::abs(g - gain));
    constexpr double kToDeviation = 1.4826;  // median distance of a bell curve
    const double deviation = std::max(kToDeviation * median(off), 0.5);
    const double end = value + gain * weeks;
    const double spread = kEightyPercent * deviation * std::sqrt(weeks);
    return {q.whole().to - seconds{1}, std::max(0.0, end), std::max(0.0, end - spread),
            std::max(0.0, end + spread)};
}

/// Whether the level keeps up with the straight line or with steady growth by a constant share,
/// whichever asks for less at this time.
bool keeps_up(const TargetQuestion& q, double value, double base, double goal) {
    const double f = q.elapsed();
    const double straight = base + (goal - base) * f;
    const double steady = base > 0 && goal > 0 ? base * std::pow(goal / base, f) : straight;
    return value >= std::min(straight, steady) - kHair;
}

TargetState state_of(const TargetQuestion& q, double value, double base, double goal) {
    const bool reached = value >= goal - kHair;
    if (q.over()) return reached ? TargetState::met : TargetState::missed;
    // A level can fall again: before the plan's end it is never met for good.
    if (reached || keeps_up(q, value, base, goal)) return TargetState::on_track;
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
    r.state = state_of(q, *r.value, *r.baseline, *r.goal);
    if (!q.over() && *r.value < *r.goal - kHair) {
        r.needed.kind = Needed::Kind::per_week;
        r.needed.amount =
            std::ceil((*r.goal - *r.value) / std::max(q.weeks_left(), 1.0 / 7) - kHair);
        r.needed.before = q.whole().to;
    }
    const auto gains = weekly_gains(q, until);
    if (!gains) return tl::unexpected{gains.error()};
    if (!gains->empty()) r.forecast = forecast_of(q, *r.value, *gains);
    return r;
}

}  // namespace narvaro
