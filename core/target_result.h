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

/// How a figure came to be known, the surest first.
enum class Measurability {
    measured,     ///< read from its source
    confirmed,    ///< entered by a person
    provisional,  ///< read, but the source may still change it, or was not read up to the instant
    gap,          ///< could not be read
    retired,      ///< the platform has ended the figure
    closed,       ///< the platform has closed the way
};
/// "measured", "confirmed", "provisional", "gap", "retired", "closed".
const char* name_of(Measurability how);

/// How one source of a target's value stands.
struct Standing {
    Measurability how = Measurability::measured;
    /// The reading or record itself; for gap, retired and closed since when.
    std::optional<sys_seconds> at;
    std::string source;  ///< a source's id, a record's name, or the document that says so
    std::string note;    ///< what the platform said, or who entered it; may be empty
    bool operator==(const Standing&) const = default;
};

/// What the last full weeks added, for growth. `low` and `high` hold 80 of 100 weeks.
struct WeeklyGain {
    double median = 0;
    double low = 0;
    double high = 0;
    int weeks = 0;  ///< how many weeks had figures; at most eight
    bool operator==(const WeeklyGain&) const = default;
};

/// A week that added far more, or took far more away, than its neighbours.
struct Jump {
    Span span;
    double gain = 0;
    bool operator==(const Jump&) const = default;
};

/// What a reader of the figures must know beside them.
enum class Caution {
    baseline_unsourced,  ///< the plan gives a baseline and does not say where it comes from
    baseline_late,       ///< the baseline is the first reading after the plan began
};
/// "baseline_unsourced", "baseline_late".
const char* name_of(Caution caution);

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
    std::optional<double> value;          ///< a count, a level, or for `share` a ratio
    std::optional<double> goal;           ///< in the unit of `value`
    std::optional<double> baseline;       ///< in the unit of `value`
    std::optional<double> progress;       ///< 0 at the baseline, 1 at the goal; may lie outside
    std::optional<std::int64_t> of;       ///< all posts that a share or volume is a part of
    std::optional<std::int64_t> matched;  ///< share: the numerator
    /// The pace: what the plan asks for by the as-of instant, in the unit of `value`; of a rate in
    /// the current period, of a share as a ratio.
    std::optional<double> expected;
    std::optional<sys_seconds> baseline_at;  ///< growth: when the baseline was read
    std::optional<sys_seconds> value_at;     ///< growth: when the value was read
    Needed needed;
    std::optional<Forecast> forecast;
    std::vector<PeriodResult> periods;  ///< rate only, oldest first, up to the as-of instant
    std::vector<std::string> covered;   ///< coverage: groups that an audience touches
    std::int64_t by_hand = 0;           ///< how many of the units in `value` are records
    std::optional<double> chance;       ///< rate: that every period of the plan will be met
    std::optional<WeeklyGain> gain;     ///< growth only
    std::vector<Jump> jumps;            ///< growth: not extrapolated, oldest first
    std::vector<Standing> standings;    ///< one for each source, the least sure first
    std::vector<Caution> cautions;
    ResultReason reason = ResultReason::none;
    std::string detail;  ///< with a reason: date and source ("2025-10-06, about.fb.com")
    bool operator==(const TargetResult&) const = default;
};

/// What a forecast said of an instant that has come since.
struct ForecastReview {
    std::string target;  ///< its id
    Forecast forecast;
    double truth = 0;
    bool inside() const { return forecast.low <= truth && truth <= forecast.high; }
    bool operator==(const ForecastReview&) const = default;
};

}  // namespace narvaro
