// The fast reckoning of targets against the slow one, over a thousand made-up worlds, as of random
// instants.
#include <gtest/gtest.h>

#include "analytics/targets.h"
#include "fake_facts.h"
#include "slow_reference.h"

namespace narvaro {
namespace {

void fill(FakeFacts& facts, const reference::World& world, sys_seconds as_of) {
    facts.as_of = as_of;
    facts.read_sources = {"fb", "ig", "ads"};
    for (const reference::Post& p : world.posts) {
        std::set<std::string> labels;
        for (const auto& [label, since] : p.labels) labels.insert(label);
        facts.posts.push_back({p.source, p.at, std::move(labels)});
    }
    for (const reference::Reading& r : world.followers) {
        facts.series["fb/followers"].push_back({"followers", "", r.at, r.value});
    }
    for (std::size_t i = 0; i < world.meetings.size(); ++i) {
        if (!reference::counts(world, i, {as_of, false})) continue;
        Record record;
        record.name = "meeting";
        record.at = world.meetings[i].at;
        facts.all_records.push_back(record);
    }
    for (const reference::Reach& r : world.audiences) {
        Audience audience;
        audience.live_from = r.from;
        audience.live_to = r.to;
        audience.places = {{r.place, "", "SE"}};
        facts.all_audiences.push_back(audience);
    }
}

TEST(RandomWorlds, AreReckonedAsPlainLoopsDo) {
    std::mt19937 random{20211231};
    const Plan plan = reference::plan_of_all_kinds();
    const Places places{{{"local", {"Vallentuna"}}, {"regional", {"Täby"}}}};
    for (int round = 0; round < 1000; ++round) {
        const reference::World world = reference::random_world(random);
        const sys_seconds as_of = reference::random_instant(random);
        FakeFacts facts;
        fill(facts, world, as_of);
        const auto results = evaluate_all(plan, places, facts, as_of);
        ASSERT_TRUE(results);
        const auto expected = reference::answers(world, {as_of, false});
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const TargetResult& r = (*results)[i];
            const std::string where =
                std::to_string(round) + " " + r.id + " as of " + format_utc(as_of);
            ASSERT_EQ(r.value, expected[i].value) << where;
            ASSERT_EQ(r.goal, expected[i].goal) << where;
            ASSERT_EQ(r.baseline, expected[i].baseline) << where;
            ASSERT_EQ(r.progress, expected[i].progress) << where;
            ASSERT_EQ(r.of, expected[i].of) << where;
            ASSERT_EQ(r.periods.size(), expected[i].periods.size()) << where;
            for (std::size_t m = 0; m < r.periods.size(); ++m) {
                ASSERT_EQ(r.periods[m].count, expected[i].periods[m])
                    << where << " month " << m + 1;
            }
        }
    }
}

}  // namespace
}  // namespace narvaro
