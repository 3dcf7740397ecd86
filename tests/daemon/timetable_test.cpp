#include "daemon/timetable.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const sys_seconds kPolled = parse_instant("2021-03-01T12:00:00Z").value();

struct WhyCase {
    const char* name;
    seconds wait;
    int failures;
    std::optional<seconds> news_before;
    std::optional<seconds> host_wait;
    const char* why;
};
class Why : public testing::TestWithParam<WhyCase> {};

TEST_P(Why, SaysWhatTheNextPollWaitsFor) {
    const WhyCase& c = GetParam();
    const Source source{"web", SourceKind::website, "https://site.example/feed", {}, hours{1}};
    SourceStatus status;
    status.last_attempt = kPolled;
    status.next_poll = kPolled + c.wait;
    status.consecutive_failures = c.failures;
    if (c.news_before) status.news_at = kPolled - *c.news_before;
    std::optional<sys_seconds> host_wait;
    if (c.host_wait) host_wait = kPolled + *c.host_wait;
    const auto all = departures(source, status, host_wait);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].why, c.why);
    EXPECT_EQ(all[0].next, status.next_poll);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Why,
    testing::Values(WhyCase{"Usual", minutes{63}, 0, {}, {}, "rhythm"},
                    WhyCase{"Failing", hours{4}, 3, {}, {}, "3 failures"},
                    WhyCase{"Published", minutes{5}, 0, seconds{0}, {}, "it has just published"},
                    WhyCase{"MaxAge", hours{6}, 0, {}, {}, "its server asked for longer"},
                    WhyCase{"Patience", hours{2}, 1, {}, hours{2}, "its host asked for patience"}),
    [](const auto& p) { return p.param.name; });

TEST(Departures, OfAnInstagramAccountHaveABeatForStories) {
    const Source source{"ig", SourceKind::instagram, "1", {}, hours{6}};
    SourceStatus status;
    status.last_attempt = kPolled;
    status.next_poll = kPolled + hours{6};
    status.beats["stories"] = kPolled + hours{3};
    const auto all = departures(source, status, {});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].beat, "stories");
    EXPECT_EQ(all[1].every, hours{3});
    EXPECT_EQ(all[1].next, kPolled + hours{3});
}

}  // namespace
}  // namespace narvaro
