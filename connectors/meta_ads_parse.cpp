#include "connectors/meta_ads_parse.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace narvaro {
namespace {

seconds offset_of(const AdAccount& account) {
    return seconds{static_cast<std::int64_t>(std::clamp(account.offset_hours, -14.0, 14.0) * 3600)};
}

std::optional<int> age_at(const Json& targeting, const char* name) {
    const auto age = count_at(targeting, name);
    if (!age || *age > 120) return {};
    return static_cast<int>(*age);
}

void add_place(AudiencePlace place, std::vector<AudiencePlace>& places) {
    if (place.name.empty()) return;
    if (std::find(places.begin(), places.end(), place) == places.end()) {
        places.push_back(std::move(place));
    }
}

void add_named(const Json& geo, std::vector<AudiencePlace>& places) {
    constexpr std::array<const char*, 11> kNamed{
        "cities",           "regions",         "subcities", "neighborhoods",
        "subneighborhoods", "metro_areas",     "places",    "small_geo_areas",
        "medium_geo_areas", "large_geo_areas", "zips"};
    for (const char* kind : kNamed) {
        for (const Json& place : list_at(geo, kind)) {
            const std::string country = text_at(place, "country");
            add_place({text_at(place, "name"), text_at(place, "region"),
                       country.empty() ? text_at(place, "country_code") : country},
                      places);
        }
    }
}

std::string point_name(const Json& point) {
    for (const char* name : {"name", "address_string"}) {
        std::string told = text_at(point, name);
        if (!told.empty()) return told;
    }
    const Json* latitude = member(point, "latitude");
    const Json* longitude = member(point, "longitude");
    if (latitude == nullptr || longitude == nullptr) return {};
    if (!number_of(*latitude) || !number_of(*longitude)) return {};
    const auto text = [](const Json& number) {
        return number.is_string() ? number.get<std::string>() : number.dump();
    };
    return text(*latitude) + "," + text(*longitude);
}

void add_targeting(const Json& item, Audience& audience) {
    const Json* targeting = member(item, "targeting");
    if (targeting == nullptr) return;
    audience.age_min = age_at(*targeting, "age_min");
    audience.age_max = age_at(*targeting, "age_max");
    audience.places = places_in(*targeting);
}

}  // namespace

AdAccount parse_ad_account(const Json& answer) {
    AdAccount account;
    account.zone_name = text_at(answer, "timezone_name");
    account.offset_hours = number_at(answer, "timezone_offset_hours_utc").value_or(0);
    account.status = count_at(answer, "account_status");
    return account;
}

sys_seconds start_of_day(const AdAccount& account, date::local_days day) {
    if (!account.zone_name.empty()) {
        if (const auto zone = Zone::find(account.zone_name)) return zone->start_of(day);
    }
    return sys_seconds{date::local_seconds{day}.time_since_epoch()} - offset_of(account);
}

date::local_days day_of(const AdAccount& account, sys_seconds t) {
    if (!account.zone_name.empty()) {
        if (const auto zone = Zone::find(account.zone_name)) return zone->day_of(t);
    }
    const date::local_seconds local{(t + offset_of(account)).time_since_epoch()};
    return date::floor<date::days>(local);
}

std::vector<AudiencePlace> places_in(const Json& targeting) {
    std::vector<AudiencePlace> places;
    const Json* geo = member(targeting, "geo_locations");
    if (geo == nullptr) return places;
    add_named(*geo, places);
    for (const Json& point : list_at(*geo, "custom_locations")) {
        add_place({point_name(point), text_at(point, "region"), text_at(point, "country")}, places);
    }
    for (const Json& country : list_at(*geo, "countries")) {
        if (!country.is_string()) continue;
        add_place({country.get<std::string>(), {}, country.get<std::string>()}, places);
    }
    return places;
}

std::optional<Audience> parse_ad_set(const Json& item) {
    Audience audience;
    audience.remote_id = id_at(item, "id");
    audience.kind = "adset";
    audience.name = text_at(item, "name");
    audience.status = text_at(item, "effective_status");
    if (audience.status.empty()) audience.status = text_at(item, "status");
    if (audience.remote_id.empty() || audience.status == "DELETED" ||
        audience.status == "ARCHIVED") {
        return {};
    }
    audience.live_from = time_at(item, "start_time");
    if (!audience.live_from) audience.live_from = time_at(item, "created_time");
    audience.live_to = time_at(item, "end_time");
    add_targeting(item, audience);
    return audience;
}

std::optional<Audience> parse_saved_audience(const Json& item) {
    Audience audience;
    audience.remote_id = id_at(item, "id");
    if (audience.remote_id.empty()) return {};
    audience.kind = "saved";
    audience.name = text_at(item, "name");
    add_targeting(item, audience);
    return audience;
}

std::optional<Audience> parse_custom_audience(const Json& item) {
    Audience audience;
    audience.remote_id = id_at(item, "id");
    if (audience.remote_id.empty()) return {};
    audience.kind = "custom";
    audience.name = text_at(item, "name");
    return audience;
}

std::vector<Sample> parse_region_row(const Json& row, const AdAccount& account, sys_seconds now) {
    const std::string region = text_at(row, "region");
    const auto day = parse_date(text_at(row, "date_stop"));
    if (region.empty() || !day) return {};
    const sys_seconds end = start_of_day(account, *day + date::days{1});
    if (end > now) return {};
    std::vector<Sample> samples;
    for (const char* metric : {"spend", "reach"}) {
        const auto value = number_at(row, metric);
        if (value && *value >= 0) samples.push_back({metric, region, end, *value});
    }
    return samples;
}

}  // namespace narvaro
