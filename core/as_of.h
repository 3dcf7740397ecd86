#pragma once
#include "core/time.h"

namespace narvaro {

/// From where in time stored facts are looked at: facts dated after `at` are never seen, neither
/// are facts that were stored after `known_by`, corrections and labels included.
struct AsOf {
    sys_seconds at;
    sys_seconds known_by = sys_seconds::max();  ///< max: whatever is known today
    bool by_then() const { return known_by != sys_seconds::max(); }
};

/// As it stood at that instant, and was known at it.
constexpr AsOf as_known_at(sys_seconds t) { return {t, t}; }

/// Everything, whatever its date, as it is known today.
inline constexpr AsOf kKnownToday{kEndOfTime};

}  // namespace narvaro
