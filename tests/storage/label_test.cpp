#include <gtest/gtest-spi.h>

#include "store_fixture.h"

namespace narvaro {
namespace {

class Labels : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        apply("fb",
              posts({post_of("1", "2021-03-01T10:00:00Z", "klimat"),
                     post_of("2", "2021-03-02T10:00:00Z", "skola")}),
              "2021-03-03T12:00:00Z");
        apply("mitti", posts({post_of("p", "2021-03-01T10:00:00Z", "x", PostKind::press)}),
              "2021-03-03T12:00:00Z");
    }

    std::string to_judge(const std::vector<LabelVersion>& versions) {
        std::string ids;
        const auto found = store().posts_to_judge(versions, 0, 100);
        EXPECT_TRUE(found) << found.error().what;
        for (const StoredPost& post : *found) ids += post.id + " ";
        return ids;
    }

    std::vector<LabelVersion> climate{{kClimate, "climate 1"}};
};

TEST_F(Labels, AVerdictThatSaysTheSameAgainAddsNothing) {
    judge("fb/1", kClimate, true, "2021-03-03T13:00:00Z");
    judge("fb/1", kClimate, true, "2021-03-04T13:00:00Z");
    EXPECT_EQ(row_counts(file())["verdict"], 1);
    judge("fb/1", kClimate, true, "2021-03-05T13:00:00Z", 0.9);
    EXPECT_EQ(row_counts(file())["verdict"], 2);
    const auto now = store().verdicts("fb/1", kNow);
    ASSERT_EQ(now->size(), 1U);
    EXPECT_EQ(now->front().verdict.score, 0.9);
    EXPECT_EQ(now->front().computed_at, utc("2021-03-05T13:00:00Z"));
    const auto then = store().verdicts("fb/1", as_known_at(utc("2021-03-04T00:00:00Z")));
    ASSERT_EQ(then->size(), 1U);
    EXPECT_EQ(then->front().verdict.score, 1.0);
    EXPECT_TRUE(store().verdicts("fb/1", as_known_at(utc("2021-03-03T12:59:59Z")))->empty());
}

TEST_F(Labels, AVerdictComesBackWhole) {
    PostVerdict put{"fb/1", 1, {}};
    put.verdict = {kNewsHook,
                   true,
                   false,
                   7.25,
                   6.0,
                   {{"länk till mitti.example", 6}, {"båt", -1.5}},
                   "mitti/p",
                   std::chrono::minutes{310},
                   "hooks 2 (1a2b3c4d)"};
    ASSERT_EQ(store().put_verdicts(std::span{&put, 1}, utc("2021-03-03T13:00:00Z")), 1);
    EXPECT_EQ(store().verdicts("fb/1", kNow)->front().verdict, put.verdict);
    EXPECT_EQ(store().put_verdicts(std::span{&put, 1}, utc("2021-03-04T13:00:00Z")), 0);
}

TEST_F(Labels, OfManyVerdictsOneOnAnUnknownPostStoresNone) {
    PostVerdict puts[] = {{"fb/1", 1, {}}, {"fb/none", 1, {}}};
    for (PostVerdict& put : puts) put.verdict.label = kClimate;
    const auto failed = store().put_verdicts(puts, utc("2021-03-03T13:00:00Z"));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::not_found);
    EXPECT_EQ(row_counts(file())["verdict"], 0);
}

TEST_F(Labels, WhatIsNewOrChangedOrUnderOtherRulesNeedsJudging) {
    EXPECT_EQ(to_judge(climate), "fb/1 fb/2 ");
    judge("fb/1", kClimate, true, "2021-03-03T13:00:00Z");
    EXPECT_EQ(to_judge(climate), "fb/2 ");
    judge("fb/2", kClimate, false, "2021-03-03T13:00:00Z");
    EXPECT_EQ(to_judge(climate), "");
    EXPECT_EQ(to_judge({{kClimate, "climate 2"}}), "fb/1 fb/2 ");
    EXPECT_EQ(to_judge({{kClimate, "climate 1"}, {kYouth, "youth 1"}}), "fb/1 fb/2 ");
    apply("fb", posts({post_of("2", "2021-03-02T10:00:00Z", "ny text")}), "2021-03-05T12:00:00Z");
    EXPECT_EQ(to_judge(climate), "fb/2 ");
    judge("fb/2", kClimate, false, "2021-03-05T13:00:00Z");
    EXPECT_EQ(to_judge(climate), "");
    EXPECT_EQ(row_counts(file())["verdict"], 2) << "the same verdict on the new text";
}

TEST_F(Labels, AVerdictOnAnOlderTextDoesNotSettleANewerOne) {
    const std::int64_t before = stored("fb/1").input_version;
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z", "annat")}), "2021-03-05T12:00:00Z");
    PostVerdict put{"fb/1", before, {}};
    put.verdict.label = kClimate;
    put.verdict.rules_version = "climate 1";
    ASSERT_TRUE(store().put_verdicts(std::span{&put, 1}, utc("2021-03-05T13:00:00Z")));
    EXPECT_EQ(to_judge(climate), "fb/1 fb/2 ");
}

