#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// What storing a read has shown.
struct ReadNews {
    const ApplyCounts& counts;
    std::int64_t posts_known;  ///< of those read: stored before
};

/// The outcome of a poll that read something: validators, cursor, warnings and what the read said
/// of the source's manners.
void keep_poll(Database& db, std::int64_t source, const Observations& observations,
               const PollOutcome& outcome, const ReadNews& news,
               const std::vector<std::string>& warnings);
/// The outcome alone.
void keep_outcome(Database& db, std::int64_t source, const PollOutcome& outcome);
void keep_next_poll(Database& db, std::int64_t source, sys_seconds next_poll);
void keep_next_beat(Database& db, std::int64_t source, const std::string& beat,
                    sys_seconds next_poll);
void forget_move(Database& db, std::int64_t source);
void keep_host_wait(Database& db, const std::string& host, sys_seconds until);
std::optional<sys_seconds> host_wait(Database& db, const std::string& host);
void end_backfill(Database& db, std::int64_t source, sys_seconds since);
std::vector<SourceStatus> source_statuses(Database& db);
/// Throws a Refusal with Fault::not_found.
SourceStatus source_status(Database& db, const std::string& name);
std::optional<sys_seconds> last_success(Database& db, const std::string& source);
bool was_observed(Database& db, const std::string& source, AsOf as_of);

}  // namespace narvaro
