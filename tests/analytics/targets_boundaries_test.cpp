// Every edge that a reckoning of targets can fall off, as a table: what is stored, the day that is
// asked for, and the answer.
#include <sstream>

#include <gtest/gtest.h>

#include "analytics/forecast_review.h"
#include "analytics/targets.h"
#include "analytics/whatif.h"
#include "fake_facts.h"

namespace narvaro {
namespace {

sys_seconds utc(const std::string& text) { return parse_instant(text).value(); }

/// A plan and a target in few words.
struct Edge {
    const char* name;
    const char* kind;    ///< "rate 2 month", "rate 1 week", "growth x1.2", "volume x1.25", "share
                         ///< 0.1", "milestone 2", "milestone 1 2021-06-30"
    const char* plan;    ///< "2021-01-01 2021-12-31", with a zone as third word when it is not ours
    const char* stored;  ///< instants of posts; for growth instant=value
    const char* as_of;
    const char* answer;  ///< see `said`
};

std::vector<std::string> words_in(const std::string& text) {
    std::istringstream in{text};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

Plan plan_of(const std::string& text) {
    const auto words = words_in(text);
    Plan plan;
    plan.from = parse_date(words[0]).value();
    plan.to = parse_date(words[1]).value();
    if (words.size() > 2) plan.zone = words[2];
    return plan;
}

Target target_of(const std::string& text) {
    const auto words = words_in(text);
    Target target;
    target.kind = parse_target_kind(words[0]).value();
    const bool factor = words[1].starts_with("x");
    const double number = std::stod(words[1].substr(factor ? 1 : 0));
    (factor ? target.goal.factor : target.goal.at_least) = number;
    if (target.kind == TargetKind::growth) {
        target.series = SeriesRef{"fb", "followers", "", ""};
        return target;
    }
    if (target.kind == TargetKind::milestone) {
        target.records = "meeting";
        if (words.size() > 2) target.goal.by = parse_date(words[2]);
        return target;
    }
    if (words.size() > 2 && words[2] == "week") target.goal.per = PeriodUnit::week;
    target.posts = PostFilter{{"fb"}, {}, false};
    if (target.kind == TargetKind::share) {
        target.of = target.posts;
        target.posts->labels = {"hook"};
    }
    if (target.kind == TargetKind::volume) target.baseline = Baseline{{}, {}, true, ""};
    return target;
}

void fill(FakeFacts& facts, const Target& target, const std::string& stored, sys_seconds as_of) {
    facts.as_of = as_of;
    facts.read_sources = {"fb"};
    for (const std::string& word : words_in(stored)) {
        const auto equals = word.find('=');
        const sys_seconds at = utc(word.substr(0, equals));
        if (target.kind == TargetKind::growth) {
            facts.series["fb/followers"].push_back(
                {"followers", "", at, std::stod(word.substr(equals + 1))});
        } else if (target.kind == TargetKind::milestone) {
            Record record;
            record.name = "meeting";
            record.at = at;
            facts.all_records.push_back(record);
        } else {
            const bool hook = equals != std::string::npos;
            facts.posts.push_back(
                {"fb", at, hook ? std::set<std::string>{"hook"} : std::set<std::string>{}});
        }
    }
}

std::string shown(const std::optional<double>& value) {
    if (!value) return "-";
    std::ostringstream out;
    out << *value;
    return out.str();
}

/// "STATE value/goal", then the periods' counts, then the reason.
std::string said(const TargetResult& r) {
    std::string text = name_of(r.state);
    text += " " + shown(r.value) + "/" + shown(r.goal);
    for (const PeriodResult& p : r.periods) text += " " + std::to_string(p.count);
    if (r.reason != ResultReason::none) text += std::string{" "} + name_of(r.reason);
    return text;
}

class Edges : public testing::TestWithParam<Edge> {};

TEST_P(Edges, AreReckonedExactly) {
    const Edge& e = GetParam();
    const Plan plan = plan_of(e.plan);
    const Zone zone = Zone::find(plan.zone).value();
    const Target target = target_of(e.kind);
    const sys_seconds as_of = parse_as_of(e.as_of, zone).value();
    FakeFacts facts;
    fill(facts, target, e.stored, as_of);
    const auto result = evaluate(target, plan, zone, {}, facts, as_of);
    ASSERT_TRUE(result) << result.error().what;
    EXPECT_EQ(said(*result), e.answer);
}

constexpr char kYear[] = "2021-01-01 2021-12-31";
constexpr char kUtcYear[] = "2021-01-01 2021-12-31 UTC";
constexpr char kBackwards[] = "2021-12-31 2021-01-01";  // the configuration refuses it
constexpr char kLeapYear[] = "2020-01-01 2020-12-31";

INSTANTIATE_TEST_SUITE_P(
    Calendar, Edges,
    testing::Values(
        Edge{"ALastSecondOfAMonthInStockholm", "rate 1 month", kYear, "2021-02-28T22:59:59Z",
             "2021-03-01", "missed 0/1 0 1 0"},
        Edge{"AFirstSecondOfAMonthInStockholm", "rate 1 month", kYear, "2021-02-28T23:00:00Z",
             "2021-03-01", "missed 1/1 0 0 1"},
        Edge{"TheSameInstantsInUtc", "rate 1 month", kUtcYear,
             "2021-02-28T23:00:00Z 2021-02-28T23:59:59Z 2021-03-01T00:00:00Z", "2021-03-01",
             "missed 1/1 0 2 1"},
        Edge{"TheNightThatSkipsAnHour", "rate 1 week", "2021-03-28 2021-03-28",
             "2021-03-27T22:59:59Z 2021-03-27T23:00:00Z 2021-03-28T21:59:59Z 2021-03-28T22:00:00Z",
             "2021-03-29", "met 2/1 2"},
        Edge{"TheNightThatDoublesAnHour", "rate 1 week", "2021-10-31 2021-10-31",
             "2021-10-30T21:59:59Z 2021-10-30T22:00:00Z 2021-10-31T00:30:00Z 2021-10-31T01:30:00Z "
             "2021-10-31T22:59:59Z 2021-10-31T23:00:00Z",
             "2021-11-01", "met 4/1 4"},
        Edge{"ALeapDayIsInFebruary", "rate 1 month", kLeapYear,
             "2020-01-05T12:00:00Z 2020-02-29T22:59:59Z", "2020-02-29", "on_track 1/1 1 1"},
        Edge{"TheYearBeforeALeapDayEndsOnThe28th", "volume x1", kLeapYear,
             "2019-02-28T12:00:00Z 2019-03-01T12:00:00Z 2020-02-01T12:00:00Z", "2020-02-29",
             "on_track 1/2"},
        Edge{"Week53IsCutAtTheYearsEnd", "rate 1 week", "2020-12-28 2021-01-10",
             "2020-12-28T10:00:00Z 2021-01-03T22:59:59Z 2021-01-03T23:00:00Z", "2021-01-10",
             "met 1/1 2 1"},
        Edge{"AWeekThatBeganLastYearIsCut", "rate 1 week", kYear,
             "2020-12-31T22:59:59Z 2020-12-31T23:00:00Z 2021-01-03T22:59:59Z", "2021-01-03",
             "on_track 2/1 2"},
        Edge{"AVolumeEndsWithTheYearInStockholm", "volume x1", kYear,
             "2019-12-31T22:59:59Z 2019-12-31T23:00:00Z 2020-12-31T22:59:59Z 2020-12-31T23:00:00Z "
             "2021-12-31T22:59:59Z 2021-12-31T23:00:00Z",
             "2021-12-31", "met 2/2"},
        Edge{"AVolumeEndsWithTheYearInUtc", "volume x1", kUtcYear,
             "2019-12-31T23:59:59Z 2020-01-01T00:00:00Z 2020-12-31T23:59:59Z 2021-01-01T00:00:00Z "
             "2021-12-31T23:59:59Z 2022-01-01T00:00:00Z",
             "2021-12-31", "met 2/2"},
        Edge{"AShareOfTheDoubledHour", "share 0.5", "2021-10-31 2021-10-31",
             "2021-10-30T21:59:59Z 2021-10-31T00:30:00Z=hook 2021-10-31T01:30:00Z "
             "2021-10-31T23:00:00Z",
             "2021-11-01", "met 0.5/0.5"},
        Edge{"ALevelOfTheLastSecond", "growth x1.2", kYear,
             "2020-12-31T23:00:00Z=400 2021-12-31T22:59:59Z=480", "2021-12-31", "met 480/480"},
        Edge{"ALevelOfTheSecondAfter", "growth x1.2", kYear,
             "2020-12-31T23:00:00Z=400 2021-12-31T23:00:00Z=480", "2022-01-31", "missed 400/480"},
        Edge{"AMeetingInTheLastSecond", "milestone 1", kYear, "2021-12-31T22:59:59Z", "2022-01-31",
             "met 1/1"},
        Edge{"AMeetingTheSecondAfter", "milestone 1", kYear, "2021-12-31T23:00:00Z", "2022-01-31",
             "missed 0/1"},
        Edge{"AMeetingByTheDay", "milestone 1 2021-03-28", kYear, "2021-03-28T21:59:59Z",
             "2021-06-30", "met 1/1"},
        Edge{"AMeetingADayLate", "milestone 1 2021-03-28", kYear, "2021-03-28T22:00:00Z",
             "2021-06-30", "missed 1/1"}),
    [](const auto& p) { return p.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Plan, Edges,
    testing::Values(Edge{"AWeekOfPlanWithinAMonth", "rate 2 month", "2021-03-10 2021-03-16",
                         "2021-03-09T22:00:00Z 2021-03-10T12:00:00Z 2021-03-16T22:59:59Z",
                         "2021-03-16", "met 2/2 2"},
                    Edge{"OneDay", "rate 1 month", "2021-03-10 2021-03-10", "", "2021-03-10",
                         "missed 0/1 0"},
                    Edge{"BeforeItBegins", "rate 1 month", kYear, "2020-12-31T12:00:00Z",
                         "2020-12-31", "no_data -/- plan_not_started"},
                    Edge{"ItsFirstSecond", "rate 1 month", kYear, "2020-12-31T23:00:00Z",
                         "2021-01-01T00:00:00+01:00", "on_track 1/1 1"},
                    Edge{"TheSecondBefore", "rate 1 month", kYear, "2020-12-31T22:59:59Z",
                         "2020-12-31T23:59:59+01:00", "no_data -/- plan_not_started"},
                    Edge{"LongAfterItsEnd", "volume x1", kYear,
                         "2020-06-01T12:00:00Z 2021-06-01T12:00:00Z 2022-06-01T12:00:00Z",
                         "2030-01-01", "met 1/1"},
                    Edge{"AShareLongAfter", "share 0.5", kYear,
                         "2021-06-01T12:00:00Z=hook 2021-06-02T12:00:00Z 2022-06-01T12:00:00Z",
                         "2030-01-01", "met 0.5/0.5"},
                    Edge{"ARateLongAfter", "rate 1 month", "2021-11-01 2021-12-31",
                         "2021-11-05T12:00:00Z 2021-12-05T12:00:00Z 2022-01-05T12:00:00Z",
                         "2030-01-01", "met 1/1 1 1"},
                    Edge{"AWeekOfAPlanOfThreeDays", "rate 1 week", "2021-03-10 2021-03-12",
                         "2021-03-09T12:00:00Z 2021-03-13T12:00:00Z", "2021-03-12", "missed 0/1 0"},
                    Edge{"ARateThatEndsBeforeItBegins", "rate 1 month", kBackwards,
                         "2021-06-01T12:00:00Z", "2022-06-30", "no_data -/- plan_not_started"},
                    Edge{"AVolumeThatEndsBeforeItBegins", "volume x1", kBackwards,
                         "2021-06-01T12:00:00Z", "2022-06-30", "no_data -/- plan_not_started"},
                    Edge{"AShareThatEndsBeforeItBegins", "share 0.1", kBackwards,
                         "2021-06-01T12:00:00Z", "2022-06-30", "no_data -/- plan_not_started"},
                    Edge{"AMilestoneThatEndsBeforeItBegins", "milestone 1", kBackwards,
                         "2021-06-01T12:00:00Z", "2022-06-30", "no_data -/- plan_not_started"},
                    Edge{"AGrowthThatEndsBeforeItBegins", "growth x1.2", kBackwards,
                         "2021-06-01T12:00:00Z=400", "2022-06-30", "no_data -/- plan_not_started"}),
    [](const auto& p) { return p.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Figures, Edges,
    testing::Values(
        Edge{"NoData", "growth x1.2", kYear, "", "2021-06-30", "no_data -/- no_samples"},
        Edge{"OneSample", "growth x1.5", kYear, "2021-02-01T06:00:00Z=400", "2021-03-01",
             "behind 400/600"},
        Edge{"EqualSamples", "growth x1.5", kYear,
             "2021-01-01T06:00:00Z=400 2021-03-01T06:00:00Z=400 2021-06-01T06:00:00Z=400",
             "2021-06-30", "behind 400/600"},
        Edge{"FallingFollowers", "growth x1.5", kYear,
             "2020-12-31T06:00:00Z=400 2021-06-01T06:00:00Z=380", "2021-06-30", "behind 380/600"},
        Edge{"ABaselineOfZero", "growth x2", kYear,
             "2020-12-31T06:00:00Z=0 2021-06-01T06:00:00Z=12", "2021-06-30",
             "no_data 12/- baseline_zero"},
        Edge{"AFigureAfterTheInstantIsNotSeen", "growth x1.5", kYear,
             "2020-12-31T06:00:00Z=400 2021-07-01T06:00:00Z=900", "2021-06-30", "behind 400/600"},
        Edge{"AFutureInstantSeesWhatThereIs", "growth x1.5", kYear,
             "2020-12-31T06:00:00Z=400 2021-06-01T06:00:00Z=500", "2021-12-31", "missed 500/600"},
        Edge{"VolumeWithoutALastYear", "volume x1.25", kYear, "2021-02-01T12:00:00Z", "2021-06-30",
             "no_data 1/- baseline_zero"},
        Edge{"AnIntendedFall", "growth x0.5", kYear,
             "2020-12-31T06:00:00Z=400 2021-06-01T06:00:00Z=300", "2021-06-30", "on_track 300/200"},
        Edge{"ARateOfAFutureInstant", "rate 1 month", "2021-11-01 2021-12-31",
             "2021-11-05T12:00:00Z", "2021-12-15", "on_track 0/1 1 0"},
        Edge{"AFallToZero", "growth x1.5", kYear, "2020-12-31T06:00:00Z=400 2021-06-01T06:00:00Z=0",
             "2021-06-30", "behind 0/600"},
        Edge{"AShareOfNoPosts", "share 0.1", kYear, "", "2021-06-30", "no_data -/0.1 no_posts"}),
    [](const auto& p) { return p.param.name; });

class FallingLevel : public testing::Test {
  protected:
    FallingLevel() {
        plan_.from = parse_date("2021-01-01").value();
        plan_.to = parse_date("2021-12-31").value();
        target_ = target_of("growth x1.2");
        target_.id = "t";
    }
    /// A level each day from 1 January on, changing by `gain` a day.
    void daily(double first, double gain, int days) {
        for (int d = 0; d < days; ++d) {
            facts_.series["fb/followers"].push_back(
                {"followers", "", utc("2021-01-01T06:00:00Z") + std::chrono::hours{24 * d},
                 first + gain * d});
        }
    }
    TargetResult as_of(const char* text) {
        const sys_seconds t = parse_as_of(text, zone_).value();
        facts_.as_of = t;
        return evaluate(target_, plan_, zone_, {}, facts_, t).value();
    }

    Plan plan_;
    Target target_;
    FakeFacts facts_;
    Zone zone_ = Zone::find("Europe/Stockholm").value();
};

TEST_F(FallingLevel, IsForecastToFallButNeverBelowZero) {
    daily(100, -1, 90);
    const TargetResult r = as_of("2021-03-31");
    EXPECT_EQ(r.gain->median, -7);
    EXPECT_EQ(r.forecast->value, 0);
    EXPECT_EQ(r.forecast->low, 0);
}

TEST_F(FallingLevel, AJumpIsListedAndNotExtrapolated) {
    daily(400, 1, 90);
    for (Sample& s : facts_.series["fb/followers"]) {
        if (s.at >= utc("2021-03-10T00:00:00Z")) s.value += 100;
    }
    const TargetResult r = as_of("2021-03-31");
    ASSERT_EQ(r.jumps.size(), 1U);
    EXPECT_EQ(r.jumps[0].gain, 107);
    EXPECT_TRUE(r.jumps[0].span.contains(utc("2021-03-10T06:00:00Z")));
    EXPECT_EQ(r.gain->median, 7);
    EXPECT_NEAR(r.forecast->value, *r.value + 7 * 39.3, 2);
}

TEST_F(FallingLevel, AFigureThatMovesOnceAMonthStillGrows) {
    for (int month = 1; month <= 6; ++month) {
        const auto second = date::sys_days{date::year{2021} / month / 2};
        facts_.series["fb/followers"].push_back(
            {"followers", "", sys_seconds{second} + std::chrono::hours{3}, 100.0 + 8 * month});
    }
    const TargetResult r = as_of("2021-06-30");
    EXPECT_GT(r.gain->median, 1);
    EXPECT_GT(r.forecast->value, 170);
}

TEST_F(FallingLevel, SaysHowItsFiguresAreKnown) {
    daily(400, 1, 60);
    EXPECT_EQ(as_of("2021-03-01").standings.front().how, Measurability::measured);
    EXPECT_EQ(as_of("2021-03-20").standings.front().how, Measurability::gap) << "not read since";
    facts_.open_gaps["fb"] = {
        {{"followers", "", GapReason::retired, "ended"}, utc("2021-02-01T00:00:00Z")}};
    const Standing retired = as_of("2021-03-01").standings.front();
    EXPECT_EQ(retired.how, Measurability::retired);
    EXPECT_EQ(retired.at, utc("2021-02-01T00:00:00Z"));
    facts_.open_gaps.clear();
    facts_.series["fb/followers"].back().by = "Kim";
    const Standing by_hand = as_of("2021-03-01").standings.front();
    EXPECT_EQ(by_hand.how, Measurability::confirmed);
    EXPECT_EQ(by_hand.note, "Kim");
}

TEST_F(FallingLevel, WarnsOfABaselineThatNobodyCanLookUp) {
    daily(400, 1, 60);
    EXPECT_EQ(as_of("2021-03-01").cautions, std::vector{Caution::baseline_late});
    target_.baseline = Baseline{400.0, plan_.from, false, ""};
    EXPECT_EQ(as_of("2021-03-01").cautions, std::vector{Caution::baseline_unsourced});
    target_.baseline->note = "protocol of the annual meeting";
    EXPECT_TRUE(as_of("2021-03-01").cautions.empty());
}

TEST_F(FallingLevel, AForecastOfAMonthAgoIsComparedWithWhatCame) {
    daily(400, 1, 120);
    plan_.targets = {target_};
    FakeFacts now;
    now.series = facts_.series;
    now.as_of = utc("2021-04-30T21:59:59Z");
    facts_.as_of = utc("2021-03-31T21:59:59Z");
    const auto steady = review_forecasts(plan_, {}, facts_, facts_.as_of, now, now.as_of).value();
    ASSERT_EQ(steady.size(), 1U);
    EXPECT_EQ(steady[0].truth, 519);
    EXPECT_TRUE(steady[0].inside());
    for (Sample& s : now.series["fb/followers"]) {
        if (s.at > facts_.as_of) s.value += 300;
    }
    EXPECT_FALSE(
        review_forecasts(plan_, {}, facts_, facts_.as_of, now, now.as_of).value()[0].inside());
}

class WhatIf : public testing::Test {
  protected:
    WhatIf() {
        plan_.from = parse_date("2021-01-01").value();
        plan_.to = parse_date("2021-12-31").value();
    }
    TargetResult then(const char* kind, const std::string& stored, const char* pace,
                      const char* until) {
        target_ = target_of(kind);
        imagined_ = {utc("2021-11-22T06:00:00Z"),
                     parse_as_of(until, zone_).value(),
                     parse_pace(pace).value(),
                     {}};
        facts_ = std::make_unique<FakeFacts>();
        fill(*facts_, target_, stored, imagined_.now);
        return what_if(target_, plan_, zone_, {}, *facts_, imagined_).value();
    }
    std::optional<std::int64_t> enough() const {
        return narvaro::enough(target_, plan_, zone_, {}, *facts_, imagined_).value();
    }

    Plan plan_;
    Zone zone_ = Zone::find("Europe/Stockholm").value();
    Target target_;
    Imagined imagined_{};
    std::unique_ptr<FakeFacts> facts_;
};

std::string repeated(const std::string& word, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += word + " ";
    return all;
}

TEST_F(WhatIf, TwoMoreHookPostsLiftTheShare) {
    const std::string stored =
        repeated("2021-03-01T10:00:00Z", 42) + repeated("2021-03-02T10:00:00Z=hook", 4);
    const TargetResult r = then("share 0.1", stored, "2", "2021-11-30");
    EXPECT_EQ(r.matched, 6);
    EXPECT_EQ(r.of, 48);
    EXPECT_DOUBLE_EQ(*r.value, 0.125);
    EXPECT_EQ(enough(), 1) << "5 of 47 are 10.6 %";
}

TEST_F(WhatIf, APaceIsSpreadOverItsWeeks) {
    const TargetResult r = then("rate 1 month", "", "2/week", "2021-12-31");
    EXPECT_EQ(r.periods[10].count, 2) << "eight days of November are left";
    EXPECT_EQ(r.periods[11].count, 9);
    EXPECT_EQ(r.state, TargetState::missed) << "January cannot be made good";
    EXPECT_EQ(enough(), std::nullopt);
}

TEST_F(WhatIf, GrowthTakesTheUnitsOfItsLevel) {
    const TargetResult r = then("growth x1.2", "2020-12-31T06:00:00Z=400 2021-11-20T06:00:00Z=463",
                                "20", "2021-12-31");
    EXPECT_EQ(r.value, 483);
    EXPECT_EQ(r.state, TargetState::met);
    EXPECT_EQ(enough(), 17);
}

TEST_F(WhatIf, RefusesWhatPostsDoNotMoveAndDaysThatAreOver) {
    then("volume x1", "2020-03-01T10:00:00Z", "1", "2021-12-31");
    imagined_.until = imagined_.now;
    EXPECT_EQ(what_if(target_, plan_, zone_, {}, *facts_, imagined_).error().fault, Fault::usage);
    target_.kind = TargetKind::coverage;
    imagined_.until = imagined_.now + seconds{1};
    EXPECT_EQ(what_if(target_, plan_, zone_, {}, *facts_, imagined_).error().fault, Fault::usage);
}

TEST(PaceWords, AreANumberAndAUnit) {
    EXPECT_EQ(parse_pace("2/week")->per, std::chrono::days{7});
    EXPECT_EQ(parse_pace("0.5/day")->amount, 0.5);
    EXPECT_EQ(parse_pace("3")->per, std::nullopt);
    for (const char* bad : {"", "x", "2/", "2/year", "-1", "2 /week", "nan", "inf", "1e9"}) {
        EXPECT_FALSE(parse_pace(bad)) << bad;
    }
}

}  // namespace
}  // namespace narvaro
