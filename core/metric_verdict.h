#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// What the platform said when it was last asked for one of its metrics.
enum class MetricVerdict { ok, empty, retired, forbidden, below_threshold };

/// "ok", "empty", "retired", "forbidden", "below_threshold".
const char* name_of(MetricVerdict verdict);
std::optional<MetricVerdict> parse_metric_verdict(std::string_view text);

/// How long a verdict saves the calls that would only hear it again.
inline constexpr date::days kVerdictLasts{7};

/// A verdict on one metric of the platform's, by the platform's own name.
struct JudgedMetric {
    std::string name;  ///< "page_follows_city"
    MetricVerdict verdict = MetricVerdict::ok;
    sys_seconds at;
    std::string detail;  ///< what the platform said; without secrets
    bool operator==(const JudgedMetric&) const = default;
};

/// Our metric -> the platform's names for it, the first that works is taken; an empty list: it is
/// not asked for.
using MetricCandidates = std::map<std::string, std::vector<std::string>>;

}  // namespace narvaro
