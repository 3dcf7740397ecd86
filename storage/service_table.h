#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

void set_service_state(Database& db, const std::string& key,
                       const std::optional<std::string>& value);
std::optional<std::string> service_state(Database& db, const std::string& key);

/// @return false when that digest was there already
bool add_digest(Database& db, const StoredDigest& digest);
/// Throws a Refusal with Fault::not_found.
void mark_digest_sent(Database& db, IsoWeek week, const std::string& language, sys_seconds at);
std::optional<StoredDigest> find_digest(Database& db, IsoWeek week, const std::string& language);
std::vector<StoredDigest> all_digests(Database& db);

}  // namespace narvaro
