#include "connectors/follower_cities.h"

#include <algorithm>

namespace narvaro {
namespace {

std::map<std::string, double> counts_in(const Json& value) {
    std::map<std::string, double> counts;
    if (!value.is_object()) return counts;
    for (const auto& [place, count] : value.items()) {
        if (const auto number = count_of(count); number && !place.empty()) {
            counts[place] = static_cast<double>(*number);
        }
    }
    return counts;
}

/// The place of `name` among the dimensions of a breakdown; empty when it is not one of them.
std::optional<std::size_t> dimension_index(const Json& breakdown, std::string_view name) {
    const Json& keys = list_at(breakdown, "dimension_keys");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].is_string() && keys[i].get_ref<const std::string&>() == name) return i;
    }
    return {};
}

void add_results(const Json& breakdown, std::size_t index, std::map<std::string, double>& counts) {
    for (const Json& result : list_at(breakdown, "results")) {
        const Json& values = list_at(result, "dimension_values");
        const auto count = count_at(result, "value");
        if (!count || index >= values.size() || !values[index].is_string()) continue;
        counts[values[index].get<std::string>()] += static_cast<double>(*count);
    }
}

}  // namespace

std::optional<FollowerPlaces> newest_page_places(const Json& answer, std::string_view metric,
                                                 sys_seconds now) {
    std::optional<FollowerPlaces> newest;
    for (const Json& insight : list_at(answer, "data")) {
        if (text_at(insight, "name") != metric) continue;
        for (const Json& day : list_at(insight, "values")) {
            const Json* value = member(day, "value");
            if (value == nullptr) continue;
            FollowerPlaces places{counts_in(*value), time_at(day, "end_time").value_or(now)};
            if (places.counts.empty() || (newest && places.at < newest->at)) continue;
            newest = std::move(places);
        }
    }
    if (newest) newest->at = std::min(newest->at, now);
    return newest;
}

std::optional<FollowerPlaces> account_places(const Json& answer, std::string_view breakdown,
                                             sys_seconds now) {
    FollowerPlaces places{{}, now};
    for (const Json& insight : list_at(answer, "data")) {
        const Json* total = member(insight, "total_value");
        if (total == nullptr || text_at(insight, "name") != "follower_demographics") continue;
        for (const Json& one : list_at(*total, "breakdowns")) {
            if (const auto index = dimension_index(one, breakdown)) {
                add_results(one, *index, places.counts);
            }
        }
    }
    if (places.counts.empty()) return {};
    return places;
}

void add_city_samples(const FollowerPlaces& cities, const Places& places, Observations& seen) {
    double local = 0;
    bool any_local = false;
    for (const auto& [city, count] : cities.counts) {
        seen.samples.push_back({"followers_city", city, cities.at, count});
        if (!in_group(places, "local", city)) continue;
        local += count;
        any_local = true;
    }
    if (!places.groups.contains("local")) return;
    if (any_local || cities.counts.size() < kMostCities) {
        seen.samples.push_back({"followers_local", "", cities.at, local});
        return;
    }
    seen.gaps.push_back({"followers_local", "", GapReason::below_threshold,
                         "none of the " + std::to_string(kMostCities) +
                             " cities that Meta lists at most is in [places] local: how many live "
                             "there is not told -> see whether Meta writes the name otherwise"});
}

void add_unplaced(const FollowerPlaces& cities, std::optional<std::int64_t> followers,
                  Observations& seen) {
    if (!followers) return;
    double known = 0;
    for (const auto& [city, count] : cities.counts) known += count;
    const double rest = std::max(static_cast<double>(*followers) - known, 0.0);
    seen.samples.push_back({"followers_unplaced", "", cities.at, rest});
}

}  // namespace narvaro
