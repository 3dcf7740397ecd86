#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/plan.h"
#include "core/target_result.h"

namespace narvaro {

/// What was imagined of a target, and what it would give.
struct WhatIfWords {
    const Target& target;
    const TargetResult& now;
    const TargetResult& then;
    std::int64_t posts = 0;   ///< units in all
    std::int64_t others = 0;  ///< share: posts beside those
    sys_seconds until;
    std::optional<std::int64_t>
        enough;  ///< the fewest that suffice; empty: none needed, or none do
};

/// "2 till senast 30 november ger 12,5 % (6 av 48): i takt. 1 räcker."
std::string what_if_sentence(const WhatIfWords& asked, const Zone& zone, std::string_view language);

}  // namespace narvaro
