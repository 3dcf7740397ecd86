#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// When Meta ends, or has ended, one of its metrics. @return empty: nothing is known of an end
std::optional<date::sys_days> retired_on(std::string_view metric);

/// What to tell of the configured names of a metric, best first: that the first has ended or ends
/// within 90 days; empty: nothing.
std::string retirement_warning(const std::string& metric, const std::vector<std::string>& names,
                               sys_seconds now);

/// What to tell of the version in `api` at `now`: that it has ended, or ends within 90 days, for
/// the Graph API and, with `ads`, for the Marketing API; a line each. Nothing of a version that the
/// table does not know.
std::vector<std::string> version_warnings(const std::string& version, bool ads, sys_seconds now);

}  // namespace narvaro
