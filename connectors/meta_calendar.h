#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// When Meta ends, or has ended, one of its metrics. @return empty: nothing is known of an end
std::optional<date::sys_days> retired_on(std::string_view metric);

/// Something of Meta's that has ended or ends within 90 days.
struct MetaEnding {
    std::string what;  ///< "Graph API v24.0", "Meta's metric page_fans"
    date::sys_days at;
    std::string instead;  ///< what to use: "v26.0"; empty: nothing takes its place
    std::string remedy;   ///< what the admin sets
};
/// "Graph API v24.0 ends on 2028-02-18 -> set …"
std::string to_line(const MetaEnding& ending, sys_seconds now);

/// Of the first of a metric's configured names.
std::optional<MetaEnding> retirement(const std::string& metric,
                                     const std::vector<std::string>& names, sys_seconds now);
/// Of a version, for the Graph API and, with `ads`, for the Marketing API.
std::vector<MetaEnding> version_endings(const std::string& version, bool ads, sys_seconds now);

}  // namespace narvaro
