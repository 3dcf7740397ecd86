// The counting of targets against a slow reference: plain loops over made-up years, as of random
// instants.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "analytics/targets.h"
#include "fake_facts.h"

namespace narvaro {
namespace {

const Zone& zone() {
    static const Zone stockholm = Zone::find("Europe/Stockholm").value();
    return stockholm;
}

/// Posts of 2020 and 2021, more of them near the edges of months than chance would put there.
std::vector<FakePost> random_posts(std::mt19937& random) {
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    std::vector<FakePost> posts;
    const int count = pick(200);
    for (int i = 0; i < count; ++i) {
        const auto month = date::year{2020 + pick(2)} / (1 + pick(12));
        sys_seconds at = zone().month(month).from + seconds{pick(3) - 1};
        if (pick(3) > 0) at += seconds{pick(31 * 86400)};
        FakePost post{pick(2) == 0 ? "fb" : "ig", at, {}};
        if (pick(3) == 0) post.labels.insert("climate");
        if (pick(2) == 0) post.labels.insert("youth");
        posts.push_back(std::move(post));
    }
    return posts;
}

bool in_year(const FakePost& p, int year, sys_seconds as_of) {
    const date::year_month_day day{zone().day_of(p.at)};
    return p.at <= as_of && static_cast<int>(day.year()) == year;
}

TEST(RandomYears, CountAsPlainLoopsDo) {
    std::mt19937 random{20211231};
    Plan plan;
    plan.from = parse_date("2021-01-01").value();
    plan.to = parse_date("2021-12-31").value();
    const PostFilter climate{{"fb", "ig"}, {"climate", "youth"}, false};
    Target rate;
    rate.kind = TargetKind::rate;
    rate.posts = climate;
    rate.goal.at_least = 2;
    Target share;
    share.kind = TargetKind::share;
    share.posts = climate;
    share.of = PostFilter{{"fb", "ig"}, {}, false};
    share.goal.at_least = 0.1;
    Target volume;
    volume.kind = TargetKind::volume;
    volume.posts = climate;
    volume.goal.factor = 1.25;
    volume.baseline = Baseline{{}, {}, true, ""};

    for (int round = 0; round < 400; ++round) {
        FakeFacts facts;
        facts.posts = random_posts(random);
        facts.read_sources = {"fb", "ig"};
        const sys_seconds as_of = zone().start_of(plan.from) +
                                  seconds{static_cast<std::int64_t>(random() % (366U * 86400))};
        facts.as_of = as_of;

        std::map<int, std::int64_t> months;
        std::int64_t matched = 0;
        std::int64_t all = 0;
        std::int64_t last_year = 0;
        for (const FakePost& p : facts.posts) {
            const bool fits = p.labels.contains("climate") && p.labels.contains("youth");
            if (in_year(p, 2020, kEndOfTime) && fits) ++last_year;
            if (!in_year(p, 2021, as_of)) continue;
            ++all;
            if (!fits) continue;
            ++matched;
            ++months[static_cast<int>(
                static_cast<unsigned>(date::year_month_day{zone().day_of(p.at)}.month()))];
        }
        const auto r = evaluate(rate, plan, zone(), {}, facts, as_of).value();
        for (std::size_t m = 0; m < r.periods.size(); ++m) {
            ASSERT_EQ(r.periods[m].count, months[static_cast<int>(m) + 1])
                << round << " month " << m + 1;
        }
        const auto s = evaluate(share, plan, zone(), {}, facts, as_of).value();
        ASSERT_EQ(s.of, all);
        if (all > 0) ASSERT_EQ(s.matched, matched);
        const auto v = evaluate(volume, plan, zone(), {}, facts, as_of).value();
        ASSERT_EQ(v.value, static_cast<double>(matched));
        ASSERT_EQ(v.baseline, static_cast<double>(last_year));
        if (last_year > 0) {
            ASSERT_EQ(v.goal, std::ceil(static_cast<double>(last_year) * 1.25));
        }
    }
}

}  // namespace
}  // namespace narvaro
