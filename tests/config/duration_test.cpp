#include "config/duration.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

using namespace std::chrono_literals;

TEST(Duration, CarriesItsUnit) {
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("0s"), 0ms);
    EXPECT_EQ(parse_duration("90s"), 90s);
    EXPECT_EQ(parse_duration("15m"), 15min);
    EXPECT_EQ(parse_duration("15min"), 15min);
    EXPECT_EQ(parse_duration("6h"), 6h);
    EXPECT_EQ(parse_duration("1d"), 24h);
    EXPECT_EQ(parse_duration("366d"), 366 * 24h);
}

TEST(Duration, IsNothingWithoutUnitOrBeyondReason) {
    for (const char* text : {"", "5", "h", "-5s", "+5s", " 5s", "5 s", "5s ", "1.5h", "5x", "5H",
                             "367d", "99999999999999999999s", "9223372036854775807h"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(DurationText, IsWhatTheConfigurationWouldSay) {
    for (const char* text : {"90s", "15m", "1h", "36h", "7d"}) {
        EXPECT_EQ(duration_text(std::chrono::floor<std::chrono::seconds>(*parse_duration(text))),
                  text);
    }
    EXPECT_EQ(duration_text(std::chrono::seconds{0}), "0s");
}

}  // namespace
}  // namespace narvaro
