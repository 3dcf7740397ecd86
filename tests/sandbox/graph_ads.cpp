// The ads account: numbers are strings, times are the account's own, and it is mostly empty.
#include <cstdio>

#include "ads_world.h"
#include "graph_call.h"
#include "local_time.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

/// What an ad set spends on a day that it runs.
constexpr double kSpendADay = 25.4;
constexpr long kReachADay = 189;

const std::set<std::string> kAdSetFields{"name",         "status",           "effective_status",
                                         "campaign_id",  "daily_budget",     "lifetime_budget",
                                         "start_time",   "end_time",         "targeting",
                                         "created_time", "updated_time",     "account_id",
                                         "campaign",     "configured_status"};
const std::set<std::string> kAudienceFields{"name",
                                            "targeting",
                                            "approximate_count_lower_bound",
                                            "approximate_count_upper_bound",
                                            "time_created",
                                            "time_updated",
                                            "run_status",
                                            "subtype",
                                            "operation_status",
                                            "delivery_status",
                                            "description"};

Json targeting_of(const Campaign& c) {
    const Json city = {{"key", std::to_string(2400000 + hash_of(c.city) % 1000)},
                       {"name", c.city},
                       {"region", c.region},
                       {"region_id", "3212"},
                       {"country", "SE"},
                       {"radius", 17},
                       {"distance_unit", "kilometer"}};
    return {
        {"age_min", 18},
        {"age_max", 65},
        {"geo_locations",
         {{"cities", Json::array({city})}, {"location_types", Json::array({"home", "recent"})}}},
        {"targeting_automation", {{"advantage_audience", 0}}}};
}

Json ad_set_of(const Campaign& c, sys_seconds now) {
    const char* status = now < c.to ? "ACTIVE" : "PAUSED";
    return {{"id", c.id},
            {"name", c.name},
            {"status", status},
            {"effective_status", status},
            {"configured_status", status},
            {"campaign_id", "23840000000000001"},
            {"account_id", kAdAccount},
            {"daily_budget", "3000"},
            {"lifetime_budget", "0"},
            {"start_time", meta_local_time(c.from)},
            {"end_time", meta_local_time(c.to)},
            {"created_time", meta_local_time(c.from)},
            {"updated_time", meta_local_time(c.from)},
            {"targeting", targeting_of(c)}};
}

Json audience_of(const Campaign& c) {
    return {{"id", c.id},
            {"name", c.name},
            {"run_status", "ACTIVE"},
            {"time_created", meta_local_time(c.from)},
            {"time_updated", meta_local_time(c.from)},
            {"approximate_count_lower_bound", 12000},
            {"approximate_count_upper_bound", 14100},
            {"targeting", targeting_of(c)}};
}

/// `effective_status` is a JSON array of the wanted ones; absent: all.
bool is_wanted(const Call& call, const Json& ad_set) {
    const std::string text = call.parameter("effective_status");
    if (text.empty()) return true;
    const Json wanted = Json::parse(text, nullptr, false);
    if (!wanted.is_array()) return true;
    for (const Json& status : wanted) {
        if (status == ad_set["effective_status"]) return true;
    }
    return false;
}

GraphResult list_of(const Call& call, bool saved) {
    List list;
    list.known = saved ? kAudienceFields : kAdSetFields;
    list.defaults = {"id"};
    list.type = saved ? "SavedAudience" : "AdSet";
    for (const Campaign& c : campaigns()) {
        if (c.saved != saved || c.from > call.now) continue;
        Json node = saved ? audience_of(c) : ad_set_of(c, call.now);
        if (saved || is_wanted(call, node)) list.items.push_back(std::move(node));
    }
    return page_of(call, list);
}

std::string day_text(long day) {
    const Local d = date_of(day);
    char text[24];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    return text;
}

long day_of(sys_seconds t) {
    const Local l = stockholm(t);
    return days_of(l.year, l.month, l.day);
}

/// "2021-03-10" -> days since 1970; empty when it is no date
std::optional<long> parse_day(const std::string& text) {
    int y = 0;
    int m = 0;
    int d = 0;
    if (std::sscanf(text.c_str(), "%d-%d-%d", &y, &m, &d) != 3) return std::nullopt;
    return days_of(y, m, d);
}

struct Days {
    long first;
    long last;
};

