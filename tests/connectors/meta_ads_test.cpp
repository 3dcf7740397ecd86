#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/meta_ads_parse.h"
#include "tests/connectors/fake_meta.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AdAccountPoll : public testing::Test {
  protected:
    void prepare_all() {
        meta.on("act_1000000001", test_file("ad_account.json"))
            .on("act_1000000001/adsets", test_file("ad_sets.json"))
            .on("act_1000000001/saved_audiences", test_file("saved_audiences.json"))
            .on("act_1000000001/insights", test_file("ad_insights.json"));
    }
    Result<Observations> poll(const char* account = "act_1000000001") {
        return run(poll_meta_ads(meta, meta_request(SourceKind::meta_ads, account)));
    }
    FakeMeta meta;
};

TEST_F(AdAccountPoll, GivesAudiencesWithTheirPlaces) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen) << seen.error().what;
    ASSERT_EQ(seen->audiences.size(), 2U);  // the archived one is none
    const Audience& local = seen->audiences[0];
    EXPECT_EQ(local.kind, "adset");
    EXPECT_EQ(local.status, "ACTIVE");
    EXPECT_EQ(local.live_from, parse_instant("2026-06-08T10:55:57Z"));
    EXPECT_EQ(local.live_to, parse_instant("2026-12-08T11:00:00Z"));
    EXPECT_EQ(local.age_min, 18);
    EXPECT_EQ(local.age_max, 30);
    EXPECT_THAT(local.places,
                ElementsAre(AudiencePlace{"Vallentuna", "Stockholm County", "SE"},
                            AudiencePlace{"Stockholm County", "", "SE"},
                            AudiencePlace{"59.53,18.08", "", ""}, AudiencePlace{"SE", "", "SE"}));
    EXPECT_EQ(seen->audiences[1].kind, "saved");
    EXPECT_FALSE(seen->audiences[1].live_from);
    EXPECT_THAT(seen->complete_audiences, ElementsAre("adset", "saved", "custom"));
    EXPECT_EQ(meta.asked().size(), 5U);
    EXPECT_EQ(meta.asked("act_1000000001/adsets")[0].query.at("effective_status"),
              R"(["ACTIVE","PAUSED","CAMPAIGN_PAUSED"])");
}

TEST_F(AdAccountPoll, GivesSpendingByRegionForDaysThatAreOver) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen);
    const auto end_of_19th = *parse_instant("2026-11-19T23:00:00Z");
    EXPECT_THAT(seen->samples, ElementsAre(Sample{"spend", "Stockholm County", end_of_19th, 125.40},
                                           Sample{"reach", "Stockholm County", end_of_19th, 1890}));
    EXPECT_EQ(meta.asked("act_1000000001/insights")[0].query.at("time_range"),
              R"({"since":"2026-10-24","until":"2026-11-20"})");
}

TEST_F(AdAccountPoll, TakesAnEmptyAccountAsNormal) {
    meta.on("act_1000000001", test_file("ad_account.json"));
    const auto seen = poll("1000000001");
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->audiences, IsEmpty());
    EXPECT_THAT(seen->problems, IsEmpty());
    EXPECT_THAT(seen->gaps, IsEmpty());
    EXPECT_THAT(seen->warnings, IsEmpty());
    EXPECT_THAT(seen->complete_audiences, ElementsAre("adset", "saved", "custom"));
}

TEST_F(AdAccountPoll, KeepsCustomAudiencesByNameAlone) {
    meta.on("act_1000000001", test_file("ad_account.json"))
        .on("act_1000000001/customaudiences",
            R"({"data":[{"id":"77","name":"Nyhetsbrevet","subtype":"CUSTOM"},{"name":"no id"}]})");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    ASSERT_EQ(seen->audiences.size(), 1U);
    EXPECT_EQ(seen->audiences[0].kind, "custom");
    EXPECT_EQ(seen->audiences[0].name, "Nyhetsbrevet");
    EXPECT_THAT(seen->audiences[0].places, IsEmpty());
}

TEST_F(AdAccountPoll, AForbiddenListLeavesTheOthersComplete) {
    meta.on("act_1000000001", test_file("ad_account.json"))
        .error("act_1000000001/saved_audiences", 200, 0, "(#200) no");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->complete_audiences, ElementsAre("adset", "custom"));
    EXPECT_EQ(gap_reason(*seen, "saved_audiences"), GapReason::forbidden);
}

TEST_F(AdAccountPoll, SaysThatTheVersionMustBeRaised) {
    for (const char* edge : {"", "/adsets", "/saved_audiences", "/customaudiences", "/insights"}) {
        meta.error(std::string{"act_1000000001"} + edge, 2635, 0,
                   "You are calling a deprecated version of the Ads API");
    }
    const auto seen = poll();
    ASSERT_FALSE(seen);
    EXPECT_THAT(seen.error().remedy, HasSubstr("raise the version"));
}

TEST(AdDays, FollowTheAccountsClocks) {
    AdAccount account;
    account.zone_name = "Europe/Stockholm";
    EXPECT_EQ(start_of_day(account, *parse_date("2026-07-01")),
              parse_instant("2026-06-30T22:00:00Z"));
    account = {"Nowhere/Town", 3.0, {}};
    EXPECT_EQ(start_of_day(account, *parse_date("2026-07-01")),
              parse_instant("2026-06-30T21:00:00Z"));
    EXPECT_EQ(day_of(account, *parse_instant("2026-06-30T21:30:00Z")), *parse_date("2026-07-01"));
}

/// What a usual poll of all Meta sources costs.
TEST(MetaBudget, IsKeptByAUsualPoll) {
    FakeMeta meta;
    meta.on("1000", test_file("page.json"))
        .on("1000/insights", test_file("page_cities.json"))
        .on("17841400000000001", test_file("account.json"))
        .on("17841400000000001/media", test_file("media.json"))
        .on("17841400000000001/insights", test_file("demographics_city.json"));
    PollRequest instagram = meta_request(SourceKind::instagram, "17841400000000001");
    instagram.source.watch = {"ungvanster", "ungvansterroslagen"};
    ASSERT_TRUE(run(poll_facebook(meta, meta_request(SourceKind::facebook, "1000"))));
    ASSERT_TRUE(run(poll_instagram(meta, instagram)));
    ASSERT_TRUE(run(poll_meta_ads(meta, meta_request(SourceKind::meta_ads, "act_1"))));
    EXPECT_LE(meta.asked().size(), 25U);
}

}  // namespace
}  // namespace narvaro
