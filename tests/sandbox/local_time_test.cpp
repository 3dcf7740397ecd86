#include "local_time.h"

#include <gtest/gtest.h>

#include "testing.h"

namespace narvaro::sandbox {
namespace {

struct Hour {
    const char* utc;
    Local stockholm;
};

TEST(Stockholm, ShowsSummerAndWinterTime) {
    for (const Hour& h : {Hour{"2020-12-31T23:30:00Z", {2021, 1, 1, 0, 30, 0}},
                          Hour{"2021-03-28T00:59:59Z", {2021, 3, 28, 1, 59, 59}},
                          Hour{"2021-03-28T01:00:00Z", {2021, 3, 28, 3, 0, 0}},
                          Hour{"2021-10-31T00:30:00Z", {2021, 10, 31, 2, 30, 0}},
                          Hour{"2021-10-31T01:30:00Z", {2021, 10, 31, 2, 30, 0}},
                          Hour{"2020-02-29T12:00:00Z", {2020, 2, 29, 13, 0, 0}}}) {
        EXPECT_EQ(stockholm(at(h.utc)), h.stockholm) << h.utc;
    }
}

/// The sandbox's own table against the system's time zones, every six hours of four years.
TEST(Stockholm, AgreesWithTheSystemsTimeZones) {
    const auto zone = Zone::find("Europe/Stockholm");
    ASSERT_TRUE(zone);
    for (auto t = at("2019-06-01T00:00:00Z"); t < at("2023-06-01T00:00:00Z"); t += seconds{21600}) {
        ASSERT_EQ(stockholm_offset(t),
                  (zone->local(t).time_since_epoch() - t.time_since_epoch()).count())
            << format_utc(t);
        ASSERT_EQ(from_stockholm(stockholm(t)), t) << format_utc(t);
    }
}

TEST(Stockholm, ADoubledHourMeansItsFirstInstant) {
    EXPECT_EQ(from_stockholm({2021, 10, 31, 2, 30, 0}), at("2021-10-31T00:30:00Z"));
}

TEST(Pacific, AgreesWithTheSystemsTimeZones) {
    const auto zone = Zone::find("America/Los_Angeles");
    ASSERT_TRUE(zone);
    for (auto t = at("2019-01-01T00:00:00Z"); t < at("2027-01-01T00:00:00Z");
         t += seconds{3600 * 5}) {
        ASSERT_EQ(pacific_offset(t),
                  (zone->local(t).time_since_epoch() - t.time_since_epoch()).count())
            << format_utc(t);
    }
}

TEST(Written, AsEachPlatformWritesInstants) {
    const auto t = at("2021-03-09T11:36:27Z");
    EXPECT_EQ(meta_time(t), "2021-03-09T11:36:27+0000");
    EXPECT_EQ(meta_local_time(t), "2021-03-09T12:36:27+0100");
    EXPECT_EQ(meta_local_time(at("2021-07-01T10:00:00Z")), "2021-07-01T12:00:00+0200");
    EXPECT_EQ(mail_date(t), "Tue, 09 Mar 2021 11:36:27 +0000");
    EXPECT_EQ(swedish_date(t), "tis, 09 mars 2021 12:36:27 CET");
    EXPECT_EQ(swedish_date(at("2021-08-14T22:30:00Z")), "sön, 15 augusti 2021 00:30:00 CEST");
}

}  // namespace
}  // namespace narvaro::sandbox
