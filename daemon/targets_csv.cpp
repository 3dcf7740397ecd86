#include "daemon/targets_csv.h"

#include <nlohmann/json.hpp>

#include "daemon/csv.h"
#include "digest/target_json.h"

namespace narvaro {
namespace {

std::string cell(const nlohmann::ordered_json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

std::string targets_csv_header() {
    return csv_line({"plan", "as_of", "id", "kind", "name", "value", "goal", "baseline", "progress",
                     "of", "state", "needed", "reason"});
}

std::string target_csv_line(const std::string& plan, sys_seconds as_of, const Target& target,
                            const TargetResult& result, const Zone& zone,
                            std::string_view language) {
    const auto t = target_json(target, result, zone, language);
    return csv_line({plan, zone.format(as_of), cell(t["id"]), cell(t["kind"]), cell(t["name"]),
                     cell(t["value"]), cell(t["goal"]), cell(t["baseline"]), cell(t["progress"]),
                     cell(t["of"]), cell(t["state"]), cell(t["needed"]), cell(t["reason"])});
}

std::string targets_csv(const DigestWeek& week, std::string_view language) {
    std::string csv = targets_csv_header();
    const auto zone = Zone::find(week.zone);
    if (!zone) return csv;  // the configuration refuses unknown zones
    for (const DigestTarget& t : week.targets) {
        csv += target_csv_line(week.plan_id, week.as_of, t.target, t.now, *zone, language);
    }
    return csv;
}

}  // namespace narvaro
