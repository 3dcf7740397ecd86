#include "core/time.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

Zone stockholm() { return Zone::find("Europe/Stockholm").value(); }
sys_seconds utc(const char* text) { return parse_instant(text).value(); }
date::local_days day(const char* text) { return parse_date(text).value(); }

struct InstantCase {
    const char* name;
    const char* text;
    const char* utc;  ///< empty: not an instant
};
class ParseInstant : public testing::TestWithParam<InstantCase> {};

TEST_P(ParseInstant, ReadsRfc3339AndNothingElse) {
    const InstantCase& c = GetParam();
    const auto t = parse_instant(c.text);
    EXPECT_EQ(t ? format_utc(*t) : "", c.utc);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ParseInstant,
    testing::Values(
        InstantCase{"Utc", "2021-02-28T23:30:00Z", "2021-02-28T23:30:00Z"},
        InstantCase{"OffsetIsTakenOff", "2021-06-30T23:59:59+02:00", "2021-06-30T21:59:59Z"},
        InstantCase{"WestIsAdded", "2021-06-30T20:00:00-05:30", "2021-07-01T01:30:00Z"},
        InstantCase{"FractionIsCut", "2021-01-01T00:00:00.999Z", "2021-01-01T00:00:00Z"},
        InstantCase{"NoOffset", "2021-01-01T00:00:00", ""},
        InstantCase{"NoSuchDay", "2021-02-29T00:00:00Z", ""},
        InstantCase{"NoSuchHour", "2021-02-28T24:00:00Z", ""},
        InstantCase{"EmptyFraction", "2021-01-01T00:00:00.Z", ""},
        InstantCase{"Rubbish", "yesterday at about noon!", ""}, InstantCase{"Empty", "", ""}),
    [](const auto& p) { return p.param.name; });

struct WeekCase {
    const char* name;
    const char* day;
    const char* week;
};
class WeekOf : public testing::TestWithParam<WeekCase> {};

TEST_P(WeekOf, FollowsIso8601) {
    const WeekCase& c = GetParam();
    const IsoWeek week = week_of(day(c.day));
    EXPECT_EQ(to_string(week), c.week);
    EXPECT_EQ(parse_week(c.week), week);
    EXPECT_LE(monday_of(week), day(c.day));
    EXPECT_LT(day(c.day) - monday_of(week), date::days{7});
}

INSTANTIATE_TEST_SUITE_P(
    Days, WeekOf,
    testing::Values(WeekCase{"NewYearInTheOldYearsWeek53", "2021-01-01", "2020-W53"},
                    WeekCase{"FirstMonday", "2021-01-04", "2021-W01"},
                    WeekCase{"NewYearsEveInTheNewYearsWeek", "2018-12-31", "2019-W01"},
                    WeekCase{"LastSunday", "2021-01-03", "2020-W53"},
                    WeekCase{"MidYear", "2021-11-22", "2021-W47"}),
    [](const auto& p) { return p.param.name; });

TEST(ParseWeek, RefusesWeek53OfAYearThatHas52) {
    EXPECT_FALSE(parse_week("2021-W53"));
    EXPECT_TRUE(parse_week("2020-W53"));
    EXPECT_FALSE(parse_week("2021-W00"));
    EXPECT_FALSE(parse_week("2021-47"));
}

TEST(Zone, APostLateOnTheLastOfFebruaryUtcBelongsToMarchInStockholm) {
    const Zone zone = stockholm();
    EXPECT_EQ(format_month(zone.month_of(utc("2021-02-28T22:59:59Z"))), "2021-02");
    EXPECT_EQ(format_month(zone.month_of(utc("2021-02-28T23:30:00Z"))), "2021-03");
    EXPECT_EQ(zone.month(parse_month("2021-03").value()),
              (Span{utc("2021-02-28T23:00:00Z"), utc("2021-03-31T22:00:00Z")}));
}

TEST(Zone, ADayOfChangingClocksHas23Or25Hours) {
    const Zone zone = stockholm();
    const Span spring = zone.day(day("2021-03-28"));
    const Span autumn = zone.day(day("2021-10-31"));
    EXPECT_EQ(spring.to - spring.from, std::chrono::hours{23});
    EXPECT_EQ(autumn.to - autumn.from, std::chrono::hours{25});
    EXPECT_EQ(zone.format(autumn.from), "2021-10-31T00:00:00+02:00");
    EXPECT_EQ(zone.format(autumn.to), "2021-11-01T00:00:00+01:00");
}

TEST(Zone, AWeekOfChangingClocksIsNot168Hours) {
    const Span week = stockholm().week(parse_week("2021-W43").value());
    EXPECT_EQ(format_utc(week.from), "2021-10-24T22:00:00Z");
    EXPECT_EQ(format_utc(week.to), "2021-10-31T23:00:00Z");
}

TEST(Zone, AnHourThatIsSkippedIsTheEndOfTheGap) {
    const auto skipped = date::local_seconds{day("2021-03-28")} + std::chrono::minutes{150};
    EXPECT_EQ(format_utc(stockholm().instant_of(skipped)), "2021-03-28T01:00:00Z");
}

TEST(Zone, AnUnknownNameIsAConfigurationError) {
    const auto zone = Zone::find("Europe/Vallentuna");
    ASSERT_FALSE(zone);
    EXPECT_EQ(zone.error().fault, Fault::config);
}

TEST(ParseAsOf, ABareDateIsTheEndOfThatDayInTheZone) {
    const Zone zone = stockholm();
    EXPECT_EQ(zone.format(parse_as_of("2021-06-30", zone).value()), "2021-06-30T23:59:59+02:00");
    EXPECT_EQ(format_utc(parse_as_of("2021-06-30T12:00:00Z", zone).value()),
              "2021-06-30T12:00:00Z");
    EXPECT_EQ(parse_as_of("last tuesday", zone).error().fault, Fault::usage);
}

}  // namespace
}  // namespace narvaro
