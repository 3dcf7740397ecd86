// So many over the whole plan, mostly measured by the year before.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "analytics/distribution.h"
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

/// Which part of a year's posts has come by now, going by the months of last year, with a few posts
/// spread evenly over them: last year's calendar counts for as much as it had posts, and without
/// any the line is straight.
double part_by_now(const TargetQuestion& q, double then_seen, double then_whole) {
    constexpr double kEven = 4;
    return (then_seen + kEven * q.elapsed()) / (then_whole + kEven);
}

/// Whole stretches of 30 days that are seen, and the same a year earlier.
std::pair<std::vector<Span>, std::vector<Span>> stretches_of(const TargetQuestion& q) {
    constexpr std::chrono::hours kLong{30 * 24};
    std::pair<std::vector<Span>, std::vector<Span>> all;
    for (sys_seconds at = q.seen().from; at + kLong <= q.seen().to; at += kLong) {
        all.first.push_back({at, at + kLong});
        all.second.push_back({year_before(q, at), year_before(q, at + kLong)});
    }
    return all;
}

/// By how much of themselves some stretches are fuller than others, squared: beyond chance, and
/// beyond what last year's calendar explains, where it had posts enough to tell.
Result<double> unrest_of(const TargetQuestion& q, double value, double then_seen) {
    const auto stretches = stretches_of(q);
    if (stretches.first.size() < 2) return 0;
    const auto now = count_in(q, stretches.first);
    if (!now) return tl::unexpected{now.error()};
    constexpr double kEnoughToTell = 6;
    const bool told = then_seen >= kEnoughToTell;
    std::vector<std::int64_t> then(now->size(), 0);
    if (told) {
        auto counts = count_in(q, stretches.second);
        if (!counts) return tl::unexpected{counts.error()};
        then = std::move(*counts);
    }
    const auto known = static_cast<double>(now->size());
    const double even = std::accumulate(now->begin(), now->end(), 0.0) / known;
    const double ratio = told ? value / then_seen : 0;
    double beyond = 0;
    double weight = 0;
    for (std::size_t i = 0; i < now->size(); ++i) {
        const auto count = static_cast<double>((*now)[i]);
        const double due = told ? ratio * static_cast<double>(then[i]) : even;
        const double by_chance = told ? count + ratio * due : even * (known - 1) / known;
        beyond += (count - due) * (count - due) - by_chance;
        weight += even * even;
    }
    constexpr double kLittle = 4;  // few posts tell little of it
    return std::max(beyond, 0.0) / (weight + kLittle);
}

/// What is still to come at this year's pace. The range knows how few posts the pace and last
/// year's calendar are known from, and how unevenly posts came so far.
Forecast forecast_of(const TargetQuestion& q, double value, double then_seen, double then_whole,
                     double unrest) {
    const sys_seconds end = q.whole().to - seconds{1};
    const double part = part_by_now(q, then_seen, then_whole);
    if (q.over() || part >= 1) return {end, value, value, value};
    constexpr double kHalf = 0.5;
    const double ratio = (1 - part) / std::max(part, kHair);
    const double coming = (value + kHalf) * ratio;
    const double by_pace = coming * ratio;
    const double calendar = then_whole > 0 ? 1 / (then_whole * part * (1 - part) + 1) : 0;
    // Some months are fuller than others: by a little always, and as they were so far.
    constexpr double kSwings = 0.07;
    constexpr double kMonth = 30 * 24 * 3600;
    const double months = static_cast<double>((q.whole().to - q.whole().from).count()) / kMonth;
    const double seen = months * q.elapsed();
    const double swings =
        kSwings + unrest * (1 / std::max(seen, 1.0) + 1 / std::max(months - seen, 1.0));
    const Likely more =
        likely(negative_binomial(coming, coming + by_pace + coming * coming * (calendar + swings)));
    return {end, value + more.mean, value + more.low, value + more.high};
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
    const auto unrest = unrest_of(q, value, then_seen);
    if (!unrest) return tl::unexpected{unrest.error()};
    r.forecast = forecast_of(q, value, then_seen, then_whole, *unrest);
    return r;
}

}  // namespace narvaro
