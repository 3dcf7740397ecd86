#pragma once
#include "core/time.h"

namespace narvaro {

/// From where in time stored facts are looked at. Facts dated after `at` are never seen. With
/// `known_then`, neither are facts that were stored after `at`, corrections and labels included.
struct AsOf {
    sys_seconds at;
    bool known_then = false;
};

/// Everything, whatever its date, as it is known today.
inline constexpr AsOf kKnownToday{kEndOfTime, false};

}  // namespace narvaro
