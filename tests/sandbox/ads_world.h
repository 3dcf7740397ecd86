#pragma once
#include <span>

#include "core/time.h"

namespace narvaro::sandbox {

/// An ad set or saved audience. It appears in the account when it is made.
struct Campaign {
    const char* id;
    const char* name;
    bool saved;  ///< a saved audience, which has no end and no spend
    const char* city;
    const char* region;
    sys_seconds from;
    sys_seconds to;  ///< the ad set ends then; it stays listed, paused
    bool local;      ///< touches a local place
    bool regional;
};

std::span<const Campaign> campaigns();

}  // namespace narvaro::sandbox
