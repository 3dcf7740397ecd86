#include "store_fixture.h"

namespace narvaro {
namespace {

/// Two posts that "climate 1" judged a no, and what "climate 2" says of them.
class Staged : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        apply("fb",
              posts({post_of("1", "2021-03-01T10:00:00Z"), post_of("2", "2021-03-02T10:00:00Z")}),
              "2021-03-03T12:00:00Z");
        judge("fb/1", kClimate, false, "2021-03-03T13:00:00Z");
        judge("fb/2", kClimate, false, "2021-03-03T13:00:00Z");
    }

    static PostVerdict said(const std::string& id, bool value) {
        PostVerdict put{id, 1, {}};
        put.verdict.label = kClimate;
        put.verdict.value = value;
        put.verdict.score = value ? 1 : 0;
        put.verdict.rules_version = "climate 2";
        return put;
    }

    void stage(std::vector<PostVerdict> verdicts) {
        const auto staged = store().stage_verdicts(verdicts);
        ASSERT_TRUE(staged) << staged.error().what;
    }

    std::int64_t swap() {
        const auto swapped = store().swap_staged(rules, utc("2021-04-01T12:00:00Z"));
        EXPECT_TRUE(swapped) << swapped.error().what;
        return swapped.value_or(-1);
    }

    bool holds(const std::string& id, AsOf as_of = kNow) {
        return stored(id, as_of).labels.at(kClimate);
    }

    std::vector<LabelVersion> rules{{kClimate, "climate 2"}};
};

TEST_F(Staged, SaysNothingUntilItIsSwappedIn) {
    stage({said("fb/1", true), said("fb/2", false)});
    EXPECT_FALSE(holds("fb/1"));
    reopen();  // whoever is killed here has lost nothing and changed nothing
    EXPECT_FALSE(holds("fb/1"));
    EXPECT_EQ(store().posts_to_judge(rules, 0, 10)->size(), 2U);
    ASSERT_TRUE(store().clear_staged());
    EXPECT_EQ(swap(), 0);
    EXPECT_FALSE(holds("fb/1"));
}

TEST_F(Staged, ChangesAllAtOnceAndKeepsTheFormerOnesAsThen) {
    stage({said("fb/1", true), said("fb/2", false)});
    EXPECT_EQ(swap(), 2);
    EXPECT_TRUE(holds("fb/1"));
    EXPECT_FALSE(holds("fb/2"));
    EXPECT_FALSE(holds("fb/1", as_known_at(utc("2021-03-31T00:00:00Z"))));
    EXPECT_TRUE(store().posts_to_judge(rules, 0, 10)->empty());
    EXPECT_EQ(row_counts(file())["verdict_staged"], 0);
    EXPECT_EQ(store().verdicts("fb/1", kNow)->front().verdict.rules_version, "climate 2");
}

TEST_F(Staged, APersonsWordStands) {
    decide("fb/1", kClimate, false, "2021-03-10T12:00:00Z");
    decide("fb/2", kClimate, true, "2021-03-10T12:00:00Z");
    decide("fb/2", kClimate, std::nullopt, "2021-03-11T12:00:00Z");
    stage({said("fb/1", true), said("fb/2", true)});
    swap();
    EXPECT_FALSE(holds("fb/1"));
    EXPECT_TRUE(holds("fb/2"));  // handed back to the rules
}

TEST_F(Staged, APostThatChangedMeanwhileKeepsItsFormerVerdict) {
    stage({said("fb/1", true), said("fb/2", true)});
    apply("fb",
          posts({post_of("1", "2021-03-01T10:00:00Z", "other words"),
                 post_of("2", "2021-03-02T10:00:00Z")}),
          "2021-03-20T12:00:00Z");
    EXPECT_EQ(swap(), 1);
    EXPECT_FALSE(holds("fb/1"));
    EXPECT_TRUE(holds("fb/2"));
    ASSERT_EQ(store().posts_to_judge(rules, 0, 10)->size(), 1U);
    ASSERT_EQ(store().posts_never_judged(0, 10)->size(), 1U);
}

TEST_F(Staged, TheSameAgainAddsNothing) {
    stage({said("fb/1", true), said("fb/2", false)});
    swap();
    stage({said("fb/1", true), said("fb/2", false)});
    EXPECT_EQ(swap(), 0);
    EXPECT_EQ(row_counts(file())["verdict"], 4);
}

TEST_F(Staged, ARehearsalCountsByItAndStoresNothing) {
    const std::string before = dump(file());
    decide("fb/2", kClimate, false, "2021-03-10T12:00:00Z");
    const std::string decided = dump(file());
    EXPECT_NE(before, decided);
    PostFilter filter;
    filter.labels = {kClimate};
    const Span march{utc("2021-03-01T00:00:00Z"), utc("2021-04-01T00:00:00Z")};
    const auto count = [&] {
        return store().count_posts(filter, std::span{&march, 1}, kNow)->front();
    };
    EXPECT_EQ(count(), 0);
    std::vector<RehearsedLabel> say{{stored("fb/1").key, kClimate, true},
                                    {stored("fb/2").key, kClimate, true}};
    std::int64_t rehearsed = -1;
    const auto asked = store().rehearse(say, [&]() -> Result<void> {
        rehearsed = count();
        return {};
    });
    ASSERT_TRUE(asked) << asked.error().what;
    EXPECT_EQ(rehearsed, 1);  // a person said no to the other
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(dump(file()), decided);
}

}  // namespace
}  // namespace narvaro
