#include "analytics/targets.h"

#include <gtest/gtest.h>

#include "fake_facts.h"

namespace narvaro {
namespace {

sys_seconds utc(const char* text) { return parse_instant(text).value(); }
date::local_days day(const char* text) { return parse_date(text).value(); }

class Targets : public testing::Test {
  protected:
    Targets() {
        plan_.id = "2021";
        plan_.from = day("2021-01-01");
        plan_.to = day("2021-12-31");
        facts_.read_sources = {"web", "fb", "ig", "ads"};
        places_.groups = {{"local", {"Vallentuna"}}, {"regional", {"Täby"}}};
    }

    TargetResult as_of(const char* date) {
        const Zone zone = Zone::find(plan_.zone).value();
        const sys_seconds t = parse_as_of(date, zone).value();
        facts_.as_of = t;
        return evaluate(target_, plan_, zone, places_, facts_, t).value();
    }

    void post(const char* at, std::set<std::string> labels = {}, const char* source = "web") {
        facts_.posts.push_back({source, utc(at), std::move(labels)});
    }
    void sample(const char* at, double value) {
        facts_.series["fb/followers"].push_back({"followers", "", utc(at), value});
    }
    void record(const char* at, const char* name = "r") {
        Record r;
        r.name = name;
        r.at = utc(at);
        facts_.all_records.push_back(r);
    }

    void two_a_month() {
        target_.kind = TargetKind::rate;
        target_.posts = PostFilter{{"web"}, {}, false};
        target_.goal.at_least = 2;
    }
    void followers_times(double factor) {
        target_.kind = TargetKind::growth;
        target_.series = SeriesRef{"fb", "followers", "", ""};
        target_.goal.factor = factor;
    }
    void climate_share(double goal) {
        target_.kind = TargetKind::share;
        target_.posts = PostFilter{{"fb"}, {"news_hook"}, false};
        target_.of = PostFilter{{"fb"}, {}, false};
        target_.goal.at_least = goal;
    }
    void more_than_last_year(double factor) {
        target_.kind = TargetKind::volume;
        target_.posts = PostFilter{{"fb"}, {"climate"}, false};
        target_.goal.factor = factor;
        target_.baseline = Baseline{{}, {}, true, ""};
    }

