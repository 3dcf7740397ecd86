#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "connectors/graph_json.h"
#include "core/observations.h"
#include "core/places.h"

namespace narvaro {

/// How many cities Meta lists at most.
inline constexpr std::size_t kMostCities = 45;

/// How many followers live in each city (or country), as Meta names it. Never the whole: small
/// cities are hidden, and the list ends at kMostCities.
struct FollowerPlaces {
    std::map<std::string, double> counts;
    sys_seconds at;
    bool operator==(const FollowerPlaces&) const = default;
};

/// The newest day of a Page insight that is a map of places. Each day tells the whole distribution,
/// so days are never added up.
/// @return empty when there is none; `at` is never after `now`
/// Source: Meta reference, section 3.7.
std::optional<FollowerPlaces> newest_page_places(const Json& answer, std::string_view metric,
                                                 sys_seconds now);

/// Instagram's follower_demographics in one breakdown ("city", "country"), as of `now`.
/// @return empty when there is none. Source: Meta reference, section 4.8.
std::optional<FollowerPlaces> account_places(const Json& answer, std::string_view breakdown,
                                             sys_seconds now);

/// Samples followers_city{city} and followers_local, the sum over the cities of the group "local".
/// A full list without a local city does not prove that nobody lives there: then followers_local is
/// a gap. Nothing is said of followers_local when there is no such group.
void add_city_samples(const FollowerPlaces& cities, const Places& places, Observations& seen);

/// Sample followers_unplaced: how many followers no city of the list accounts for ("location not
/// given"). Nothing where the number of followers is not known.
void add_unplaced(const FollowerPlaces& cities, std::optional<std::int64_t> followers,
                  Observations& seen);

}  // namespace narvaro
