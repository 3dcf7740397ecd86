// Done, so many times, by a date.
#include <algorithm>
#include <cmath>

#include "analytics/distribution.h"
#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

/// What comes in the time that is left: the pace so far, with one plan that went as asked added.
Forecast forecast_of(const TargetQuestion& q, Span until_due, double in_time, double at_least) {
    const double passed = q.elapsed_of(until_due);
    const double left = 1 - passed;
    const double coming = (in_time + at_least) / (passed + 1) * left;
    const Likely more = likely(negative_binomial(coming, coming * (1 + left / (passed + 1))));
    return {until_due.to - seconds{1}, in_time + more.mean, in_time + more.low,
            in_time + more.high};
}

}  // namespace

Result<TargetResult> evaluate_milestone(const TargetQuestion& q) {
    TargetResult r;
    const double at_least = q.target.goal.at_least.value_or(1);
    r.goal = at_least;
    const sys_seconds too_late = q.target.goal.by ? q.zone.day(*q.target.goal.by).to : q.whole().to;
    const Span until_due{q.whole().from, too_late};
    const auto counts = count_in(q, {q.seen(), {q.seen().from, std::min(q.seen().to, too_late)}});
    if (!counts) return tl::unexpected{counts.error()};
    const auto value = static_cast<double>((*counts)[0]);
    const auto in_time = static_cast<double>((*counts)[1]);
    r.value = value;
    r.progress = value / at_least;
    // Due in equal steps: the second of two is not asked for before the middle of the time.
    r.expected = std::floor(q.elapsed_of(until_due) * at_least + kHair);
    r.forecast = forecast_of(q, until_due, in_time, at_least);
    if (in_time >= at_least - kHair) {
        r.state = TargetState::met;
        return r;
    }
    if (q.as_of + seconds{1} >= too_late) {
        r.state = TargetState::missed;
        return r;
    }
    r.state = in_time >= *r.expected - kHair ? TargetState::on_track : TargetState::behind;
    r.needed.kind = Needed::Kind::records_before;
    r.needed.amount = std::ceil(at_least - in_time - kHair);
    r.needed.before = too_late;
    return r;
}

}  // namespace narvaro
