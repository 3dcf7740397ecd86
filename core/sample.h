#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace narvaro {

/// One number read at one time. A number that could not be read is a Gap, never a zero.
/// Metric names are stable: followers, fans, following, posts, followers_city{city},
/// followers_country{country}, followers_local, followers_unplaced (no city is told of them),
/// of Pages the daily views, reach and engagements, spend{region}, reach{region}; a watched
/// account's followers carry its handle as dimension: followers{ungvanster}.
struct Sample {
    std::string metric;
    std::string dimension;  ///< city, country, region or handle; empty: the whole
    sys_seconds at;         ///< UTC; never in the future
    double value = 0;       ///< counts are whole; spend is in the ad account's currency
    std::string by{};       ///< who entered it by hand; empty: read from the source
    bool operator==(const Sample&) const = default;
};

/// Why a number or an edge could not be read.
enum class GapReason {
    forbidden,        ///< a permission is missing
    below_threshold,  ///< the platform hides numbers of small accounts
    retired,          ///< the platform has ended the metric
    closed,           ///< the platform has closed the way
    failed,           ///< an error, or an empty answer where a number was due
};

/// "forbidden", "below_threshold", "retired", "closed", "failed".
const char* name_of(GapReason reason);
std::optional<GapReason> parse_gap_reason(std::string_view text);

/// A number that a source told, and later told otherwise.
struct Restatement {
    sys_seconds at;  ///< the instant that the number is about
    double before = 0;
    std::optional<double> after;  ///< empty: withdrawn
    sys_seconds restated_at;      ///< when the other number was stored
    bool operator==(const Restatement&) const = default;
};

/// A number or list that was asked for and not had.
struct Gap {
    std::string metric;  ///< a metric name, or the edge: "stories", "tags", "collaborations"
    std::string dimension;
    GapReason reason = GapReason::failed;
    std::string detail;  ///< what the platform said and what the admin does; without secrets
    bool operator==(const Gap&) const = default;
};

}  // namespace narvaro
