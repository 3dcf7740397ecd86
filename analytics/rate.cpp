// So many in every month or week of the plan.
#include <algorithm>
#include <cmath>

#include "analytics/distribution.h"
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

/// How many posts the current period asks for by now, in whole posts.
double due_by_now(const TargetQuestion& q, const PeriodResult& current, double at_least) {
    return std::round(q.elapsed_of(current.span) * at_least);
}

TargetState state_of(const TargetQuestion& q, const std::vector<PeriodResult>& periods,
                     std::int64_t in_all, double at_least) {
    const bool one_failed = std::any_of(periods.begin(), periods.end(),
                                        [](const auto& p) { return p.closed && !p.met; });
    if (one_failed) return TargetState::missed;
    const PeriodResult& current = periods.back();
    const bool last = static_cast<std::int64_t>(periods.size()) == in_all;
    if (current.met) return last ? TargetState::met : TargetState::on_track;
    const double due = due_by_now(q, current, at_least);
    return static_cast<double>(current.count) >= due ? TargetState::on_track : TargetState::behind;
}

/// That the running period is still met: what it lacks must come in the days that are left, at the
/// pace of all periods so far (with one good period added, so that a quiet start promises
/// nothing).
double chance_of_current(const TargetQuestion& q, const std::vector<PeriodResult>& periods,
                         double at_least) {
    const PeriodResult& current = periods.back();
    if (current.met) return 1;
    if (current.closed) return 0;
    double posts = at_least;
    double length = 1;
    for (const PeriodResult& p : periods) {
        posts += static_cast<double>(p.count);
        length += p.closed ? 1 : q.elapsed_of(p.span);
    }
    const double coming = posts / length * (1 - q.elapsed_of(current.span));
    const Distribution counts = negative_binomial(coming, coming);
    const auto lacking =
        static_cast<std::size_t>(std::ceil(at_least - static_cast<double>(current.count) - kHair));
    double enough = 1;
    for (std::size_t k = 0; k < std::min(lacking, counts.size()); ++k) enough -= counts[k];
    return std::clamp(enough, 0.0, 1.0);
}

/// How many periods will have been met: those that are over are final, the current one goes by its
/// days, and the others succeed as often as those so far (with half a success and half a failure
/// added, so that two good months promise no perfect year).
void add_forecast(const TargetQuestion& q, std::int64_t in_all, double at_least, TargetResult& r) {
    const auto met = std::count_if(r.periods.begin(), r.periods.end(),
                                   [](const auto& p) { return p.closed && p.met; });
    const auto closed =
        std::count_if(r.periods.begin(), r.periods.end(), [](const auto& p) { return p.closed; });
    Distribution more{1.0};
    double chance = met == closed ? 1 : 0;
    if (!r.periods.back().closed) {
        const double current = chance_of_current(q, r.periods, at_least);
        more = single_trial(current);
        chance *= current;
    }
    const std::int64_t coming = in_all - static_cast<std::int64_t>(r.periods.size());
    // A period that is met already tells as much as one that is over.
    const bool met_early = r.periods.back().met && !r.periods.back().closed;
    constexpr double kHalf = 0.5;
    // Neighbouring weeks are much alike: four of them tell little more than a month does.
    const double weight = q.target.goal.per == PeriodUnit::week ? 0.25 : 1;
    const double successes = weight * static_cast<double>(met + (met_early ? 1 : 0)) + kHalf;
    const double failures = weight * static_cast<double>(closed - met) + kHalf;
    const Distribution later = beta_binomial(coming, successes, failures);
    const Likely end = likely(sum(more, later));
    const auto sure = static_cast<double>(met);
    r.forecast =
        Forecast{q.whole().to - seconds{1}, sure + end.mean, sure + end.low, sure + end.high};
    r.chance = chance * later.back();
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
    r.expected = due_by_now(q, current, at_least);
    add_forecast(q, in_all, at_least, r);
    return r;
}

}  // namespace narvaro