TEST_F(Labels, PostsToJudgeComeInPages) {
    const auto first = store().posts_to_judge(climate, 0, 1);
    ASSERT_EQ(first->size(), 1U);
    const auto second = store().posts_to_judge(climate, first->front().key, 1);
    ASSERT_EQ(second->size(), 1U);
    EXPECT_EQ(second->front().id, "fb/2");
    EXPECT_TRUE(store().posts_to_judge(climate, second->front().key, 1)->empty());
}

TEST_F(Labels, ALabelWithoutRulesIsNoLongerSaidByThem) {
    judge("fb/1", kClimate, true, "2021-03-03T13:00:00Z");
    judge("fb/1", kYouth, true, "2021-03-03T13:00:00Z");
    judge("fb/2", kYouth, true, "2021-03-03T13:00:00Z");
    decide("fb/2", kYouth, true, "2021-03-03T14:00:00Z");
    const std::string keep[] = {kClimate};
    ASSERT_TRUE(store().keep_only_labels(keep, utc("2021-03-04T13:00:00Z")));
    EXPECT_EQ(stored("fb/1").labels, (std::map<std::string, bool>{{kClimate, true}}));
    EXPECT_EQ(stored("fb/2").labels, (std::map<std::string, bool>{{kYouth, true}}));
    EXPECT_EQ(to_judge(climate), "fb/2 ");
    EXPECT_EQ(stored("fb/1", as_known_at(utc("2021-03-04T00:00:00Z"))).labels.size(), 2U);
}

TEST_F(Labels, APersonWinsUntilSheHandsBack) {
    judge("fb/1", kClimate, false, "2021-03-03T13:00:00Z");
    decide("fb/1", kClimate, true, "2021-03-04T13:00:00Z");
    judge("fb/1", kClimate, false, "2021-03-05T13:00:00Z", 0.3);
    EXPECT_TRUE(stored("fb/1").labels.at(kClimate));
    decide("fb/1", kClimate, std::nullopt, "2021-03-06T13:00:00Z");
    EXPECT_FALSE(stored("fb/1").labels.at(kClimate));
    const auto decisions = store().decisions("fb/1", kNow);
    ASSERT_EQ(decisions->size(), 2U);
    EXPECT_EQ(decisions->front().decision,
              (Decision{kClimate, true, "Kim", utc("2021-03-04T13:00:00Z"), "sett"}));
    EXPECT_EQ(store().decisions("fb/1", as_known_at(utc("2021-03-05T00:00:00Z")))->size(), 1U);
    const Span day{utc("2021-03-06T00:00:00Z"), utc("2021-03-07T00:00:00Z")};
    ASSERT_EQ(store().decisions_within(day, kNow)->size(), 1U);
    EXPECT_EQ(store().decisions_within(day, kNow)->front().post_id, "fb/1");
}

TEST_F(Labels, DecisionsCannotBeChangedOrDeleted) {
    decide("fb/1", kClimate, true, "2021-03-04T13:00:00Z");
    for (const char* sql : {"UPDATE decision SET value = 0", "DELETE FROM decision"}) {
        EXPECT_NONFATAL_FAILURE(run_sql(file(), sql), "append-only");
    }
    EXPECT_TRUE(stored("fb/1").labels.at(kClimate));
}

TEST_F(Labels, ADecisionOnAFormerTextIsMarked) {
    decide("fb/1", kClimate, true, "2021-03-04T13:00:00Z");
    EXPECT_FALSE(stored("fb/1").edited_after_decision);
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z", "annat")}), "2021-03-05T12:00:00Z");
    EXPECT_TRUE(stored("fb/1").edited_after_decision);
    EXPECT_FALSE(stored("fb/1", as_known_at(utc("2021-03-05T00:00:00Z"))).edited_after_decision);
    decide("fb/1", kClimate, true, "2021-03-06T13:00:00Z");
    EXPECT_FALSE(stored("fb/1").edited_after_decision);
}

TEST_F(Labels, ADecisionOnAnUnknownPostIsTold) {
    const auto failed = store().add_decision("fb/9", {kClimate, true, "Kim", {}, ""});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::not_found);
    EXPECT_NE(failed.error().what.find("fb/9"), std::string::npos);
}

TEST_F(Labels, PostsAroundAPressItemAreFoundOnce) {
    const Span spans[] = {{utc("2021-03-01T00:00:00Z"), utc("2021-03-02T10:00:00Z")},
                          {utc("2021-03-01T09:00:00Z"), utc("2021-03-02T09:00:00Z")}};
    const auto found = store().posts_within(spans);
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ(found->front().id, "fb/1");
}

}  // namespace
}  // namespace narvaro
