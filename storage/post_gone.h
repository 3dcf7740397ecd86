#pragma once
#include <cstdint>
#include <unordered_set>

#include "core/observations.h"
#include "storage/sqlite.h"

namespace narvaro {

/// Notes what a complete read of one kind should have shown and did not; the second time in a row
/// the post is gone. Nothing is concluded from an empty list, nor for stories and press items,
/// which end by themselves.
/// @param seen  keys of the posts that were read
/// @return how many posts are gone since now
std::int64_t mark_missing(Database& db, std::int64_t source, const CompleteRead& complete,
                          const Observations& read, const std::unordered_set<std::int64_t>& seen,
                          sys_seconds now);

}  // namespace narvaro
