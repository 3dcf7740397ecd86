// How often the truth falls into the 80 % range of a forecast: made-up years of each kind are
// forecast as of a random day and compared with how they ended. The figures stand in
// docs/targets.md; to print them:
//   build/dev/bin/target_tests --gtest_filter='*Backtest*'
#include <cmath>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "analytics/targets.h"
#include "fake_facts.h"

namespace narvaro {
namespace {

constexpr int kYears = 600;

const Zone& zone() {
    static const Zone stockholm = Zone::find("Europe/Stockholm").value();
    return stockholm;
}

Plan plan_2021() {
    Plan plan;
    plan.from = parse_date("2021-01-01").value();
    plan.to = parse_date("2021-12-31").value();
    return plan;
}

/// One made-up association: its random numbers, its facts, and the day that it is asked on.
class Year {
  public:
    explicit Year(unsigned seed) : random_(seed) {
        facts.read_sources = {"fb"};
        const double passed = uniform(0.1, 0.95);
        as_of = from() + days(passed * 365);
    }

    double uniform(double low, double high) {
        return std::uniform_real_distribution<double>{low, high}(random_);
    }
    int poisson(double mean) {
        return mean <= 0 ? 0 : std::poisson_distribution<int>{mean}(random_);
    }
    double gamma(double shape) {
        return std::gamma_distribution<double>{shape, 1 / shape}(random_);
    }
    bool chance(double p) { return uniform(0, 1) < p; }
    static sys_seconds from() { return zone().start_of(plan_2021().from); }
    static seconds days(double n) { return seconds{static_cast<std::int64_t>(n * 24 * 3600)}; }
    void post(sys_seconds at, std::set<std::string> labels = {}) {
        facts.posts.push_back({"fb", at, std::move(labels)});
    }
    /// `count` posts at random instants of a month, 0 to 11, of the year `year`.
    void posts_of_month(int year, int month, int count, const std::set<std::string>& labels) {
        const Span span = zone().month(date::year{year} / static_cast<int>(month + 1));
        const double length = static_cast<double>((span.to - span.from).count());
        for (int i = 0; i < count; ++i) {
            post(span.from + seconds{static_cast<std::int64_t>(uniform(0, length))}, labels);
        }
    }

    FakeFacts facts;
    sys_seconds as_of;

