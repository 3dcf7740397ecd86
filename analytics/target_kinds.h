#pragma once
// What the six kinds of target share. Inside analytics/ only.
#include <cstdint>
#include <optional>

#include "analytics/targets.h"

namespace narvaro {

/// One question: a target, the plan that it is part of, and the instant.
struct TargetQuestion {
    const Target& target;
    const Plan& plan;
    const Zone& zone;
    const Places& places;
    const Facts& facts;
    sys_seconds as_of;  ///< inclusive

    Span whole() const { return {zone.start_of(plan.from), zone.day(plan.to).to}; }
    /// The part of the plan that is counted: up to and with the as-of instant.
    Span seen() const { return {whole().from, std::min(as_of + seconds{1}, whole().to)}; }
    bool over() const { return as_of + seconds{1} >= whole().to; }
    /// How much of the plan has passed, 0 to 1.
    double elapsed() const { return elapsed_of(whole()); }
    double elapsed_of(Span span) const;
    double weeks_left() const;
};

/// Posts and records that the target counts in each span.
Result<std::vector<std::int64_t>> count_in(const TargetQuestion& q, const std::vector<Span>& spans);
/// Whether any source of the filter was ever read; true without a filter.
Result<bool> any_observed(const TargetQuestion& q, const std::optional<PostFilter>& filter);
/// The same day of the year before; the last of February for the 29th.
date::local_days year_before(date::local_days day);

Result<TargetResult> evaluate_rate(const TargetQuestion& q);
Result<TargetResult> evaluate_growth(const TargetQuestion& q);
Result<TargetResult> evaluate_volume(const TargetQuestion& q);
Result<TargetResult> evaluate_share(const TargetQuestion& q);
Result<TargetResult> evaluate_coverage(const TargetQuestion& q);
Result<TargetResult> evaluate_milestone(const TargetQuestion& q);

/// Says of each source of the target how its figures came to be known, and what is to be minded.
Result<void> add_standings(const TargetQuestion& q, TargetResult& r);

/// Since then Meta takes no political, electoral or social-issue ads in the EU.
inline constexpr sys_seconds kAdsClosedSince{seconds{1759766400}};  // 2025-10-06T16:00:00Z

/// How many standard deviations hold 80 of 100 cases of a bell curve.
inline constexpr double kEightyPercent = 1.2815515655446004;
/// What separates a figure from the next, given that doubles round.
inline constexpr double kHair = 1e-9;

}  // namespace narvaro
