#include "daemon/digest_hour.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace narvaro {
namespace {

sys_seconds utc(const char* text) { return parse_instant(text).value(); }

struct DueCase {
    const char* name;
    const char* now;
    const char* week;
    const char* due;
    const char* next;
};
class LatestDue : public testing::TestWithParam<DueCase> {};

TEST_P(LatestDue, IsTheLastCompleteWeekWhoseHourHasCome) {
    const DueCase& c = GetParam();
    const Zone zone = Zone::find("Europe/Stockholm").value();
    const DigestHour monday_at_seven{date::Monday, std::chrono::hours{7}};
    const DueDigest due = latest_due(utc(c.now), monday_at_seven, zone);
    EXPECT_EQ(to_string(due.week), c.week);
    EXPECT_EQ(format_utc(due.due), c.due);
    EXPECT_EQ(format_utc(next_digest_hour(utc(c.now), monday_at_seven, zone)), c.next);
}

INSTANTIATE_TEST_SUITE_P(Instants, LatestDue,
                         testing::Values(DueCase{"JustBefore", "2021-11-22T05:59:59Z", "2021-W45",
                                                 "2021-11-15T06:00:00Z", "2021-11-22T06:00:00Z"},
                                         DueCase{"OnTheSecond", "2021-11-22T06:00:00Z", "2021-W46",
                                                 "2021-11-22T06:00:00Z", "2021-11-29T06:00:00Z"},
                                         DueCase{"AfterTheClocksWentBack", "2021-11-01T06:30:00Z",
                                                 "2021-W43", "2021-11-01T06:00:00Z",
                                                 "2021-11-08T06:00:00Z"},
                                         DueCase{"InSummer", "2021-07-05T05:00:00Z", "2021-W26",
                                                 "2021-07-05T05:00:00Z", "2021-07-12T05:00:00Z"},
                                         DueCase{"OverNewYear", "2021-01-06T12:00:00Z", "2020-W53",
                                                 "2021-01-04T06:00:00Z", "2021-01-11T06:00:00Z"}),
                         [](const auto& p) { return p.param.name; });

TEST(DigestDue, AFridayHourIsInTheWeekAfter) {
    const Zone zone = Zone::find("Europe/Stockholm").value();
    const DigestHour friday{date::Friday, std::chrono::hours{16}};
    EXPECT_EQ(format_utc(digest_due({2021, 46}, friday, zone)), "2021-11-26T15:00:00Z");
}

struct MissingCase {
    const char* name;
    const char* since;
    std::vector<const char*> there;
    const char* week;  ///< null: none is missing
};
class OldestMissing : public testing::TestWithParam<MissingCase> {};

TEST_P(OldestMissing, IsTheFirstWeekAfterTheNewestThatIsThere) {
    const MissingCase& c = GetParam();
    const Zone zone = Zone::find("Europe/Stockholm").value();
    const auto missing = oldest_missing(
        utc("2021-11-24T12:00:00Z"), utc(c.since), {date::Monday, std::chrono::hours{7}}, zone,
        [&](IsoWeek week) -> Result<bool> {
            return std::find(c.there.begin(), c.there.end(), to_string(week)) != c.there.end();
        });
    ASSERT_TRUE(missing);
    ASSERT_EQ(missing->has_value(), c.week != nullptr);
    if (c.week) EXPECT_EQ(to_string((*missing)->week), c.week);
}

INSTANTIATE_TEST_SUITE_P(
    Weeks, OldestMissing,
    testing::Values(MissingCase{"None", "2021-01-01T00:00:00Z", {"2021-W46"}, nullptr},
                    MissingCase{"TheLast", "2021-01-01T00:00:00Z", {"2021-W45"}, "2021-W46"},
                    MissingCase{"ThreeMissed", "2021-01-01T00:00:00Z", {"2021-W43"}, "2021-W44"},
                    MissingCase{
                        "NothingYetSinceTheFirstStart", "2021-11-10T00:00:00Z", {}, "2021-W45"},
                    MissingCase{"StartedAfterTheHour", "2021-11-22T06:00:01Z", {}, nullptr},
                    MissingCase{"AYearAtMost", "2011-01-01T00:00:00Z", {}, "2020-W47"}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace narvaro
