#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// One place that an audience includes, as the platform names it.
struct AudiencePlace {
    std::string name;     ///< "Vallentuna"
    std::string region;   ///< "Stockholm County"; empty when not given
    std::string country;  ///< two letters; empty when not given
    bool operator==(const AudiencePlace&) const = default;
};

/// An ad set or saved audience and where it reaches.
struct Audience {
    std::string remote_id;
    std::string kind;  ///< "adset", "saved", "custom"
    std::string name;
    std::string status;                    ///< "ACTIVE", "PAUSED", …; empty for saved audiences
    std::optional<sys_seconds> live_from;  ///< start or creation; empty when not told
    std::optional<sys_seconds> live_to;    ///< end; empty: still live
    std::optional<int> age_min;
    std::optional<int> age_max;  ///< 65 means 65 and over
    std::vector<AudiencePlace> places;
    bool operator==(const Audience&) const = default;
};

}  // namespace narvaro
