#pragma once
#include <string>
#include <vector>

#include "core/result.h"
#include "digest/week.h"

namespace narvaro {

/// The ends of a chart's scale, in the target's unit.
struct ChartScale {
    double low = 0;
    double high = 0;
};
ChartScale scale_of(const DigestCurve& curve);

/// The curve as SVG, 560 × 110: what was read (red), what the plan's pace asked for (grey, dashed)
/// and the goal (a fine line). Transparent, without letters, so that it fits a light and a dark
/// page and is the same on every machine; days and figures stand beside it as text.
std::string chart_svg(const DigestCurve& curve);

/// A chart ready to be sent.
struct DigestPicture {
    std::string cid;  ///< its Content-ID without angle brackets
    std::string png;  ///< twice the size it is shown in
};

/// The charts that a digest shows, in the order of its curves; none in a week of nothing. The same
/// in every language.
/// @return Fault::internal when one cannot be drawn
Result<std::vector<DigestPicture>> digest_pictures(const DigestWeek& week);

/// The Content-ID of a target's chart.
std::string chart_cid(const std::string& target);

}  // namespace narvaro
