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
    return {whole,
            {whole.from, std::clamp(year_before(q, q.as_of) + seconds{1}, whole.from, whole.to)}};
}

/// Which part of a year's posts has come by now, going by the months of last year, with a few posts
/// spread evenly over them: last year's calendar counts for as much as it had posts, and without
/// any the line is straight.
double part_by_now(const TargetQuestion& q, double then_seen, double then_whole) {
    constexpr double kEven = 4;
    return (then_seen + kEven * q.elapsed()) / (then_whole + kEven);
}

/// What was counted, each post once: whole stretches of 30 days that are seen, the same a year
/// earlier, and what lies beside them.
struct Counts {
    std::vector<double> stretches;
    std::vector<double> then;
    double value = 0;
    double then_seen = 0;
    double then_whole = 0;
};

Result<Counts> count_all(const TargetQuestion& q) {
    constexpr std::chrono::hours kLong{30 * 24};
    std::vector<Span> spans;
    sys_seconds at = q.seen().from;
    for (; at + kLong <= q.seen().to; at += kLong) spans.push_back({at, at + kLong});
    const std::size_t stretches = spans.size();
    spans.push_back({at, q.seen().to});
    const LastYear then = last_year(q);
    sys_seconds then_at = then.whole.from;
    for (std::size_t i = 0; i < stretches; ++i) {
        const sys_seconds to = std::clamp(year_before(q, spans[i].to), then_at, then.seen.to);
        spans.push_back({then_at, to});
        then_at = to;
    }
    spans.push_back({then_at, then.seen.to});
    spans.push_back({then.seen.to, then.whole.to});
    const auto counted = count_in(q, spans);
    if (!counted) return tl::unexpected{counted.error()};
    Counts counts;
    for (std::size_t i = 0; i < counted->size(); ++i) {
        const auto count = static_cast<double>((*counted)[i]);
        if (i < stretches) counts.stretches.push_back(count);
        if (i > stretches && i <= 2 * stretches) counts.then.push_back(count);
        if (i <= stretches) {
            counts.value += count;
        } else {
            counts.then_whole += count;
            if (i + 1 < counted->size()) counts.then_seen += count;
        }
    }
    return counts;
}

/// By how much of themselves some stretches are fuller than others, squared: beyond chance, and
/// beyond what last year's calendar explains, where it had posts enough to tell.
double unrest_of(const Counts& counts) {
    if (counts.stretches.size() < 2) return 0;
    constexpr double kEnoughToTell = 6;
    const bool told = counts.then_seen >= kEnoughToTell;
    const auto known = static_cast<double>(counts.stretches.size());
    const double even =
        std::accumulate(counts.stretches.begin(), counts.stretches.end(), 0.0) / known;
    const double ratio = told ? counts.value / counts.then_seen : 0;
    double beyond = 0;
    for (std::size_t i = 0; i < counts.stretches.size(); ++i) {
        const double count = counts.stretches[i];
        const double due = told ? ratio * counts.then[i] : even;
        const double by_chance = told ? count + ratio * due : even * (known - 1) / known;
        beyond += (count - due) * (count - due) - by_chance;
    }
    constexpr double kLittle = 4;  // few posts tell little of it
    return std::max(beyond, 0.0) / (known * even * even + kLittle);
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
    const auto counts = count_all(q);
    if (!counts) return tl::unexpected{counts.error()};
    const double value = counts->value;
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
    const double then_whole = counts->then_whole;
    const double then_seen = counts->then_seen;
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
    r.forecast = forecast_of(q, value, then_seen, then_whole, unrest_of(*counts));
    return r;
}

}  // namespace narvaro
