// Insights of the Instagram account: totals, series, and who follows from where.
#include "graph_call.h"
#include "levels.h"
#include "local_time.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr int kThreshold = 100;
constexpr seconds kLongest{30 * 86400};

const std::set<std::string> kTotals{"reach",
                                    "views",
                                    "accounts_engaged",
                                    "total_interactions",
                                    "likes",
                                    "comments",
                                    "shares",
                                    "saves",
                                    "replies",
                                    "reposts",
                                    "profile_links_taps",
                                    "profile_views",
                                    "follows_and_unfollows",
                                    "follower_count"};
const std::set<std::string> kDemographics{"follower_demographics", "engaged_audience_demographics"};

std::string id_of(const std::string& metric, const std::string& period) {
    return std::string{kInstagram} + "/insights/" + metric + "/" + period;
}

Json results_of(const std::string& breakdown, sys_seconds now) {
    Json results = Json::array();
    const auto add = [&](const std::string& key, int value) {
        results.push_back({{"dimension_values", Json::array({key})}, {"value", value}});
    };
    if (breakdown == "city") {
        for (const CityLevel& c : instagram_cities(now)) add(c.key, c.followers);
    } else if (breakdown == "country") {
        add("SE", instagram_followers(now) - 13);
        add("NO", 6);
    } else if (breakdown == "gender") {
        add("F", instagram_followers(now) / 2);
        add("M", instagram_followers(now) / 3);
    } else {
        add("25-34", instagram_followers(now) / 3);
        add("35-44", instagram_followers(now) / 4);
    }
    return results;
}

GraphResult demographics(const Call& call, const std::string& metric) {
    const std::string breakdown = call.parameter("breakdown");
    const std::string timeframe = call.parameter("timeframe");
    static const std::set<std::string> kBreakdowns{"city", "country", "age", "gender"};
    if (call.parameter("metric_type") != "total_value") {
        return graph_fail(100, 0,
                          "(#100) The following metrics (" + metric +
                              ") should be specified with parameter metric_type=total_value");
    }
    if (call.parameter("period") != "lifetime") {
        return graph_fail(
            100, 0,
            "(#100) Incompatible period (" + call.parameter("period") + ") with metric " + metric);
    }
    if (!timeframe.empty() && timeframe != "this_month" && timeframe != "this_week") {
        return graph_fail(100, 0, "(#100) timeframe must be this_week or this_month");
    }
    if (!kBreakdowns.contains(breakdown)) {
        return graph_fail(1, 99, "An unknown error has occurred.", 500);
    }
    const bool small = call.struck("small_account") || instagram_followers(call.now) < kThreshold;
    if (small || call.struck("empty_insights")) return Json::array();
    const Json broken_down = {{"dimension_keys", Json::array({breakdown})},
                              {"results", results_of(breakdown, call.now)}};
    const Json one = {{"name", metric},
                      {"period", "lifetime"},
                      {"title", "Follower demographics"},
                      {"description", "The demographic characteristics of followers"},
                      {"total_value", {{"breakdowns", Json::array({broken_down})}}},
                      {"id", id_of(metric, "lifetime")}};
    return Json::array({one});
}

Json simple(const Call& call, const std::string& metric) {
    const int value =
        metric == "reach" || metric == "views" ? instagram_followers(call.now) / 2 : 3;
    Json one = {{"name", metric},
                {"period", "day"},
                {"title", metric},
                {"description", metric},
                {"id", id_of(metric, "day")}};
    if (call.parameter("metric_type") == "total_value") {
        one["total_value"] = {{"value", value}};
    } else {
        const Json point = {{"value", value}, {"end_time", meta_time(call.now)}};
        one["values"] = Json::array({point});
    }
    return one;
}

}  // namespace

GraphResult instagram_insights(const Call& call) {
    if (call.lacks("instagram_manage_insights")) return no_permission("instagram_manage_insights");
    const std::vector<std::string> names = split(call.parameter("metric"), ',');
    if (names.empty()) return graph_fail(100, 0, "(#100) The parameter metric is required");
    for (const std::string& name : names) {
        const bool known = kTotals.contains(name) || kDemographics.contains(name);
        if (known && !call.struck("retired", name)) continue;
        return graph_fail(100, 0,
                          "(#100) metric[0] must be one of the following values: reach, "
                          "follower_count, follower_demographics, views");
    }
    const auto since = time_parameter(call, "since");
    const auto until = time_parameter(call, "until");
    if (since && until && *until - *since > kLongest) {
        return graph_fail(100, 0,
                          "(#100) There cannot be more than 30 days (2592000 s) between "
                          "since and until");
    }
    Json data = Json::array();
    for (const std::string& name : names) {
        if (!kDemographics.contains(name)) {
            data.push_back(simple(call, name));
            continue;
        }
        auto rows = demographics(call, name);
        if (!rows) return rows;
        for (Json& row : *rows) data.push_back(std::move(row));
    }
    return Json{{"data", data}};
}

}  // namespace narvaro::sandbox
