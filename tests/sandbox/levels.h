#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace narvaro::sandbox {

/// Levels change once a day, at 03:00 UTC, and never on the last days of a month: who polls then
/// sees what holds at the month's end.
int facebook_followers(sys_seconds t);
int instagram_followers(sys_seconds t);
int instagram_following(sys_seconds t);
/// Followers of a watched account; 0 for one that does not exist.
int watched_followers(const std::string& handle, sys_seconds t);

struct CityLevel {
    std::string key;  ///< as the platform writes it
    int followers = 0;
    bool local = false;  ///< in the municipality
};

/// What the platform tells: at most 45 cities, the largest first, none under 5. City levels change
/// only on the second day of a month, at 03:00 UTC.
std::vector<CityLevel> facebook_cities(sys_seconds t);
std::vector<CityLevel> instagram_cities(sys_seconds t);
/// The sum of the local ones among them.
int local_sum(const std::vector<CityLevel>& cities);

}  // namespace narvaro::sandbox
