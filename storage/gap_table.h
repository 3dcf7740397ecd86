#pragma once
#include <cstdint>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// Opens, prolongs and closes gaps by what one read had and had not.
void apply_gaps(Database& db, std::int64_t source, const Observations& observations,
                const PollOutcome& outcome, ApplyCounts& counts);
std::vector<StoredGap> open_gaps(Database& db, AsOf as_of);
std::vector<StoredGap> open_gaps_of(Database& db, const std::string& source, AsOf as_of);

}  // namespace narvaro
