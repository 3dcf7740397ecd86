#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// A change is a new version; with a complete read, what is missing is no longer live. A complete
/// read of nothing ends nothing.
void apply_audiences(Database& db, std::int64_t source, const Observations& observations,
                     sys_seconds now, ApplyCounts& counts, std::vector<std::string>& warnings);
std::vector<Audience> audiences_within(Database& db, const std::string& source, Span span,
                                       AsOf as_of);

}  // namespace narvaro
