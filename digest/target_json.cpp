#include "digest/target_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "digest/week.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json forecast_json(const std::optional<Forecast>& forecast, const Zone& zone) {
    if (!forecast) return nullptr;
    return {{"at", zone.format(forecast->at)},
            {"value", figure_json(forecast->value)},
            {"low", figure_json(forecast->low)},
            {"high", figure_json(forecast->high)}};
}

/// Periods are named by their first and last day.
Json periods_json(const std::vector<PeriodResult>& periods, const Zone& zone) {
    Json list = Json::array();
    for (const PeriodResult& p : periods) {
        list.push_back({{"from", format_date(zone.day_of(p.span.from))},
                        {"to", format_date(zone.day_of(p.span.to - seconds{1}))},
                        {"value", p.count},
                        {"met", p.met},
                        {"closed", p.closed}});
    }
    return list;
}

}  // namespace

Json figure_json(std::optional<double> value) {
    constexpr double kExact = 9007199254740992.0;  // 2^53
    if (!value || !std::isfinite(*value)) return nullptr;
    if (std::abs(*value) < kExact && *value == std::floor(*value)) {
        return static_cast<std::int64_t>(*value);
    }
    return *value;
}

Json target_json(const Target& target, const TargetResult& result, const Zone& zone,
                 std::string_view language) {
    Json json{{"id", target.id},
              {"kind", name_of(target.kind)},
              {"name", target.name.in(language)},
              {"value", figure_json(result.value)},
              {"goal", figure_json(result.goal)},
              {"baseline", figure_json(result.baseline)},
              {"progress", figure_json(result.progress)},
              {"state", name_of(result.state)},
              {"needed", text_or_null(needed_words(result, target, zone, language))},
              {"forecast", forecast_json(result.forecast, zone)},
              {"periods", periods_json(result.periods, zone)},
              {"of", result.of ? Json(*result.of) : Json(nullptr)},
              {"reason", text_or_null(reason_words(result, language))}};
    if (target.kind == TargetKind::share) {
        json["matched"] = result.matched ? Json(*result.matched) : Json(nullptr);
    }
    if (target.kind == TargetKind::coverage) json["covered"] = result.covered;
    return json;
}

}  // namespace narvaro
