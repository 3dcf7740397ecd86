#include "daemon/schedule.h"

#include <algorithm>
#include <string>

namespace narvaro {

std::uint64_t stable_hash(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return hash ^ (hash >> 32U);
}

sys_seconds next_poll(const Source& source, const PollEnd& end) {
    seconds wait = source.every;
    if (end.consecutive_failures > 0) {
        const int doublings = std::min(end.consecutive_failures - 1, 10);
        wait = std::min(wait * (1 << doublings), std::max(kLongestWait, source.every));
    }
    const auto tenth = static_cast<std::uint64_t>(std::max<std::int64_t>(wait.count() / 10, 1));
    const std::uint64_t mixed =
        stable_hash(source.id + "@" + std::to_string(end.at.time_since_epoch().count()));
    wait += seconds{static_cast<std::int64_t>(mixed % tenth)};
    if (end.server_says) wait = std::max(wait, std::min(*end.server_says, kLongestWait));
    return end.at + wait;
}

sys_seconds first_poll(const Source& source, sys_seconds now) {
    return now + seconds{static_cast<std::int64_t>(stable_hash(source.id) % 60)};
}

}  // namespace narvaro
