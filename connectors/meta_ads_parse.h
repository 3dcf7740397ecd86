#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connectors/graph_json.h"
#include "core/audience.h"
#include "core/sample.h"

namespace narvaro {

/// What of an ad account decides how its figures are read.
struct AdAccount {
    std::string zone_name;               ///< "Europe/Stockholm"; empty: not told
    double offset_hours = 0;             ///< of the zone today; taken when the name is not known
    std::optional<std::int64_t> status;  ///< 1 is active; empty: not told
};
AdAccount parse_ad_account(const Json& answer);

/// When a day of the account's begins, by its own clocks.
sys_seconds start_of_day(const AdAccount& account, date::local_days day);
/// The day that the account's clocks show.
date::local_days day_of(const AdAccount& account, sys_seconds t);

/// The places that `targeting` includes: cities, regions and smaller areas by name, countries by
/// their two letters, and points by their name or as "latitude,longitude".
std::vector<AudiencePlace> places_in(const Json& targeting);

/// @return empty for what has no id, and for ad sets that are deleted or archived
std::optional<Audience> parse_ad_set(const Json& item);
std::optional<Audience> parse_saved_audience(const Json& item);
std::optional<Audience> parse_custom_audience(const Json& item);

/// spend{region} and reach{region} of one row, one day of one region, dated at that day's end.
/// @return empty for a day that is not over at `now`, and for a row without day or region
std::vector<Sample> parse_region_row(const Json& row, const AdAccount& account, sys_seconds now);

}  // namespace narvaro
