#pragma once
// How a level moved in the last weeks, and where it goes by that. Inside analytics/ only.
#include <optional>
#include <vector>

#include "analytics/target_kinds.h"

namespace narvaro {

/// What the last full steps of time added. A step is one week where the figure moves from week to
/// week; two, four or eight weeks where it moves only now and then (members, a figure that the
/// platform renews once a month), so that the quiet weeks between do not read as no growth.
struct Trend {
    int weeks_a_step = 1;
    std::vector<double> steps;  ///< the newest first; at most eight
    std::vector<Jump> jumps;    ///< oldest first
    /// By how much the median step changed from eight steps to the next eight; empty: figures do
    /// not reach so far back.
    std::optional<double> turned;
};

/// Looks back from `until`, over the plan's start too. Empty steps: there are no figures to
/// compare.
Result<Trend> trend_of(const TargetQuestion& q, sys_seconds until);

/// @param trend  with at least one step
WeeklyGain weekly_gain(const Trend& trend);

/// The median step goes on; the range grows with the spread of the steps, with the time that is
/// left, and with how few steps are known. Levels are never below zero.
Forecast forecast_of(const Trend& trend, double value, double weeks_left, sys_seconds at);

}  // namespace narvaro
