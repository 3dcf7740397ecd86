// Page insights: a value a day, ended by midnight of Pacific time.
#include "graph_call.h"
#include "levels.h"
#include "local_time.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr seconds kDay{86400};
constexpr seconds kLongest{90 * 86400};
constexpr int kThreshold = 100;

enum class Kind { level, city_map, country_map, flow };

struct Metric {
    const char* name;
    Kind kind;
    int share;  ///< flow: a hundredth of the followers times this
};

/// Retired names are simply not here: asking for one is an error, in every version.
constexpr Metric kMetrics[] = {
    {"page_follows", Kind::level, 0},
    {"page_follows_city", Kind::city_map, 0},
    {"page_follows_country", Kind::country_map, 0},
    {"page_daily_follows", Kind::flow, 0},
    {"page_daily_follows_unique", Kind::flow, 0},
    {"page_daily_unfollows_unique", Kind::flow, 0},
    {"page_media_view", Kind::flow, 140},
    {"page_total_media_view_unique", Kind::flow, 45},
    {"page_post_engagements", Kind::flow, 9},
    {"page_views_total", Kind::flow, 4},
    {"page_total_actions", Kind::flow, 1},
    {"page_video_views", Kind::flow, 6},
    {"page_messages_new_conversations_unique", Kind::flow, 0},
};

const Metric* metric_named(const std::string& name) {
    for (const Metric& m : kMetrics) {
        if (name == m.name) return &m;
    }
    return nullptr;
}

/// The Pacific midnights in (from, to]; by the clocks there, so 23 and 25 hours apart twice a year.
std::vector<sys_seconds> midnights(sys_seconds from, sys_seconds to) {
    std::vector<sys_seconds> out;
    const long first = from.time_since_epoch().count() / kDay.count();
    const long last = to.time_since_epoch().count() / kDay.count();
    for (long day = first - 1; day <= last + 1; ++day) {
        const sys_seconds guess{seconds{day * kDay.count() + 8 * 3600}};
        const sys_seconds midnight{
            seconds{day * kDay.count() - pacific_offset(guess - seconds{3600})}};
        if (midnight > from && midnight <= to) out.push_back(midnight);
    }
    return out;
}

Json city_map(sys_seconds t) {
    Json out = Json::object();
    for (const CityLevel& c : facebook_cities(t)) out[c.key] = c.followers;
    return out;
}

Json value_at(const Metric& metric, sys_seconds end) {
    const int followers = facebook_followers(end);
    switch (metric.kind) {
        case Kind::level:
            return followers;
        case Kind::city_map:
            return city_map(end);
        case Kind::country_map:
            return {{"SE", followers - 31}, {"NO", 6}, {"FI", 5}};
        case Kind::flow:
            break;
    }
    const int change = followers - facebook_followers(end - kDay);
    const std::string name = metric.name;
    if (name.starts_with("page_daily_unfollows")) return std::max(0, -change);
    if (name.starts_with("page_daily_follows")) return std::max(0, change);
    return followers * metric.share / 100;
}

std::string link(const Call& call, sys_seconds since, sys_seconds until) {
    return call.state.base() + call.request.path + "?access_token=" + kToken +
           "&metric=" + url_encode(call.parameter("metric")) +
           "&period=" + url_encode(call.parameter("period")) +
           "&since=" + std::to_string(since.time_since_epoch().count()) +
           "&until=" + std::to_string(until.time_since_epoch().count());
}

/// Whether the metric answers in that period; a wrong one is answered with an empty list.
bool answers_in(const Metric& metric, const std::string& period) {
    if (period == "day") return true;
    if (period == "week") return metric.kind != Kind::level;
    return period == "days_28" && metric.kind == Kind::flow;
}

std::optional<GraphError> trouble(const std::vector<std::string>& names,
                                  const std::string& period) {
    static const std::set<std::string> kPeriods{"day",   "week",     "days_28",
                                                "month", "lifetime", "total_over_range"};
    if (names.empty()) {
        return graph_fail(3001, 1504028,
                          "(#3001) No metric was specified to be fetched. Please specify one or "
                          "more metrics to be fetched and try again.")
            .value();
    }
    for (const std::string& name : names) {
        if (metric_named(name) != nullptr) continue;
        return graph_fail(100, 0, "(#100) The value must be a valid insights metric").value();
    }
    if (!period.empty() && !kPeriods.contains(period)) {
        return graph_fail(100, 0,
                          "(#100) period must be one of the following values: day, week, "
                          "days_28, month, lifetime, total_over_range")
            .value();
    }
    return std::nullopt;
}

Json series(const Metric& metric, const std::string& period, const std::vector<sys_seconds>& ends) {
    Json values = Json::array();
    for (const sys_seconds end : ends) {
        values.push_back({{"value", value_at(metric, end)}, {"end_time", meta_time(end)}});
    }
    return {{"name", metric.name},
            {"period", period},
            {"values", values},
            {"title", metric.name},
            {"description", metric.name},
            {"id", std::string{kPage} + "/insights/" + metric.name + "/" + period}};
}

}  // namespace

GraphResult page_insights(const Call& call) {
    std::string names_text = call.parameter("metric");
    if (call.parts.size() > 2) names_text = call.parts[2];
    std::string period = call.parameter("period");
    if (call.parts.size() > 3) period = call.parts[3];
    const std::vector<std::string> names = split(names_text, ',');
    if (auto error = trouble(names, period)) return tl::unexpected{*error};
    for (const std::string& name : names) {
        if (call.struck("retired", name)) {
            return graph_fail(100, 0, "(#100) The value must be a valid insights metric");
        }
    }
    const auto since = time_parameter(call, "since");
    const auto until = time_parameter(call, "until");
    const sys_seconds to = until.value_or(call.now);
    const sys_seconds from = since.value_or(to - 2 * kDay);
    if (to - from > kLongest) {
        return graph_fail(100, 0,
                          "(#100) There cannot be more than 90 days (7776000 s) between "
                          "since and until");
    }
    Json out = {{"data", Json::array()},
                {"paging", {{"previous", link(call, from - (to - from), from)}}}};
    // The future has one page, and that is empty.
    if (from < call.now) out["paging"]["next"] = link(call, to, to + (to - from));
    if (call.struck("small_account") || facebook_followers(call.now) < kThreshold) {
        return graph_fail(2874008, 0,
                          "(#2874008) This Page needs at least 100 followers to see "
                          "insights");
    }
    if (call.lacks("read_insights") || call.struck("empty_insights")) return out;
    const std::vector<sys_seconds> ends = midnights(from, std::min(to, call.now));
    for (const std::string& name : names) {
        const Metric& metric = *metric_named(name);
        const std::string asked = period.empty() ? "day" : period;
        if (!answers_in(metric, asked) || ends.empty()) continue;
        out["data"].push_back(series(metric, asked, ends));
    }
    return out;
}

}  // namespace narvaro::sandbox
