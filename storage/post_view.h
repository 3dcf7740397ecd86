#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// @return empty when the post was not there yet at that instant, or not known then
std::optional<StoredPost> load_post(Database& db, std::int64_t key, AsOf as_of);
std::vector<StoredPost> load_posts(Database& db, std::span<const std::int64_t> keys, AsOf as_of);

void each_post(Database& db, const PostListing& listing, AsOf as_of,
               const std::function<bool(const StoredPost&)>& take);
std::vector<StoredPressItem> press_within(Database& db, Span span, AsOf as_of);
std::vector<StoredPost> posts_within(Database& db, std::span<const Span> spans);

}  // namespace narvaro
