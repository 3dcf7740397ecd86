// So many in every month or week of the plan.
#include <algorithm>
#include <cmath>

#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

/// The months or weeks of the plan that have begun, cut at its edges.
std::vector<Span> begun_periods(const TargetQuestion& q) {
    std::vector<Span> periods;
    const Span whole = q.whole();
    for (sys_seconds at = whole.from; at < whole.to && at <= q.as_of;) {
        const Span calendar = q.target.goal.per == PeriodUnit::month
                                  ? q.zone.month(q.zone.month_of(at))
                                  : q.zone.week(week_of(q.zone.day_of(at)));
        periods.push_back({at, std::min(calendar.to, whole.to)});
        at = calendar.to;
    }
    return periods;
}

/// How many periods the whole plan has.
std::int64_t periods_in_all(const TargetQuestion& q) {
    TargetQuestion end = q;
    end.as_of = q.whole().to;
    return static_cast<std::int64_t>(begun_periods(end).size());
}

std::int64_t met_count(const std::vector<PeriodResult>& periods) {
    return std::count_if(periods.begin(), periods.end(), [](const auto& p) { return p.met; });
}

TargetState state_of(const TargetQuestion& q, const std::vector<PeriodResult>& periods,
                     std::int64_t in_all, double at_least) {
    const bool one_failed = std::any_of(periods.begin(), periods.end(),
                                        [](const auto& p) { return p.closed && !p.met; });
    if (one_failed) return TargetState::missed;
    const PeriodResult& current = periods.back();
    const bool last = static_cast<std::int64_t>(periods.size()) == in_all;
    if (current.met) return last ? TargetState::met : TargetState::on_track;
    const double expected = std::round(q.elapsed_of(current.span) * at_least);
    return static_cast<double>(current.count) >= expected ? TargetState::on_track
                                                          : TargetState::behind;
}

/// How many periods will have been met at the end: those met, and of the others as many as the
/// share so far says (with one success and one failure added, so that two good months promise no
/// perfect year).
Forecast forecast_of(const TargetQuestion& q, const std::vector<PeriodResult>& periods,
                     std::int64_t in_all) {
    const auto met = met_count(periods);
    const auto closed = std::count_if(periods.begin(), periods.end(),
                                      [](const auto& p) { return p.closed || p.met; });
    const auto open = static_cast<double>(in_all - closed);
    const double chance = static_cast<double>(met + 1) / static_cast<double>(closed + 2);
    const double value = static_cast<double>(met) + open * chance;
    const double spread = kEightyPercent * std::sqrt(open * chance * (1 - chance));
    return {q.whole().to - seconds{1}, value,
            std::max(static_cast<double>(met), std::floor(value - spread)),
            std::min(static_cast<double>(met) + open, std::ceil(value + spread))};
}

}  // namespace

Result<TargetResult> evaluate_rate(const TargetQuestion& q) {
    TargetResult r;
    const double at_least = q.target.goal.at_least.value_or(1);
    r.goal = at_least;
    if (q.target.baseline) r.baseline = q.target.baseline->value;
    const auto observed = any_observed(q, q.target.posts);
    if (!observed) return tl::unexpected{observed.error()};

    const std::vector<Span> periods = begun_periods(q);
    std::vector<Span> counted;
    for (const Span& p : periods) counted.push_back({p.from, std::min(p.to, q.seen().to)});
    const auto counts = count_in(q, counted);
    if (!counts) return tl::unexpected{counts.error()};
    const bool nothing = std::all_of(counts->begin(), counts->end(), [](auto n) { return n == 0; });
    if (!*observed && nothing) {
        r.reason = ResultReason::not_observed;
        return r;
    }
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const bool met = static_cast<double>((*counts)[i]) >= at_least - kHair;
        r.periods.push_back({periods[i], (*counts)[i], met, periods[i].to <= q.as_of + seconds{1}});
    }
    const PeriodResult& current = r.periods.back();
    const std::int64_t in_all = periods_in_all(q);
    r.value = static_cast<double>(current.count);
    const auto judged = std::count_if(r.periods.begin(), r.periods.end(),
                                      [](const auto& p) { return p.closed || p.met; });
    if (judged > 0) {
        r.progress = static_cast<double>(met_count(r.periods)) / static_cast<double>(judged);
    }
    r.state = state_of(q, r.periods, in_all, at_least);
    if (!current.met && !current.closed) {
        r.needed.kind = Needed::Kind::posts_before;
        r.needed.amount = std::ceil(at_least - static_cast<double>(current.count) - kHair);
        r.needed.before = current.span.to;
    }
    r.forecast = forecast_of(q, r.periods, in_all);
    return r;
}

}  // namespace narvaro
