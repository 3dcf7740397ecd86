#include "truth.h"

#include <cmath>
#include <functional>

#include <nlohmann/json.hpp>

#include "ads_world.h"
#include "levels.h"
#include "local_time.h"
#include "records.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

using Json = nlohmann::json;
using Wanted = std::function<bool(const Publication&)>;

constexpr int kPlanYear = 2021;

Json number(double value) {
    if (value == std::floor(value)) return static_cast<long>(value);
    return value;
}

/// Own posts of Page and account: neither stories nor what others published.
bool is_social(const Publication& p) {
    return p.form == Form::own && p.channel != Channel::website;
}

/// Publications at or before `as_of`, in that month as the script says; month 0: the whole year.
int count(sys_seconds as_of, int year, int month, const Wanted& wanted) {
    int n = 0;
    for (const Publication& p : world().publications) {
        if (p.at > as_of || p.year != year) continue;
        if (month != 0 && p.month != month) continue;
        if (wanted(p)) ++n;
    }
    return n;
}

int count_entries(sys_seconds as_of, int month, const std::string& name) {
    int n = 0;
    for (const Entry& e : entries()) {
        if (moment_of(e) > as_of || name != e.name) continue;
        if (month == 0 || e.month == month) ++n;
    }
    return n;
}

/// At least so many in every month. @param in_month  the count of one month up to `as_of`
Json rate(sys_seconds as_of, int at_least, const Json& baseline,
          const std::function<int(int)>& in_month) {
    Json periods = Json::array();
    int met = 0;
    int judged = 0;
    Json value;
    for (int month = 1; month <= 12; ++month) {
        if (from_stockholm({kPlanYear, month, 1}) > as_of) break;
        const sys_seconds end = month == 12 ? from_stockholm({kPlanYear + 1, 1, 1})
                                            : from_stockholm({kPlanYear, month + 1, 1});
        const int n = in_month(month);
        const bool is_met = n >= at_least;
        const bool closed = as_of >= end - seconds{1};
        met += is_met ? 1 : 0;
        judged += is_met || closed ? 1 : 0;
        value = n;
        periods.push_back({{"month", month}, {"value", n}, {"met", is_met}});
    }
    const Json progress = judged == 0 ? Json{} : Json(static_cast<double>(met) / judged);
    return {{"value", value},       {"goal", at_least}, {"baseline", baseline},
            {"progress", progress}, {"of", nullptr},    {"periods", periods}};
}

Json growth(const Json& value, double baseline, double goal) {
    Json progress;
    if (!value.is_null()) progress = (value.get<double>() - baseline) / (goal - baseline);
    return {{"value", value},
            {"goal", number(goal)},
            {"baseline", number(baseline)},
            {"progress", progress},
            {"of", nullptr}};
}

/// The value of the last entry under the name.
Json last_entry(sys_seconds as_of, const std::string& name) {
    Json value;
    for (const Entry& e : entries()) {
        if (name == e.name && moment_of(e) <= as_of && e.value) value = number(*e.value);
    }
    return value;
}

Json milestone(sys_seconds as_of, const std::string& name, int goal) {
    const int n = count_entries(as_of, 0, name);
    return {{"value", n},
            {"goal", goal},
            {"baseline", nullptr},
            {"progress", static_cast<double>(n) / goal},
            {"of", nullptr}};
}

/// The same clock time one year earlier; the end of 2020 once 2021 is over.
sys_seconds a_year_before(sys_seconds as_of) {
    Local l = stockholm(as_of);
    if (l.year > kPlanYear) return from_stockholm({kPlanYear, 1, 1}) - seconds{1};
    --l.year;
    return from_stockholm(l);
}

Json climate_posts(sys_seconds as_of) {
    const auto wanted = [](const Publication& p) {
        return is_social(p) && p.labels.climate && p.labels.youth;
    };
    const int value = count(as_of, kPlanYear, 0, wanted);
    const int baseline = count(kEndOfTime, kPlanYear - 1, 0, wanted);
    const int then = count(a_year_before(as_of), kPlanYear - 1, 0, wanted);
    const int goal = (baseline * 125 + 99) / 100;  // × 1.25, rounded up
    return {{"value", value},
            {"goal", goal},
            {"baseline", baseline},
            {"progress", static_cast<double>(value) / goal},
            {"of", count(as_of, kPlanYear, 0, is_social)},
            {"same_span_last_year", then}};
}

Json news_hooks(sys_seconds as_of) {
    const int hooks = count(as_of, kPlanYear, 0, [](const Publication& p) {
        return is_social(p) && p.labels.news_hook;
    });
    const int of = count(as_of, kPlanYear, 0, is_social);
    Json value;
    Json progress;
    if (of > 0) {
        value = static_cast<double>(hooks) / of;
        progress = static_cast<double>(hooks) / of / 0.10;
    }
    return {{"value", value},       {"goal", 0.10}, {"baseline", nullptr},
            {"progress", progress}, {"of", of},     {"hooks", hooks}};
}

