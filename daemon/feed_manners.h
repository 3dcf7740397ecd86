#pragma once
#include <set>
#include <string>

#include "core/time.h"
#include "storage/stored.h"

namespace narvaro {

/// Whether a feed is to be asked for whole, though its server has handed out validators: once a
/// day, since some servers answer 304 for ever, and for a month after they were caught at it.
bool asks_for_the_whole(const SourceStatus& status, sys_seconds now);

/// Where a feed is asked: at its own address, or where permanent redirects have led on three days
/// to a feed with posts that we know; never at another configured source's address.
std::string address_in_use(const SourceStatus& status,
                           const std::set<std::string>& configured_addresses);

}  // namespace narvaro
