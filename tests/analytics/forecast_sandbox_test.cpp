// The forecasts over the sandbox's scripted years: at the end of each month of 2020 and 2021 the
// plan of 2021 (and the same plan a year earlier) is forecast, and compared with how the year ended
// by the script. One made-up association only, so a coarse figure; to print it:
//   build/dev/bin/target_tests --gtest_filter='ForecastsOverTheSandbox*'
#include <iostream>
#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analytics/targets.h"
#include "fake_facts.h"
#include "tests/sandbox/levels.h"
#include "tests/sandbox/records.h"
#include "tests/sandbox/truth.h"

namespace narvaro {
namespace {

const Zone& zone() {
    static const Zone stockholm = Zone::find("Europe/Stockholm").value();
    return stockholm;
}

std::set<std::string> labels_of(const nlohmann::json& post) {
    std::set<std::string> labels;
    for (const auto& [name, carried] : post.at("labels").items()) {
        if (carried.get<bool>()) labels.insert(name);
    }
    return labels;
}

/// What a reader who missed nothing would hold of the sandbox at the end of 2021.
FakeFacts& everything() {
    static FakeFacts facts;
    if (!facts.posts.empty()) return facts;
    facts.read_sources = {"fb", "ig", "web"};
    const auto end = zone().start_of(parse_date("2022-01-01").value()) - seconds{1};
    const nlohmann::json truth = sandbox::truth(end);
    for (const auto& post : truth.at("posts")) {
        const std::string kind = post.at("kind");
        if (kind != "post" && kind != "article") continue;
        facts.posts.push_back({post.at("source"),
                               parse_as_of(post.at("published").get<std::string>(), zone()).value(),
                               labels_of(post)});
    }
    const auto first = zone().start_of(parse_date("2020-01-01").value());
    for (auto at = first + std::chrono::hours{20}; at <= end; at += std::chrono::hours{24}) {
        const auto add = [&](const char* series, double value) {
            facts.series[series].push_back({series, "", at, value});
        };
        add("fb/followers", sandbox::facebook_followers(at));
        add("fb/followers_local", sandbox::local_sum(sandbox::facebook_cities(at)));
        add("ig/followers", sandbox::instagram_followers(at));
        add("ig/following", sandbox::instagram_following(at));
    }
    for (const sandbox::Entry& e : sandbox::entries()) {
        Record record;
        record.name = e.name;
        record.at = sandbox::moment_of(e);
        record.value = e.value;
        facts.all_records.push_back(record);
        if (e.value) facts.series[e.name].push_back({e.name, "", record.at, *e.value});
    }
    return facts;
}

Target growth(const char* source, const char* metric, const char* record) {
    Target target;
    target.kind = TargetKind::growth;
    target.series = SeriesRef{source, metric, "", record};
    target.goal.at_least = 1'000'000;
    target.baseline = Baseline{100.0, {}, false, "made up"};
    return target;
}

Target posts(TargetKind kind, const std::vector<std::string>& sources,
             std::vector<std::string> labels) {
    Target target;
    target.kind = kind;
    target.posts = PostFilter{sources, std::move(labels), false};
    if (kind == TargetKind::share) target.of = PostFilter{sources, {}, false};
    if (kind == TargetKind::volume) target.baseline = Baseline{{}, {}, true, ""};
    target.goal.at_least = kind == TargetKind::rate ? 2 : kind == TargetKind::share ? 0.1 : 1000;
    return target;
}

Target milestone(const char* name, double goal) {
    Target target;
    target.kind = TargetKind::milestone;
    target.records = name;
    target.goal.at_least = goal;
    return target;
}

double outcome(const Target& target, const TargetResult& r) {
    if (target.kind != TargetKind::rate) return r.value.value_or(0);
    return static_cast<double>(
        std::count_if(r.periods.begin(), r.periods.end(), [](const auto& p) { return p.met; }));
}

struct Tally {
    int asked = 0;
    int inside = 0;
};

void forecast_each_month(const std::string& name, const Target& target, int year, Tally& tally) {
    Plan plan;
    plan.from = date::local_days{date::year{year} / 1 / 1};
    plan.to = date::local_days{date::year{year} / 12 / 31};
    FakeFacts& facts = everything();
    const auto as_of = [&](sys_seconds t) {
        facts.as_of = t;
        return evaluate(target, plan, zone(), {}, facts, t).value();
    };
    const double truth = outcome(target, as_of(zone().day(plan.to).to - seconds{1}));
    std::cout << "  " << name << ' ' << year << ": ";
    for (int month = 1; month < 12; ++month) {
        const auto then = as_of(zone().month(date::year{year} / month).to - seconds{1});
        if (!then.forecast) {
            std::cout << '-';
            continue;
        }
        constexpr double kRounding = 1e-9;
        const bool inside =
            then.forecast->low <= truth + kRounding && truth <= then.forecast->high + kRounding;
        ++tally.asked;
        tally.inside += inside ? 1 : 0;
        std::cout << (inside ? '+' : truth < then.forecast->low ? '>' : '<');
    }
    std::cout << '\n';
}

/// One scripted association is no sample: most must hold, and the figures are for the reader.
TEST(ForecastsOverTheSandbox, HoldMostOutcomesAtEachMonthsEnd) {
    const std::map<std::string, Target> targets{
        {"fb-followers", growth("fb", "followers", "")},
        {"fb-local-followers", growth("fb", "followers_local", "")},
        {"ig-followers", growth("ig", "followers", "")},
        {"ig-following", growth("ig", "following", "")},
        {"members", growth("", "", "members")},
        {"election-fund", growth("", "", "election-fund")},
        {"web-posts", posts(TargetKind::rate, {"web"}, {})},
        {"climate-posts", posts(TargetKind::volume, {"fb", "ig"}, {"climate", "youth"})},
        {"all-posts", posts(TargetKind::volume, {"fb", "ig"}, {})},
        {"news-hooks", posts(TargetKind::share, {"fb", "ig"}, {"news_hook"})},
        {"member-meetings", milestone("member-meeting", 2)},
        {"info-sheet", milestone("info-sheet", 2)},
    };
    Tally all;
    for (const auto& [name, target] : targets) {
        const bool of_2020 =
            name != "members" && name != "election-fund" && target.kind != TargetKind::milestone;
        if (of_2020) forecast_each_month(name, target, 2020, all);
        forecast_each_month(name, target, 2021, all);
    }
    std::cout << "the sandbox's years: " << all.inside << " of " << all.asked << " forecasts hold ("
              << 100 * all.inside / all.asked << " of 100)\n";
    EXPECT_GT(all.asked, 150);
    EXPECT_GE(all.inside, all.asked * 65 / 100);
}

}  // namespace
}  // namespace narvaro
