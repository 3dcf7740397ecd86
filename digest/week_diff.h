#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "digest/week.h"

namespace narvaro {

/// What the later digest says otherwise than the earlier one, in meaning: targets whose state or
/// figure differs, sources that began or ceased to fail, gaps that opened or closed, another plan,
/// other rules. A line each, in the order of the digest; empty: nothing.
std::vector<std::string> digest_changes(const DigestWeek& earlier, const DigestWeek& later,
                                        std::string_view language);

}  // namespace narvaro