/// `time_range` {"since", "until"}, both inclusive, or `date_preset`; else the last 30 days.
std::optional<Days> asked_days(const Call& call) {
    const long today = day_of(call.now);
    const std::string preset = call.parameter("date_preset");
    if (preset == "maximum") return Days{days_of(2019, 1, 1), today};
    if (preset == "last_7d") return Days{today - 7, today - 1};
    if (preset == "today") return Days{today, today};
    if (preset == "yesterday") return Days{today - 1, today - 1};
    const std::string text = call.parameter("time_range");
    if (text.empty()) return Days{today - 30, today - 1};
    const Json range = Json::parse(text, nullptr, false);
    if (!range.is_object()) return std::nullopt;
    const auto since = parse_day(range.value("since", ""));
    const auto until = parse_day(range.value("until", ""));
    if (!since || !until || *until < *since) return std::nullopt;
    return Days{*since, std::min(*until, today)};
}

Json row(const Call& call, const std::string& region, long days, long first, long last) {
    char spend[32];
    const double times = call.struck("restated") ? 2 : 1;
    std::snprintf(spend, sizeof spend, "%.2f", kSpendADay * times * static_cast<double>(days));
    const Json whole = {{"spend", spend},
                        {"impressions", std::to_string(302 * days)},
                        {"reach", std::to_string(kReachADay * days)},
                        {"clicks", std::to_string(4 * days)},
                        {"account_id", kAdAccount},
                        {"account_currency", "SEK"}};
    Json out = Json::object();
    const std::string asked = call.parameter("fields");
    for (const std::string& name : split(asked.empty() ? "spend,impressions" : asked, ',')) {
        if (whole.contains(name)) out[name] = whole[name];
    }
    if (call.parameter("breakdowns") == "region") out["region"] = region;
    out["date_start"] = day_text(first);
    out["date_stop"] = day_text(last);
    return out;
}

/// Rows without delivery are absent.
GraphResult ads_insights(const Call& call) {
    const auto days = asked_days(call);
    if (!days) return graph_fail(100, 0, "(#100) Invalid time_range");
    const bool by_day = call.parameter("time_increment") == "1";
    Json data = Json::array();
    for (const Campaign& c : campaigns()) {
        if (c.saved || c.from > call.now) continue;
        const long first = std::max(days->first, day_of(c.from));
        const long last = std::min({days->last, day_of(c.to) - 1, day_of(call.now)});
        if (last < first) continue;
        if (!by_day) {
            data.push_back(row(call, c.region, last - first + 1, days->first, days->last));
            continue;
        }
        for (long day = first; day <= last; ++day) {
            data.push_back(row(call, c.region, 1, day, day));
        }
    }
    Json out = {{"data", data}};
    if (!data.empty()) {
        out["paging"] = {{"cursors", {{"before", "MAZDZD"}, {"after", "MAZDZD"}}}};
    }
    return out;
}

}  // namespace

GraphResult ads(const Call& call) {
    if (call.lacks("ads_read")) {
        return graph_fail(200, 0, "(#200) Requires ads_read permission to manage the object", 403);
    }
    if (call.parts[0] != std::string{"act_"} + kAdAccount) return unsupported_get(call.parts[0]);
    const std::string edge = call.parts.size() > 1 ? call.parts[1] : "";
    if (edge == "adsets") return list_of(call, false);
    if (edge == "saved_audiences") return list_of(call, true);
    if (edge == "insights") return ads_insights(call);
    if (edge == "customaudiences" || edge == "campaigns" || edge == "ads") {
        return Json{{"data", Json::array()}};
    }
    if (!edge.empty()) return graph_fail(2500, 0, "Unknown path components: /" + edge);
    static const std::set<std::string> kKnown{"account_id",     "name",
                                              "account_status", "currency",
                                              "timezone_name",  "timezone_offset_hours_utc",
                                              "amount_spent",   "balance"};
    const Json node = {{"id", call.parts[0]},
                       {"account_id", kAdAccount},
                       {"name", kPageName},
                       {"account_status", 1},
                       {"currency", "SEK"},
                       {"timezone_name", "Europe/Stockholm"},
                       {"timezone_offset_hours_utc", stockholm_offset(call.now) / 3600},
                       {"amount_spent", "35560"},
                       {"balance", "0"}};
    const std::string asked = call.parameter("fields");
    const auto fields = parse_fields(asked.empty() ? "id,account_id" : asked);
    if (!fields) return graph_fail(2500, 0, "Syntax error in fields");
    return select(node, *fields, kKnown, "AdAccount");
}

}  // namespace narvaro::sandbox
