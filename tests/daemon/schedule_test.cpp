#include "daemon/schedule.h"

#include <set>

#include <gtest/gtest.h>

#include "core/stable_hash.h"

namespace narvaro {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const sys_seconds kNow = parse_instant("2021-03-01T12:00:00Z").value();

Source source(const char* id, seconds every) {
    Source s;
    s.id = id;
    s.every = every;
    return s;
}

TEST(NextPoll, ComesAfterTheIntervalAndAtMostATenthLater) {
    const auto wait = next_poll(source("web", hours{1}), {kNow, 0, {}}) - kNow;
    EXPECT_GE(wait, hours{1});
    EXPECT_LT(wait, hours{1} + minutes{6});
}

TEST(NextPoll, IsTheSameForTheSamePollAndDiffersBetweenSources) {
    std::set<sys_seconds> seen;
    for (const char* id : {"web", "fb", "ig", "ads", "mitti", "norrort"}) {
        const auto next = next_poll(source(id, hours{1}), {kNow, 0, {}});
        EXPECT_EQ(next, next_poll(source(id, hours{1}), {kNow, 0, {}}));
        seen.insert(next);
    }
    EXPECT_GT(seen.size(), 3U);
}

TEST(NextPoll, HasAnOffsetOfTheSourcesOwn) {
    // The mean wait over many polls differs between sources; that of one source is its own.
    const auto mean = [](const char* id) {
        seconds sum{0};
        for (int i = 0; i < 2000; ++i) {
            const sys_seconds at = kNow + seconds{i * 3571};
            sum += next_poll(source(id, hours{10}), {at, 0, {}}) - at;
        }
        return sum / 2000;
    };
    std::set<std::int64_t> minutes_late;
    for (const char* id : {"web", "fb", "mitti", "norrort", "roslagen"}) {
        const auto own = seconds{stable_hash(id) % 1800} + hours{10} + seconds{900};
        EXPECT_NEAR(static_cast<double>(mean(id).count()), static_cast<double>(own.count()), 60);
        minutes_late.insert(own / minutes{1});
    }
    EXPECT_GE(minutes_late.size(), 4U);
}

TEST(NextPoll, DoublesWithEachFailureUpToADayAndNeverGivesUp) {
    seconds before{0};
    for (int failures = 1; failures <= 5; ++failures) {
        const auto wait = next_poll(source("web", hours{1}), {kNow, failures, {}}) - kNow;
        EXPECT_GE(wait, hours{1 << (failures - 1)});
        EXPECT_GT(wait, before);
        before = wait;
    }
    const auto after_a_year = next_poll(source("web", hours{1}), {kNow, 9000, {}}) - kNow;
    EXPECT_GE(after_a_year, hours{24});
    EXPECT_LE(after_a_year, hours{27});
}

TEST(NextPoll, HeedsTheServersWishButNotForMoreThanADay) {
    EXPECT_GE(next_poll(source("web", hours{1}), {kNow, 1, hours{5}}) - kNow, hours{5});
    EXPECT_LE(next_poll(source("web", hours{1}), {kNow, 1, hours{24 * 365}}) - kNow, hours{24});
    EXPECT_GE(next_poll(source("web", hours{1}), {kNow, 0, minutes{1}}) - kNow, hours{1});
}

TEST(FirstPoll, SpreadsASourceOverTheFirstMinute) {
    std::set<sys_seconds> seen;
    for (int i = 0; i < 40; ++i) {
        const auto first = first_poll(source(("s" + std::to_string(i)).c_str(), hours{1}), kNow);
        EXPECT_GE(first, kNow);
        EXPECT_LT(first, kNow + minutes{1});
        seen.insert(first);
    }
    EXPECT_GT(seen.size(), 15U);
}

}  // namespace
}  // namespace narvaro