  private:
    std::mt19937 random_;
};

/// Whether the truth at the year's end lies in the range that was forecast on the way; empty
/// without a forecast.
std::optional<bool> held(Year& year, const Target& target) {
    const Plan plan = plan_2021();
    year.facts.as_of = year.as_of;
    const auto then = evaluate(target, plan, zone(), {}, year.facts, year.as_of).value();
    const sys_seconds end = zone().day(plan.to).to - seconds{1};
    year.facts.as_of = end;
    const auto now = evaluate(target, plan, zone(), {}, year.facts, end).value();
    if (!then.forecast || !now.value) return {};
    const double truth =
        target.kind == TargetKind::rate
            ? static_cast<double>(std::count_if(now.periods.begin(), now.periods.end(),
                                                [](const auto& p) { return p.met; }))
            : *now.value;
    constexpr double kHair = 1e-9;
    return then.forecast->low <= truth + kHair && truth <= then.forecast->high + kHair;
}

template <class MakeUp>
void expect_calibrated(const char* name, const Target& target, MakeUp make_up) {
    int inside = 0;
    int asked = 0;
    for (int i = 0; i < kYears; ++i) {
        Year year{static_cast<unsigned>(20211231 + i)};
        make_up(year);
        const auto one = held(year, target);
        if (!one) continue;
        ++asked;
        if (*one) ++inside;
    }
    const double part = static_cast<double>(inside) / asked;
    std::cout << name << ": the truth fell into the range in " << std::round(part * 1000) / 10
              << " of 100 of " << asked << " made-up years\n";
    EXPECT_GT(asked, kYears / 2) << name;
    EXPECT_GE(part, 0.70) << name;
    EXPECT_LE(part, 0.90) << name;
}

Target growth() {
    Target target;
    target.kind = TargetKind::growth;
    target.series = SeriesRef{"fb", "followers", "", ""};
    target.goal.at_least = 1'000'000;
    target.baseline = Baseline{100.0, {}, false, "made up"};
    return target;
}

/// Followers come as a Poisson stream whose pace drifts, some leave, and now and then a hundred
/// come at once. @param every  days between two readings
void follow(Year& year, int every) {
    double pace = year.uniform(0.5, 8) / 7;
    double level = std::floor(year.uniform(100, 2000));
    const double restless = year.uniform(1, 6);
    for (int day = -240; day < 365; ++day) {
        if (day % 28 == 0) pace *= std::exp(year.uniform(-0.12, 0.12));
        const double bursts = year.gamma(1 / restless);
        level += year.poisson(pace * bursts) - year.poisson(pace * 0.15);
        if (year.chance(1.0 / 1500)) level += std::floor(year.uniform(20, 120));
        if (day % every != 0) continue;
        year.facts.series["fb/followers"].push_back(
            {"followers", "", Year::from() + Year::days(day + 0.25), level});
    }
}

TEST(Backtest, GrowthReadEveryDay) {
    expect_calibrated("growth, read every day", growth(), [](Year& y) { follow(y, 1); });
}

TEST(Backtest, GrowthThatIsToldOnceAMonth) {
    expect_calibrated("growth, told once a month", growth(), [](Year& y) { follow(y, 30); });
}

TEST(Backtest, RateOfEachMonth) {
    Target target;
    target.kind = TargetKind::rate;
    target.posts = PostFilter{{"fb"}, {}, false};
    target.goal.at_least = 2;
    expect_calibrated("rate", target, [](Year& year) {
        const double mean = year.uniform(1, 5);
        for (int month = 0; month < 12; ++month) {
            year.posts_of_month(2021, month, year.poisson(mean * year.gamma(6)), {});
        }
    });
}

TEST(Backtest, VolumeAgainstLastYear) {
    Target target;
    target.kind = TargetKind::volume;
    target.posts = PostFilter{{"fb"}, {"climate"}, false};
    target.goal.at_least = 1000;
    target.baseline = Baseline{{}, {}, true, ""};
    expect_calibrated("volume", target, [](Year& year) {
        const double mean = year.uniform(0.5, 8);
        const double change = year.uniform(0.6, 1.6);
        for (int month = 0; month < 12; ++month) {
            const double season = year.uniform(0.5, 1.5);
            year.posts_of_month(2020, month, year.poisson(mean * season * year.gamma(8)),
                                {"climate"});
            year.posts_of_month(2021, month, year.poisson(mean * season * change * year.gamma(8)),
                                {"climate"});
        }
    });
}

TEST(Backtest, ShareOfAllPosts) {
    Target target;
    target.kind = TargetKind::share;
    target.posts = PostFilter{{"fb"}, {"news_hook"}, false};
    target.of = PostFilter{{"fb"}, {}, false};
    target.goal.at_least = 0.1;
    expect_calibrated("share", target, [](Year& year) {
        double part = year.uniform(0.03, 0.3);
        const double mean = year.uniform(4, 30);
        for (int month = 0; month < 12; ++month) {
            part = std::min(part * std::exp(year.uniform(-0.15, 0.15)), 0.9);
            const int count = year.poisson(mean);
            for (int i = 0; i < count; ++i) {
                const bool hooks = year.chance(part);
                year.posts_of_month(
                    2021, month, 1,
                    hooks ? std::set<std::string>{"news_hook"} : std::set<std::string>{});
            }
        }
    });
}

TEST(Backtest, MilestoneByTheYearsEnd) {
    Target target;
    target.kind = TargetKind::milestone;
    target.records = "meeting";
    target.goal.at_least = 4;
    expect_calibrated("milestone", target, [](Year& year) {
        const double mean = year.uniform(2, 6);
        const int count = year.poisson(mean);
        for (int i = 0; i < count; ++i) {
            Record record;
            record.name = "meeting";
            record.at = Year::from() + Year::days(year.uniform(0, 364));
            year.facts.all_records.push_back(record);
        }
    });
}

}  // namespace
}  // namespace narvaro
