#include "truth.h"

#include <gtest/gtest.h>

#include "testing.h"

namespace narvaro::sandbox {
namespace {

Json target(const char* as_of, const char* id) { return truth(at(as_of))["targets"][id]; }

std::vector<int> counts(const Json& rate) {
    std::vector<int> out;
    for (const Json& period : rate["periods"]) out.push_back(period["value"].get<int>());
    return out;
}

// The figures below are counted by hand from the tables of the script.

TEST(Truth, CountsArticlesByTheMonthInStockholm) {
    const Json year = target("2021-12-31T22:59:59Z", "web-posts");
    EXPECT_EQ(counts(year), (std::vector<int>{2, 1, 3, 2, 2, 3, 0, 2, 3, 2, 1, 3}));
    EXPECT_DOUBLE_EQ(year["progress"], 9.0 / 12);
    // The article of 2021-01-31T23:15Z is February's.
    EXPECT_EQ(counts(target("2021-01-31T23:14:59Z", "web-posts")), (std::vector<int>{2, 0}));
    EXPECT_EQ(counts(target("2021-01-31T23:15:00Z", "web-posts")), (std::vector<int>{2, 1}));
}

TEST(Truth, AMonthIsClosedWithItsLastSecond) {
    // January is met, February has begun and has one of two.
    EXPECT_DOUBLE_EQ(target("2021-02-28T22:59:58Z", "web-posts")["progress"], 1.0);
    EXPECT_DOUBLE_EQ(target("2021-02-28T22:59:59Z", "web-posts")["progress"], 0.5);
}

TEST(Truth, CountsSharesFromUngVansterInEveryFormAndByHand) {
    EXPECT_EQ(counts(target("2021-12-31T22:59:59Z", "uv-shares")),
              (std::vector<int>{1, 0, 1, 1, 1, 1, 0, 1, 3, 2, 1, 1}));
    // March's is of 2021-02-28T23:30Z; December's is the record of the 10th, at noon.
    EXPECT_EQ(counts(target("2021-02-28T23:30:00Z", "uv-shares")), (std::vector<int>{1, 0, 1}));
    EXPECT_EQ(target("2021-12-10T10:59:59Z", "uv-shares")["value"], 0);
    EXPECT_EQ(target("2021-12-10T11:00:00Z", "uv-shares")["value"], 1);
}

TEST(Truth, ClimateForTheYoungCountsOwnPostsOfTheSpanAndLastYears) {
    // 2020: Facebook 8, Instagram 8, and Instagram's of 2019-12-31T23:30Z. 17 × 1.25 = 21.25.
    // 2021: Facebook 9 and two at the edges of months, Instagram 11 and one at the year's.
    const Json year = target("2021-12-31T22:59:59Z", "climate-posts");
    EXPECT_EQ(year["baseline"], 17);
    EXPECT_EQ(year["goal"], 22);
    EXPECT_EQ(year["value"], 23);
    EXPECT_EQ(year["same_span_last_year"], 17);
    // The two of 2021-12-31T23:30Z belong to the year after.
    EXPECT_EQ(target("2022-01-02T00:00:00Z", "climate-posts")["value"], 23);
    EXPECT_EQ(target("2021-02-28T23:29:59Z", "climate-posts")["value"], 5);
    EXPECT_EQ(target("2021-02-28T23:30:00Z", "climate-posts")["value"], 6);
    EXPECT_EQ(target("2020-12-31T23:29:59Z", "climate-posts")["value"], 0);
    EXPECT_EQ(target("2020-12-31T23:30:00Z", "climate-posts")["value"], 1);
}

TEST(Truth, HooksAreAShareOfAllOwnPosts) {
    // 13 of Facebook and 9 of Instagram by month, one by a link after five days, one elsewhere.
    const Json year = target("2021-12-31T22:59:59Z", "news-hooks");
    EXPECT_EQ(year["hooks"], 12 + 10 + 2);
    EXPECT_EQ(year["of"], 231);
    EXPECT_DOUBLE_EQ(year["value"], 24.0 / 231);
    EXPECT_EQ(target("2020-12-31T23:00:00Z", "news-hooks")["value"], nullptr);
}

TEST(Truth, GrowthIsTheLevelThatHolds) {
    const Json followers = target("2021-12-31T22:59:59Z", "fb-followers");
    EXPECT_EQ(followers["value"], 470);
    EXPECT_EQ(followers["goal"], 480);
    EXPECT_DOUBLE_EQ(followers["progress"], 70.0 / 80);
    const Json local = target("2021-12-31T22:59:59Z", "fb-local-followers");
    EXPECT_EQ(local["baseline"], 70 + 15 + 12 + 9);
    EXPECT_EQ(local["value"], 86 + 20 + 15 + 12);
    EXPECT_EQ(target("2021-12-31T22:59:59Z", "ig-following")["goal"], 400);
}

TEST(Truth, RecordsCountFromNoonOfTheirDay) {
    EXPECT_EQ(target("2021-01-15T10:59:59Z", "members")["value"], nullptr);
    EXPECT_EQ(target("2021-01-15T11:00:00Z", "members")["value"], 50);
    EXPECT_EQ(target("2021-06-30T21:59:59Z", "members")["value"], 55);
    EXPECT_EQ(target("2021-06-30T21:59:59Z", "election-fund")["value"], 6500);
    EXPECT_EQ(target("2021-06-30T21:59:59Z", "member-meetings")["value"], 1);
    EXPECT_EQ(counts(target("2021-07-31T21:59:59Z", "newsletter")),
              (std::vector<int>{1, 1, 1, 1, 1, 1, 0}));
}

TEST(Truth, AudiencesCoverFromTheDayTheyAreMade) {
    EXPECT_EQ(target("2021-03-10T07:59:59Z", "local-audiences")["value"], 0);
    EXPECT_EQ(target("2021-03-10T08:00:00Z", "local-audiences")["value"], 1);
    EXPECT_EQ(target("2021-05-20T07:00:00Z", "local-audiences")["value"], 2);
}

TEST(Truth, TellsEveryTargetOfThePlanAndEveryPostUpToThen) {
    const Json all = truth(at("2021-06-30T21:59:59Z"));
    EXPECT_EQ(all["targets"].size(), 18U);
    EXPECT_EQ(all["as_of"], "2021-06-30T21:59:59Z");
    for (const Json& post : all["posts"]) EXPECT_LE(post["published"], "2021-06-30T21:59:59Z");
    EXPECT_GT(all["posts"].size(), 300U);
}

}  // namespace
}  // namespace narvaro::sandbox
