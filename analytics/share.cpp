// A part of all posts.
#include <algorithm>
#include <cmath>

#include "analytics/distribution.h"
#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

constexpr std::int64_t kNext = 10;  ///< "two of the next ten"

/// The smallest m so that m of the next n posts lift the share to the goal; n is ten, or as many as
/// it takes.
Needed needed_of(std::int64_t matched, std::int64_t of, double goal) {
    for (std::int64_t n = kNext;; n *= 2) {
        const double m =
            std::ceil(goal * static_cast<double>(of + n) - static_cast<double>(matched) - kHair);
        constexpr std::int64_t kHopeless = 1'000'000;
        if (m > static_cast<double>(n) && n < kHopeless) continue;
        Needed needed;
        needed.kind = Needed::Kind::of_next;
        needed.amount = std::max(1.0, m);
        needed.of = n;
        return needed;
    }
}

/// The share at the end if posts go on as in the last 90 days, in number and in kind; of the coming
/// posts as many match as a share that is known from those 90 days lets expect.
Result<std::optional<Forecast>> forecast_of(const TargetQuestion& q, double matched, double of) {
    constexpr auto kRecent = std::chrono::hours{90 * 24};
    const Span recent{std::max(q.whole().from, q.seen().to - kRecent), q.seen().to};
    const std::vector<Span> spans{recent};
    const auto some = q.facts.count_posts(*q.target.posts, spans);
    if (!some) return tl::unexpected{some.error()};
    const auto all = q.facts.count_posts(*q.target.of, spans);
    if (!all) return tl::unexpected{all.error()};
    const auto recent_all = static_cast<double>(all->front());
    const double recent_some = std::min(static_cast<double>(some->front()), recent_all);
    if (recent_all == 0 || recent.empty()) return std::optional<Forecast>{};
    const double span_seconds = static_cast<double>((recent.to - recent.from).count());
    const double left =
        static_cast<double>(std::max<std::int64_t>((q.whole().to - q.seen().to).count(), 0));
    const double coming = std::round(recent_all / span_seconds * left);
    constexpr double kMostLookedAt = 2000;  // of more posts the parts are the same
    const double looked_at = std::min(coming, kMostLookedAt);
    // Habits change: what 90 days tell counts for a third, beside half a post of each kind.
    constexpr double kTells = 1.0 / 3;
    constexpr double kHalf = 0.5;
    const Likely more =
        likely(beta_binomial(static_cast<std::int64_t>(looked_at), kTells * recent_some + kHalf,
                             kTells * (recent_all - recent_some) + kHalf));
    const auto at_end = [&](double matching) {
        const double part = looked_at > 0 ? matching / looked_at : 0;
        return (matched + part * coming) / (of + coming);
    };
    return std::optional{Forecast{q.whole().to - seconds{1}, at_end(more.mean), at_end(more.low),
                                  at_end(more.high)}};
}

}  // namespace

Result<TargetResult> evaluate_share(const TargetQuestion& q) {
    TargetResult r;
    const double goal = q.target.goal.at_least.value_or(0);
    r.goal = goal;
    r.expected = goal;  // at any time: every post moves it
    if (q.target.baseline) r.baseline = q.target.baseline->value;
    const auto observed = any_observed(q, q.target.of);
    if (!observed) return tl::unexpected{observed.error()};
    const std::vector<Span> spans{q.seen()};
    const auto matched = q.facts.count_posts(*q.target.posts, spans);
    if (!matched) return tl::unexpected{matched.error()};
    const auto of = q.facts.count_posts(*q.target.of, spans);
    if (!of) return tl::unexpected{of.error()};
    const std::int64_t n = matched->front();
    const std::int64_t all = of->front();
    if (all == 0) {
        r.reason = *observed ? ResultReason::no_posts : ResultReason::not_observed;
        if (*observed) r.of = 0;
        return r;
    }
    r.matched = n;
    r.of = all;
    r.value = static_cast<double>(n) / static_cast<double>(all);
    if (goal > 0) r.progress = *r.value / goal;
    const bool reached = *r.value >= goal - kHair;
    if (q.over()) {
        r.state = reached ? TargetState::met : TargetState::missed;
    } else {
        r.state = reached ? TargetState::on_track : TargetState::behind;
        if (!reached) r.needed = needed_of(n, all, goal);
    }
    auto forecast = forecast_of(q, static_cast<double>(n), static_cast<double>(all));
    if (!forecast) return tl::unexpected{forecast.error()};
    r.forecast = *forecast;
    return r;
}

}  // namespace narvaro