Json local_audiences(sys_seconds as_of) {
    const sys_seconds from = from_stockholm({kPlanYear, 1, 1});
    bool local = false;
    bool regional = false;
    for (const Campaign& c : campaigns()) {
        const bool live = c.from <= as_of && c.to > from;
        local = local || (live && c.local);
        regional = regional || (live && c.regional);
    }
    const int covered = (local ? 1 : 0) + (regional ? 1 : 0);
    return {{"value", covered},
            {"goal", 2},
            {"baseline", nullptr},
            {"progress", covered / 2.0},
            {"of", nullptr}};
}

Json labels_of(const Labels& l) {
    return {{"climate", l.climate},
            {"youth", l.youth},
            {"ung_vanster", l.ung_vanster},
            {"news_hook", l.news_hook}};
}

const char* name_of(Form form) {
    switch (form) {
        case Form::own:
            return "post";
        case Form::story:
            return "story";
        case Form::collaboration:
            return "collaboration";
        case Form::tag:
            return "tag";
        case Form::watched:
            return "watched";
    }
    return "";
}

Json posts(sys_seconds as_of) {
    Json out = Json::array();
    for (const Publication& p : world().publications) {
        if (p.at > as_of) break;
        const bool web = p.channel == Channel::website;
        const char* source = web ? "web" : p.channel == Channel::facebook ? "fb" : "ig";
        char month[16];
        std::snprintf(month, sizeof month, "%04d-%02d", p.year, p.month);
        out.push_back({{"source", source},
                       {"id", web ? "/site/?p=" + p.id : p.id},
                       {"kind", web ? "article" : name_of(p.form)},
                       {"month", month},
                       {"published", format_utc(p.at)},
                       {"labels", labels_of(p.labels)},
                       {"hook", p.hook.empty() ? Json{} : Json(p.hook)}});
    }
    return out;
}

Json levels(sys_seconds as_of) {
    const sys_seconds start = from_stockholm({kPlanYear, 1, 1});
    const double local = local_sum(facebook_cities(start));
    const double followers = instagram_followers(start);
    const double following = instagram_following(start);
    return {{"fb-local-followers", growth(local_sum(facebook_cities(as_of)), local, local * 2)},
            {"fb-followers", growth(facebook_followers(as_of), 400, 480)},
            {"ig-followers", growth(instagram_followers(as_of), followers, followers * 2)},
            {"ig-following", growth(instagram_following(as_of), following, following * 4)},
            {"members", growth(last_entry(as_of, "members"), 50, 60)},
            {"active-members", growth(last_entry(as_of, "active-members"), 10, 15)},
            {"election-fund", growth(last_entry(as_of, "election-fund"), 0, 25000)}};
}

int web_posts(sys_seconds as_of, int month) {
    return count(as_of, kPlanYear, month,
                 [](const Publication& p) { return p.channel == Channel::website; });
}

/// On Instagram, whatever form it takes, except what merely stands in a watched account.
int uv_shares(sys_seconds as_of, int month) {
    const int seen = count(as_of, kPlanYear, month, [](const Publication& p) {
        return p.channel == Channel::instagram && p.form != Form::watched && p.labels.ung_vanster;
    });
    return seen + count_entries(as_of, month, "uv-share");
}

}  // namespace

Json truth(sys_seconds as_of) {
    Json targets = levels(as_of);
    targets["web-posts"] = rate(as_of, 2, 1, [&](int m) { return web_posts(as_of, m); });
    targets["uv-shares"] = rate(as_of, 1, nullptr, [&](int m) { return uv_shares(as_of, m); });
    targets["newsletter"] =
        rate(as_of, 1, nullptr, [&](int m) { return count_entries(as_of, m, "v-aktuellt"); });
    targets["local-audiences"] = local_audiences(as_of);
    targets["climate-posts"] = climate_posts(as_of);
    targets["news-hooks"] = news_hooks(as_of);
    targets["member-meetings"] = milestone(as_of, "member-meeting", 2);
    targets["study-circles"] = milestone(as_of, "study-circle", 1);
    targets["info-sheet"] = milestone(as_of, "info-sheet", 2);
    targets["national-structure"] = milestone(as_of, "national-structure", 1);
    targets["digital-activism"] = milestone(as_of, "digital-activism", 1);
    return {{"as_of", format_utc(as_of)}, {"targets", targets}, {"posts", posts(as_of)}};
}

}  // namespace narvaro::sandbox
