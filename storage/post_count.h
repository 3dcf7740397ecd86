#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/as_of.h"
#include "core/plan.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

// The rule of what counts (spec section 4) stands in post_count.cpp alone.
std::vector<std::int64_t> count_posts(Database& db, const PostFilter& filter,
                                      std::span<const Span> spans, AsOf as_of);
std::vector<sys_seconds> post_times(Database& db, const PostFilter& filter, Span span, AsOf as_of);
std::vector<Evidence> evidence(Database& db, const PostFilter& filter, Span span, AsOf as_of);
std::vector<Evidence> near_misses(Database& db, const PostFilter& filter, Span span, AsOf as_of,
                                  double least_share);

}  // namespace narvaro