    Plan plan_;
    Target target_;
    Places places_;
    FakeFacts facts_;
};

TEST_F(Targets, ARateCountsAPostInTheMonthOfItsZone) {
    two_a_month();
    post("2021-02-28T23:30:00Z");  // already March in Stockholm
    post("2021-02-28T22:59:59Z");
    post("2021-03-31T21:59:59Z");
    const TargetResult r = as_of("2021-03-31");
    ASSERT_EQ(r.periods.size(), 3U);
    EXPECT_EQ(r.periods[0].count, 0);
    EXPECT_EQ(r.periods[1].count, 1);
    EXPECT_EQ(r.periods[2].count, 2);
    EXPECT_TRUE(r.periods[2].met);
    EXPECT_EQ(r.value, 2.0);
    EXPECT_NEAR(*r.progress, 1.0 / 3, 1e-12);
    EXPECT_EQ(r.state, TargetState::missed);
}

TEST_F(Targets, ARateIsOnTrackThenBehindAsTheMonthRunsOut) {
    two_a_month();
    EXPECT_EQ(as_of("2021-01-05").state, TargetState::on_track);
    EXPECT_EQ(as_of("2021-01-20").state, TargetState::behind);
    post("2021-01-20T12:00:00Z");
    EXPECT_EQ(as_of("2021-01-20").state, TargetState::on_track);
    const TargetResult r = as_of("2021-01-30");
    EXPECT_EQ(r.state, TargetState::behind);
    EXPECT_EQ(r.needed.kind, Needed::Kind::posts_before);
    EXPECT_EQ(r.needed.amount, 1);
    EXPECT_EQ(format_utc(*r.needed.before), "2021-01-31T23:00:00Z");
    EXPECT_FALSE(r.progress);
}

TEST_F(Targets, ARateIsMetWhenTheLastPeriodIsAndNoneFailed) {
    two_a_month();
    for (int month = 1; month <= 12; ++month) {
        const std::string m = (month < 10 ? "0" : "") + std::to_string(month);
        post(("2021-" + m + "-02T12:00:00Z").c_str());
        post(("2021-" + m + "-03T12:00:00Z").c_str());
    }
    EXPECT_EQ(as_of("2021-11-30").state, TargetState::on_track);
    const TargetResult r = as_of("2021-12-05");
    EXPECT_EQ(r.state, TargetState::met);
    EXPECT_EQ(r.progress, 1.0);
    EXPECT_EQ(r.needed.kind, Needed::Kind::nothing);
    EXPECT_EQ(as_of("2024-06-01").value, 2.0);  // long after: the last period
}

TEST_F(Targets, ARateByWeeksIsCutAtThePlansEdges) {
    two_a_month();
    target_.goal.per = PeriodUnit::week;
    target_.goal.at_least = 1;
    const TargetResult r = as_of("2021-12-31");
    ASSERT_EQ(r.periods.size(), 53U);
    EXPECT_EQ(format_utc(r.periods[0].span.to),
              "2021-01-03T23:00:00Z");  // Friday to Sunday of week 53
    EXPECT_EQ(format_utc(r.periods[52].span.to), "2021-12-31T23:00:00Z");
}

TEST_F(Targets, ARateCountsRecordsAsWell) {
    two_a_month();
    target_.records = "r";
    post("2021-05-03T10:00:00Z");
    record("2021-05-31T21:59:59Z");
    record("2021-05-31T22:00:00Z");  // June
    EXPECT_EQ(as_of("2021-06-02").periods[4].count, 2);
}

TEST_F(Targets, WhatWasNeverReadIsNotZero) {
    facts_.read_sources.clear();
    two_a_month();
    const TargetResult r = as_of("2021-03-01");
    EXPECT_EQ(r.state, TargetState::no_data);
    EXPECT_EQ(r.reason, ResultReason::not_observed);
    EXPECT_FALSE(r.value);
}

TEST_F(Targets, BeforeThePlanThereIsNothing) {
    two_a_month();
    EXPECT_EQ(as_of("2020-12-31").reason, ResultReason::plan_not_started);
    EXPECT_EQ(as_of("2021-01-01").periods.size(), 1U);
}

TEST_F(Targets, GrowthTakesTheLastFigureAtOrBeforeThePlansFirstInstantAsBaseline) {
    followers_times(1.2);
    sample("2020-12-30T06:00:00Z", 390);
    sample("2020-12-31T23:00:00Z", 400);  // midnight in Stockholm
    sample("2021-01-05T06:00:00Z", 410);
    const TargetResult r = as_of("2021-01-31");
    EXPECT_EQ(r.baseline, 400.0);
    EXPECT_DOUBLE_EQ(*r.goal, 480.0);
    EXPECT_EQ(r.value, 410.0);
    EXPECT_NEAR(*r.progress, 0.125, 1e-12);
}

TEST_F(Targets, GrowthWithoutAnEarlierFigureTakesTheFirstLaterOne) {
    followers_times(2);
    sample("2021-02-01T06:00:00Z", 100);
    sample("2021-02-20T06:00:00Z", 150);
    EXPECT_EQ(as_of("2021-03-01").baseline, 100.0);
    EXPECT_EQ(as_of("2021-01-31").reason, ResultReason::no_samples);
}

TEST_F(Targets, ALevelCanFallSoItIsMetOnlyAtTheEnd) {
    followers_times(1.2);
    target_.baseline = Baseline{400.0, day("2021-01-01"), false, ""};
    sample("2021-06-01T06:00:00Z", 490);
    EXPECT_EQ(as_of("2021-06-30").state, TargetState::on_track);
    EXPECT_EQ(as_of("2021-12-31").state, TargetState::met);
    sample("2021-12-30T06:00:00Z", 470);
    EXPECT_EQ(as_of("2021-12-31").state, TargetState::missed);
}

TEST_F(Targets, GrowthBelowBothLinesIsBehindAndSaysHowManyAWeek) {
    followers_times(1.2);
    target_.baseline = Baseline{400.0, day("2021-01-01"), false, ""};
    sample("2021-06-30T06:00:00Z", 410);
    const TargetResult r = as_of("2021-06-30");
    EXPECT_EQ(r.state, TargetState::behind);
    EXPECT_EQ(r.needed.kind, Needed::Kind::per_week);
    EXPECT_EQ(r.needed.amount, 3);  // 70 in 26.3 weeks
}

TEST_F(Targets, GrowthForecastsByTheMedianWeekSoAJumpDoesNotGoOn) {
    followers_times(1.2);
    target_.baseline = Baseline{400.0, day("2021-01-01"), false, ""};
    const char* weeks[] = {"2021-05-05T22:00:00Z", "2021-05-12T22:00:00Z", "2021-05-19T22:00:00Z",
                           "2021-05-26T22:00:00Z", "2021-06-02T22:00:00Z", "2021-06-09T22:00:00Z",
                           "2021-06-16T22:00:00Z", "2021-06-23T22:00:00Z", "2021-06-30T21:59:59Z"};
    const double levels[] = {400, 402, 404, 406, 508, 510, 512, 514, 516};
    for (int i = 0; i < 9; ++i) sample(weeks[i], levels[i]);
    const TargetResult r = as_of("2021-06-30");
    ASSERT_TRUE(r.forecast);
    EXPECT_NEAR(r.forecast->value, 516 + 2 * 26.29, 1);
    EXPECT_LE(r.forecast->low, r.forecast->value);
    EXPECT_GE(r.forecast->high, r.forecast->value);
}

TEST_F(Targets, AFigureThatIsSeldomToldGoesOnAsFromReadingToReading) {
    followers_times(1.2);
    target_.baseline = Baseline{10.0, day("2021-01-01"), false, ""};
    sample("2021-01-20T11:00:00Z", 0);
    sample("2021-04-28T10:00:00Z", 6500);  // 14 weeks later
    const TargetResult r = as_of("2021-06-30");
    ASSERT_TRUE(r.forecast);
    EXPECT_NEAR(r.forecast->value, 6500 + 6500 / 14.0 * 35.4, 100);  // weeks from the reading on
    EXPECT_LT(r.forecast->low, 20000);
    EXPECT_GT(r.forecast->high, 25000);
    EXPECT_TRUE(r.jumps.empty());
}

TEST_F(Targets, WeeksWithoutAReadingAreNoWeeksWithoutGrowth) {
    followers_times(1.2);
    target_.baseline = Baseline{100.0, day("2021-01-01"), false, ""};
    const sys_seconds first = utc("2021-01-01T06:00:00Z");
    for (int week = 0; week < 12; ++week) {
        facts_.series["fb/followers"].push_back(
            {"followers", "", first + std::chrono::hours{24 * 7 * week}, 100.0 + 3 * week});
    }
    const TargetResult r = as_of("2021-05-15");  // the last was read on 19 March
    ASSERT_TRUE(r.forecast);
    EXPECT_NEAR(r.forecast->value, 133 + 3 * 41.1, 1);
}

TEST_F(Targets, GrowthFromZeroByAFactorHasNoGoal) {
    followers_times(2);
    target_.baseline = Baseline{0.0, day("2021-01-01"), false, ""};
    sample("2021-02-01T06:00:00Z", 10);
    const TargetResult r = as_of("2021-03-01");
    EXPECT_EQ(r.state, TargetState::no_data);
    EXPECT_EQ(r.reason, ResultReason::baseline_zero);
    EXPECT_EQ(r.value, 10.0);
}

TEST_F(Targets, VolumeComparesWithTheSameSpanOfLastYearRoundedUp) {
    more_than_last_year(1.25);
    for (const char* at :
         {"2020-02-01T10:00:00Z", "2020-05-01T10:00:00Z", "2020-09-01T10:00:00Z"}) {
        post(at, {"climate"}, "fb");
    }
    post("2021-03-01T10:00:00Z", {"climate"}, "fb");
    post("2021-03-02T10:00:00Z", {}, "fb");
    const TargetResult r = as_of("2021-06-30");
    EXPECT_EQ(r.baseline, 3.0);
    EXPECT_EQ(r.goal, 4.0);  // 3.75
    EXPECT_EQ(r.value, 1.0);
    EXPECT_EQ(r.of, 2);
    EXPECT_EQ(r.expected, 2.5);
    EXPECT_EQ(r.state, TargetState::behind);
    EXPECT_EQ(r.needed.amount, 3);
}

TEST_F(Targets, VolumeDoesNotRoundAWholeGoalUpwards) {
    more_than_last_year(1.1);
    for (int i = 0; i < 10; ++i) post("2020-06-01T10:00:00Z", {"climate"}, "fb");
    EXPECT_EQ(as_of("2021-06-30").goal, 11.0);
}

TEST_F(Targets, AYearBeforeTheLeapDayIsTheLastOfFebruary) {
    plan_.from = day("2020-01-01");
    plan_.to = day("2020-12-31");
    more_than_last_year(1);
    post("2019-02-28T22:30:00Z", {"climate"}, "fb");
    post("2019-03-01T10:00:00Z", {"climate"}, "fb");
    EXPECT_EQ(as_of("2020-02-29").expected, 1.0);
}

TEST_F(Targets, VolumeIsMetForGoodOnceReached) {
    more_than_last_year(1);
    post("2020-12-01T10:00:00Z", {"climate"}, "fb");
    post("2021-01-02T10:00:00Z", {"climate"}, "fb");
    EXPECT_EQ(as_of("2021-01-03").state, TargetState::met);
}

TEST_F(Targets, VolumeWithoutALastYearHasNoBaseline) {
    more_than_last_year(1.25);
    EXPECT_EQ(as_of("2021-06-30").reason, ResultReason::baseline_zero);
}

TEST_F(Targets, AShareSaysHowManyOfTheNextTen) {
    climate_share(0.10);
    for (int i = 0; i < 42; ++i) post("2021-03-01T10:00:00Z", {}, "fb");
    for (int i = 0; i < 4; ++i) post("2021-03-02T10:00:00Z", {"news_hook"}, "fb");
    const TargetResult r = as_of("2021-06-30");
    EXPECT_EQ(r.matched, 4);
    EXPECT_EQ(r.of, 46);
    EXPECT_NEAR(*r.value, 4.0 / 46, 1e-12);
    EXPECT_EQ(r.state, TargetState::behind);
    EXPECT_EQ(r.needed.kind, Needed::Kind::of_next);
    EXPECT_EQ(r.needed.amount, 2);
    EXPECT_EQ(r.needed.of, 10);
    EXPECT_EQ(as_of("2021-12-31").state, TargetState::missed);
}

TEST_F(Targets, AShareThatTenPostsCannotLiftLooksFurther) {
    climate_share(0.50);
    for (int i = 0; i < 40; ++i) post("2021-03-01T10:00:00Z", {}, "fb");
    const TargetResult r = as_of("2021-06-30");
    EXPECT_EQ(r.needed.of, 40);
    EXPECT_EQ(r.needed.amount, 40);
}

TEST_F(Targets, AShareOfNothingIsUnknown) {
    climate_share(0.10);
    const TargetResult r = as_of("2021-06-30");
    EXPECT_FALSE(r.value);
    EXPECT_EQ(r.reason, ResultReason::no_posts);
    EXPECT_EQ(r.of, 0);
}

TEST_F(Targets, AShareExactlyAtItsGoalReachesIt) {
    climate_share(0.10);
    for (int i = 0; i < 9; ++i) post("2021-03-01T10:00:00Z", {}, "fb");
    post("2021-03-02T10:00:00Z", {"news_hook"}, "fb");
    EXPECT_EQ(as_of("2021-06-30").state, TargetState::on_track);
    EXPECT_EQ(as_of("2021-12-31").state, TargetState::met);
}

class Coverage : public Targets {
  protected:
    Coverage() {
        target_.kind = TargetKind::coverage;
        target_.audiences = "ads";
        target_.goal.places = {"local", "regional"};
    }
    void audience(const char* place, const char* from, const char* to = nullptr) {
        Audience a;
        a.live_from = utc(from);
        if (to != nullptr) a.live_to = utc(to);
        a.places = {{place, "Stockholm County", "SE"}};
        facts_.all_audiences.push_back(a);
    }
};

TEST_F(Coverage, CountsGroupsThatAnAudienceOfThePlanTouches) {
    audience("Vallentuna", "2020-05-01T00:00:00Z", "2020-12-01T00:00:00Z");  // over before the plan
    EXPECT_EQ(as_of("2021-06-30").value, 0.0);
    audience("Vallentuna", "2021-02-01T00:00:00Z", "2021-03-01T00:00:00Z");
    TargetResult r = as_of("2021-06-30");
    EXPECT_EQ(r.value, 1.0);
    EXPECT_EQ(r.covered, std::vector<std::string>{"local"});
    EXPECT_EQ(r.needed.names, std::vector<std::string>{"regional"});
    audience("Täby", "2021-09-01T00:00:00Z");
    EXPECT_EQ(as_of("2021-06-30").value, 1.0);
    EXPECT_EQ(as_of("2021-09-30").state, TargetState::met);
}

TEST_F(Coverage, IsClosedSinceThePlatformTakesNoPoliticalAds) {
    plan_.from = day("2025-01-01");
    plan_.to = day("2025-12-31");
    EXPECT_EQ(as_of("2025-10-05").state, TargetState::behind);
    const TargetResult r = as_of("2025-10-07");
    EXPECT_EQ(r.state, TargetState::closed);
    EXPECT_EQ(r.detail.substr(0, 10), "2025-10-06");
}

TEST_F(Targets, AMilestoneIsMetInTimeOrMissed) {
    target_.kind = TargetKind::milestone;
    target_.records = "r";
    target_.goal.at_least = 2;
    target_.goal.by = day("2021-06-30");
    EXPECT_EQ(as_of("2021-02-01").state, TargetState::on_track);
    EXPECT_EQ(as_of("2021-05-01").state, TargetState::behind);
    record("2021-03-01T12:00:00Z");
    const TargetResult r = as_of("2021-05-01");
    EXPECT_EQ(r.state, TargetState::on_track);
    EXPECT_EQ(r.needed.amount, 1);
    EXPECT_EQ(format_utc(*r.needed.before), "2021-06-30T22:00:00Z");
    EXPECT_EQ(as_of("2021-06-30").state, TargetState::missed);
    record("2021-06-30T21:00:00Z");
    EXPECT_EQ(as_of("2021-06-30").state, TargetState::met);
}

TEST_F(Targets, APlanShorterThanAMonthHasOnePeriod) {
    plan_.from = day("2021-03-10");
    plan_.to = day("2021-03-20");
    two_a_month();
    post("2021-03-09T22:59:59Z");
    post("2021-03-09T23:00:00Z");
    post("2021-03-20T22:59:59Z");
    post("2021-03-20T23:00:00Z");
    const TargetResult r = as_of("2021-03-25");
    ASSERT_EQ(r.periods.size(), 1U);
    EXPECT_EQ(r.periods[0].count, 2);
    EXPECT_EQ(r.state, TargetState::met);
}

}  // namespace
}  // namespace narvaro
