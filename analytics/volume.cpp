// So many over the whole plan, mostly measured by the year before.
#include <algorithm>
#include <cmath>

#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

/// The same clock time one year earlier.
sys_seconds year_before(const TargetQuestion& q, sys_seconds t) {
    const auto local = q.zone.local(t);
    const auto day = date::floor<date::days>(local);
    return q.zone.instant_of(date::local_seconds{narvaro::year_before(day)} + (local - day));
}

/// The plan's span one year earlier, and the part of it that corresponds to what is seen.
struct LastYear {
    Span whole;
    Span seen;
};

LastYear last_year(const TargetQuestion& q) {
    const Span whole{q.zone.start_of(narvaro::year_before(q.plan.from)),
                     q.zone.day(narvaro::year_before(q.plan.to)).to};
    if (q.over()) return {whole, whole};
    return {whole, {whole.from, std::min(year_before(q, q.as_of) + seconds{1}, whole.to)}};
}

/// What is still to come: as last year's rest went, at this year's pace; a straight line without a
/// last year.
double rest_of_year(const TargetQuestion& q, double value, double then_seen, double then_whole) {
    constexpr double kEnoughToCompare = 4;
    if (then_seen >= kEnoughToCompare) return (then_whole - then_seen) * value / then_seen;
    const double f = q.elapsed();
    return f > 0 ? value / f * (1 - f) : 0;
}

Forecast forecast_of(const TargetQuestion& q, double value, double rest) {
    const double spread = kEightyPercent * std::sqrt(std::max(rest, 0.0));
    return {q.whole().to - seconds{1}, value + rest, std::max(value, value + rest - spread),
            value + rest + spread};
}

Result<std::int64_t> count_whole(const TargetQuestion& q) {
    PostFilter all = q.target.of.value_or(PostFilter{});
    if (!q.target.of && q.target.posts) {
        all = *q.target.posts;
        all.labels.clear();
    }
    const std::vector<Span> spans{q.seen()};
    const auto counts = q.facts.count_posts(all, spans);
    if (!counts) return tl::unexpected{counts.error()};
    return counts->front();
}

}  // namespace

Result<TargetResult> evaluate_volume(const TargetQuestion& q) {
    TargetResult r;
    const auto observed = any_observed(q, q.target.posts);
    if (!observed) return tl::unexpected{observed.error()};
    const LastYear then = last_year(q);
    const auto counts = count_in(q, {q.seen(), then.whole, then.seen});
    if (!counts) return tl::unexpected{counts.error()};
    const auto value = static_cast<double>((*counts)[0]);
    if (!*observed && value == 0) {
        r.reason = ResultReason::not_observed;
        return r;
    }
    r.value = value;
    if (q.target.posts) {
        const auto of = count_whole(q);
        if (!of) return tl::unexpected{of.error()};
        r.of = *of;
    }
    const auto& base = q.target.baseline;
    const auto then_whole = static_cast<double>((*counts)[1]);
    const auto then_seen = static_cast<double>((*counts)[2]);
    if (base && base->value)
        r.baseline = base->value;
    else if (base && base->previous_period)
        r.baseline = then_whole;
    const Goal& goal = q.target.goal;
    if (goal.at_least) {
        r.goal = goal.at_least;
        r.expected = *goal.at_least * q.elapsed();
    } else if (!r.baseline || *r.baseline == 0) {
        r.reason = r.baseline ? ResultReason::baseline_zero : ResultReason::no_baseline;
        return r;
    } else {
        const double factor = goal.factor.value_or(1);
        r.goal = std::ceil(*r.baseline * factor - kHair);
        r.expected = base->previous_period ? then_seen * factor : *r.goal * q.elapsed();
    }
    r.progress = value / *r.goal;
    if (value >= *r.goal - kHair)
        r.state = TargetState::met;
    else if (q.over())
        r.state = TargetState::missed;
    else
        r.state = value >= *r.expected - kHair ? TargetState::on_track : TargetState::behind;
    if (!q.over() && value < *r.goal - kHair) {
        r.needed.kind = Needed::Kind::posts_before;
        r.needed.amount = std::ceil(*r.goal - value - kHair);
        r.needed.before = q.whole().to;
    }
    r.forecast = forecast_of(q, value, rest_of_year(q, value, then_seen, then_whole));
    return r;
}

}  // namespace narvaro
