#include "analytics/trend.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace narvaro {
namespace {

constexpr std::size_t kSteps = 8;
constexpr int kWeeksBack = 32;
constexpr std::array<int, 4> kStepLengths{1, 2, 4, 8};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// How far from the median a step must lie to be a jump.
double far_from(const std::vector<double>& steps, double middle) {
    std::vector<double> off;
    off.reserve(steps.size());
    for (const double step : steps) off.push_back(std::abs(step - middle));
    constexpr double kFar = 5;
    constexpr double kToDeviation = 1.4826;  // median distance of a bell curve
    constexpr double kWorthALine = 5;
    return std::max({kFar * kToDeviation * median(off), 2 * std::abs(middle), kWorthALine});
}

/// The spread of the steps around their median. Jumps do not widen it.
double deviation_of(const std::vector<double>& steps) {
    const double middle = median(steps);
    const double far = far_from(steps, middle);
    double squares = 0;
    int counted = 0;
    for (const double step : steps) {
        if (std::abs(step - middle) > far) continue;
        squares += (step - middle) * (step - middle);
        ++counted;
    }
    const double spread = counted > 1 ? std::sqrt(squares / (counted - 1)) : 0;
    // Counts of people scatter by at least the root of what comes, however even few weeks look.
    return std::max({spread, std::sqrt(std::abs(middle)) / 2, 0.5});
}

/// Student's factor for 80 of 100 cases, by the number of steps that the spread is known from.
double factor_for(std::size_t steps) {
    constexpr std::array<double, kSteps> kStudent{3.078, 3.078, 1.886, 1.638,
                                                  1.533, 1.476, 1.440, 1.415};
    return kStudent.at(std::clamp<std::size_t>(steps, 1, kSteps) - 1);
}

/// The readings that held now, a week ago, two weeks ago, … as far back as there are figures.
Result<std::vector<Sample>> weekly_readings(const TargetQuestion& q, sys_seconds until) {
    std::vector<Sample> readings;
    for (int week = 0; week <= kWeeksBack; ++week) {
        const auto sample =
            q.facts.sample_at(*q.target.series, until - std::chrono::hours{24 * 7 * week});
        if (!sample) return tl::unexpected{sample.error()};
        if (!*sample) break;
        readings.push_back(**sample);
    }
    return readings;
}

std::vector<double> levels_of(const std::vector<Sample>& readings) {
    std::vector<double> levels;
    levels.reserve(readings.size());
    for (const Sample& s : readings) levels.push_back(s.value);
    return levels;
}

/// For a figure that is told less than every sixth week (members, a fund): a step is what came from
/// one reading to the next, stretched to their usual distance. Empty: it is told more often.
std::optional<Trend> seldom_told(const std::vector<Sample>& readings) {
    constexpr std::size_t kSeldom = 6;
    std::vector<Sample> told;
    for (const Sample& s : readings) {
        if (told.empty() || told.back().at != s.at) told.push_back(s);
    }
    if (told.size() < 2 || readings.size() < kSeldom * told.size()) return {};
    const auto weeks = [](seconds time) {
        return static_cast<double>(time.count()) / (7.0 * 24 * 3600);
    };
    const auto gaps = static_cast<double>(told.size() - 1);
    Trend trend;
    trend.weeks_a_step =
        std::max(1, static_cast<int>(std::lround(weeks(told.front().at - told.back().at) / gaps)));
    for (std::size_t i = 0; i + 1 < told.size() && trend.steps.size() < kSteps; ++i) {
        const double a_week =
            (told[i].value - told[i + 1].value) / weeks(told[i].at - told[i + 1].at);
        trend.steps.push_back(a_week * trend.weeks_a_step);
    }
    return trend;
}

std::vector<double> steps_of(const std::vector<double>& levels, int weeks) {
    std::vector<double> steps;
    const auto length = static_cast<std::size_t>(weeks);
    for (std::size_t at = 0; at + length < levels.size() && steps.size() < kSteps; at += length) {
        steps.push_back(levels[at] - levels[at + length]);
    }
    return steps;
}

/// Whether the figure moves in most of the steps.
bool moves(const std::vector<double>& steps) {
    const auto still = std::count(steps.begin(), steps.end(), 0.0);
    return 2 * static_cast<std::size_t>(still) < steps.size();
}

std::vector<Jump> jumps_among(const std::vector<double>& steps, int weeks, sys_seconds until) {
    constexpr std::size_t kEnoughToCompare = 4;
    std::vector<Jump> jumps;
    if (steps.size() < kEnoughToCompare) return jumps;
    const double middle = median(steps);
    const double far = far_from(steps, middle);
    const std::chrono::hours step{24 * 7 * weeks};
    for (std::size_t i = steps.size(); i-- > 0;) {
        if (std::abs(steps[i] - middle) <= far) continue;
        const sys_seconds end = until + seconds{1} - step * static_cast<int>(i);
        jumps.push_back({{end - step, end}, steps[i]});
    }
    return jumps;
}

/// How far the median steps of neighbouring stretches of eight lie apart: their quadratic mean.
std::optional<double> turned_by(const std::vector<double>& levels, int weeks) {
    const std::size_t length = kSteps * static_cast<std::size_t>(weeks);
    std::vector<double> medians;
    for (std::size_t at = 0; at + length < levels.size(); at += length) {
        const std::vector<double> stretch(levels.begin() + static_cast<std::ptrdiff_t>(at),
                                          levels.end());
        medians.push_back(median(steps_of(stretch, weeks)));
    }
    if (medians.size() < 2) return {};
    double squares = 0;
    for (std::size_t i = 1; i < medians.size(); ++i) {
        squares += (medians[i] - medians[i - 1]) * (medians[i] - medians[i - 1]);
    }
    return std::sqrt(squares / static_cast<double>(medians.size() - 1));
}

}  // namespace

