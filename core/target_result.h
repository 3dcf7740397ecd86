#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/plan.h"
#include "core/time.h"

namespace narvaro {

enum class TargetState {
    met,       ///< reached, and cannot be lost within the plan
    on_track,  ///< not reached, but the pace suffices
    behind,    ///< the pace does not suffice, but it can still be reached
    missed,    ///< can no longer be reached
    no_data,   ///< nothing to judge by
    closed,    ///< the platform has closed the way
};

/// "met", "on_track", "behind", "missed", "no_data", "closed".
const char* name_of(TargetState state);

/// Why a target has no value, or why a value is to be read with care.
enum class ResultReason {
    none,
    plan_not_started,
    not_observed,   ///< the source has never been read
    no_samples,     ///< the source was read, but not this metric
    no_baseline,    ///< nothing to compare with
    baseline_zero,  ///< a factor of nothing
    no_posts,       ///< a share of no posts
    closed_by_platform,
};
const char* name_of(ResultReason reason);

/// One period of a rate target.
struct PeriodResult {
    Span span;
    std::int64_t count = 0;
    bool met = false;
    bool closed = false;  ///< the period was over at the as-of instant
    bool operator==(const PeriodResult&) const = default;
};

/// What is still to be done, as figures; digest/ puts it into words.
struct Needed {
    enum class Kind {
        nothing,         ///< reached, or nothing can be done
        posts_before,    ///< `amount` posts (or records) before `before`
        per_week,        ///< `amount` a week until `before`
        of_next,         ///< `amount` of the next `of` posts
        places,          ///< `names`: groups that no audience touches yet
        records_before,  ///< `amount` records before `before`
    };
    Kind kind = Kind::nothing;
    double amount = 0;
    std::int64_t of = 0;
    std::optional<sys_seconds> before;  ///< exclusive: the first instant that is too late
    std::vector<std::string> names;
    bool operator==(const Needed&) const = default;
};

/// Where it ends if things go on as they did. `low` and `high` hold the truth in 80 of 100 cases.
struct Forecast {
    sys_seconds at;
    double value = 0;
    double low = 0;
    double high = 0;
    bool operator==(const Forecast&) const = default;
};

/// A target as of one instant. What is not known is empty, never zero.
struct TargetResult {
    std::string id;
    TargetState state = TargetState::no_data;
    std::optional<double> value;             ///< a count, a level, or for `share` a ratio
    std::optional<double> goal;              ///< in the unit of `value`
    std::optional<double> baseline;          ///< in the unit of `value`
    std::optional<double> progress;          ///< 0 at the baseline, 1 at the goal; may lie outside
    std::optional<std::int64_t> of;          ///< all posts that a share or volume is a part of
    std::optional<std::int64_t> matched;     ///< share: the numerator
    std::optional<double> expected;          ///< volume: what this span of last year × factor asks
    std::optional<sys_seconds> baseline_at;  ///< growth: when the baseline was read
    std::optional<sys_seconds> value_at;     ///< growth: when the value was read
    Needed needed;
    std::optional<Forecast> forecast;
    std::vector<PeriodResult> periods;  ///< rate only, oldest first, up to the as-of instant
    std::vector<std::string> covered;   ///< coverage: groups that an audience touches
    ResultReason reason = ResultReason::none;
    std::string detail;  ///< with a reason: date and source ("2025-10-06, about.fb.com")
    bool operator==(const TargetResult&) const = default;
};

}  // namespace narvaro
