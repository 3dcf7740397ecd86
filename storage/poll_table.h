#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// The outcome of a poll that read something: validators, cursor and warnings included.
void keep_poll(Database& db, std::int64_t source, const Observations& observations,
               const PollOutcome& outcome, const std::vector<std::string>& warnings);
/// The outcome alone.
void keep_outcome(Database& db, std::int64_t source, const PollOutcome& outcome);
void keep_next_poll(Database& db, std::int64_t source, sys_seconds next_poll);
void end_backfill(Database& db, std::int64_t source, sys_seconds since);
std::vector<SourceStatus> source_statuses(Database& db);
bool was_observed(Database& db, const std::string& source, AsOf as_of);

}  // namespace narvaro
