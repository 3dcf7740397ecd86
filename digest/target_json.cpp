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

Json standing_json(const Standing& s, const Zone& zone) {
    return {{"state", name_of(s.how)},
            {"at", s.at ? Json(zone.format(*s.at)) : Json(nullptr)},
            {"source", s.source},
            {"note", text_or_null(s.note)}};
}

/// The least sure of a target's sources, and all of them.
Json measurability_json(const TargetResult& r, const Zone& zone) {
    if (r.standings.empty()) return nullptr;
    Json json = standing_json(r.standings.front(), zone);
    Json parts = Json::array();
    for (const Standing& s : r.standings) parts.push_back(standing_json(s, zone));
    json["parts"] = std::move(parts);
    json["by_hand"] = r.by_hand;
    return json;
}

Json pace_json(const TargetResult& r) {
    if (!r.expected || !r.value) return nullptr;
    return {{"expected", figure_json(r.expected)}, {"ahead", figure_json(*r.value - *r.expected)}};
}

Json gain_json(const TargetResult& r, const Zone& zone) {
    if (!r.gain) return nullptr;
    Json jumps = Json::array();
    for (const Jump& jump : r.jumps) {
        jumps.push_back({{"from", format_date(zone.day_of(jump.span.from))},
                         {"to", format_date(zone.day_of(jump.span.to - seconds{1}))},
                         {"gain", figure_json(jump.gain)}});
    }
    return {{"per_week", figure_json(r.gain->median)},
            {"low", figure_json(r.gain->low)},
            {"high", figure_json(r.gain->high)},
            {"weeks", r.gain->weeks},
            {"jumps", std::move(jumps)}};
}

Json baseline_json(const Target& target, const TargetResult& r, const Zone& zone) {
    if (!r.baseline) return nullptr;
    const bool given = target.baseline && target.baseline->value;
    return {{"value", figure_json(r.baseline)},
            {"at", r.baseline_at ? Json(format_date(zone.day_of(*r.baseline_at))) : Json(nullptr)},
            {"note", target.baseline ? text_or_null(target.baseline->note) : Json(nullptr)},
            {"from_plan", given}};
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
              {"reason", text_or_null(reason_words(result, language))},
              {"pace", pace_json(result)},
              {"measurability", measurability_json(result, zone)},
              {"baseline_source", baseline_json(target, result, zone)}};
    Json warnings = Json::array();
    for (const Caution caution : result.cautions) warnings.push_back(name_of(caution));
    json["warnings"] = std::move(warnings);
    if (target.kind == TargetKind::growth) json["gain"] = gain_json(result, zone);
    if (target.kind == TargetKind::rate) json["chance"] = figure_json(result.chance);
    if (target.kind == TargetKind::share) {
        json["matched"] = result.matched ? Json(*result.matched) : Json(nullptr);
    }
    if (target.kind == TargetKind::coverage) json["covered"] = result.covered;
    return json;
}

}  // namespace narvaro
