#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// Stores what one read saw: new posts, changed words, changed counts, and what is gone.
/// @return how many posts of the read were stored before
std::int64_t apply_posts(Database& db, std::int64_t source, const Observations& observations,
                         sys_seconds now, ApplyCounts& counts, std::vector<std::string>& warnings);

/// @param id  "source/remote_id", former ids included
std::optional<std::int64_t> find_post(Database& db, const std::string& id);
/// Throws a Refusal with Fault::not_found.
std::int64_t post_key(Database& db, const std::string& id);

/// Oldest first; the last is the current one.
std::vector<PostRevision> post_revisions(Database& db, std::int64_t post, AsOf as_of);

}  // namespace narvaro
