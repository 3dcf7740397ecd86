#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// @return how many verdicts are new
std::int64_t put_verdicts(Database& db, std::span<const PostVerdict> verdicts, sys_seconds now);
void keep_only_labels(Database& db, std::span<const std::string> labels, sys_seconds now);
void add_decision(Database& db, std::int64_t post, const Decision& decision);

std::vector<StoredVerdict> verdicts_of(Database& db, std::int64_t post, AsOf as_of);
std::vector<StoredDecision> decisions_of(Database& db, std::int64_t post, AsOf as_of);
std::vector<StoredDecision> decisions_within(Database& db, Span span, AsOf as_of);

/// The hash that `post.judged` holds when exactly these rules judged it as it stands; never 0.
std::int64_t judged_hash(std::vector<LabelVersion> versions);

/// Keys of posts that no rule has judged as they stand, after the key `after`.
std::vector<std::int64_t> never_judged(Database& db, std::int64_t after, std::size_t limit);

/// Keys of posts that a rule of `versions` has not judged as they stand, after the key `after`.
std::vector<std::int64_t> unjudged(Database& db, std::span<const LabelVersion> versions,
                                   std::int64_t after, std::size_t limit);

}  // namespace narvaro
