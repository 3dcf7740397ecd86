#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// A version of the Graph API and how long it lives. Days are Meta's (UTC here).
struct ApiVersion {
    const char* name;  ///< "v26.0"
    date::sys_days released;
    std::optional<date::sys_days> ends;      ///< empty: Meta has set no day
    std::optional<date::sys_days> ads_ends;  ///< of the Marketing API, which has its own clock
};

/// Something that Meta has ended, or will end, in every version at once.
struct Retirement {
    const char* what;  ///< a metric; a beginning that ends in '*'
    date::sys_days at;
};

/// A way that the platform has closed, and who says so.
struct Closure {
    const char* what;
    date::sys_days at;
    const char* source;
};

/// Newest first. Source: Meta reference, section 1.2, as of October 2026.
std::span<const ApiVersion> api_versions();
/// Source: Meta reference, section 3.6 and 4.7.
std::span<const Retirement> retirements();
/// Political, electoral and social-issue ads in the EU. Source: Meta reference, section 5.4.
const Closure& political_ads_closure();

/// @return empty: not known to be retired
std::optional<date::sys_days> retired_on(std::string_view metric);

/// What to tell of the version in `api` at `now`: that it has ended, or ends within 90 days, for
/// the Graph API and, with `ads`, for the Marketing API; a line each. Nothing of a version that the
/// table does not know.
std::vector<std::string> version_warnings(const std::string& version, bool ads, sys_seconds now);

}  // namespace narvaro
