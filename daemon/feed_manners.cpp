#include "daemon/feed_manners.h"

namespace narvaro {
namespace {

constexpr std::chrono::hours kWholeEvery{24};
constexpr std::chrono::hours kDistrust{24 * 30};
constexpr std::int64_t kDaysOfProof = 3;

}  // namespace

bool asks_for_the_whole(const SourceStatus& status, sys_seconds now) {
    const bool caught = status.distrusted_at && now - *status.distrusted_at < kDistrust;
    return caught || !status.last_read || now - *status.last_read >= kWholeEvery;
}

std::string address_in_use(const SourceStatus& status,
                           const std::set<std::string>& configured_addresses) {
    const bool proven = status.moved_days >= kDaysOfProof;
    if (!proven || configured_addresses.contains(status.moved_to)) return status.address;
    return status.moved_to;
}

}  // namespace narvaro