Result<Trend> trend_of(const TargetQuestion& q, sys_seconds until) {
    const auto readings = weekly_readings(q, until);
    if (!readings) return tl::unexpected{readings.error()};
    if (auto seldom = seldom_told(*readings)) return *std::move(seldom);
    const std::vector<double> levels = levels_of(*readings);
    constexpr std::size_t kEnough = 3;
    Trend trend{1, steps_of(levels, 1), {}, turned_by(levels, 1)};
    for (const int weeks : kStepLengths) {
        std::vector<double> steps = steps_of(levels, weeks);
        if (steps.size() < kEnough) break;
        if (!moves(steps)) continue;
        trend.weeks_a_step = weeks;
        trend.steps = std::move(steps);
        trend.turned = turned_by(levels, weeks);
        break;
    }
    trend.jumps = jumps_among(trend.steps, trend.weeks_a_step, until);
    return trend;
}

WeeklyGain weekly_gain(const Trend& trend) {
    const double weeks = trend.weeks_a_step;
    const double gain = median(trend.steps) / weeks;
    const double spread = kEightyPercent * deviation_of(trend.steps) / weeks;
    return {gain, gain - spread, gain + spread,
            static_cast<int>(trend.steps.size()) * trend.weeks_a_step};
}

Forecast forecast_of(const Trend& trend, double value, double weeks_left, sys_seconds at) {
    const double left = weeks_left / trend.weeks_a_step;
    const auto known = static_cast<double>(trend.steps.size());
    const double middle = median(trend.steps);
    // What is known from one or two steps is known to within half of it, at best.
    const double deviation =
        std::max(deviation_of(trend.steps), trend.steps.size() < 3 ? std::abs(middle) / 2 : 0);
    // A median of n values is known to within deviation × sqrt(pi / 2n).
    constexpr double kOfMedian = 1.5707963267948966;
    // No pace stays as it is: it wanders by so much of itself a week; by more where no earlier
    // stretches show how much it did, chance set aside.
    const double share = trend.turned ? 0.02 : 0.05;
    const double chance = 2 * deviation * deviation * kOfMedian / kSteps;
    const double turned = trend.turned.value_or(0);
    const double shown = std::max(turned * turned - chance, 0.0) / (kSteps * 2.0 / 3);
    const double pace = std::hypot(middle, deviation);
    const double wandering = share * share * pace * pace * trend.weeks_a_step + 0.5 * shown;
    const double variance = deviation * deviation * (left + left * left * kOfMedian / known) +
                            wandering * left * left * (left + known) / 3;
    const double end = value + middle * left;
    const double spread = factor_for(trend.steps.size()) * std::sqrt(variance);
    return {at, std::max(0.0, end), std::max(0.0, end - spread), std::max(0.0, end + spread)};
}

}  // namespace narvaro
