#include "daemon/token_state.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

const sys_seconds kEnd = parse_instant("2021-06-30T00:00:00Z").value();

sys_seconds days_before(int days) { return kEnd - std::chrono::hours{24 * days}; }

TokenState ends(std::optional<sys_seconds> token, std::optional<sys_seconds> data) {
    return {days_before(60), true, token, data, ""};
}

TEST(TokenWarning, IsGivenOnceAtTwentyOneSevenAndOneDays) {
    TokenState before = ends(kEnd, {});
    std::vector<int> warned;
    for (int days = 60; days >= 0; --days) {
        TokenState state = ends(kEnd, {});
        state.checked = days_before(days);
        if (token_warning(state, state.checked, before)) warned.push_back(days);
        before = state;
    }
    EXPECT_EQ(warned, (std::vector<int>{21, 7, 1}));
}

TEST(TokenWarning, StandsInTheStatusAsLongAsItIsTrue) {
    const TokenState state = ends(kEnd, {});
    EXPECT_FALSE(token_warning(state, days_before(22), {}));
    for (const int days : {21, 12, 3, 0}) {
        const auto warning = token_warning(state, days_before(days), {});
        ASSERT_TRUE(warning) << days;
        EXPECT_EQ(warning->what,
                  "the token ends on 2021-06-30, in " + std::to_string(days) + " days");
        EXPECT_NE(warning->remedy.find("narvaro token exchange"), std::string::npos);
    }
}

TEST(TokenWarning, TakesTheEarlierOfTheTwoEnds) {
    const TokenState state = ends({}, kEnd);
    ASSERT_TRUE(token_warning(state, days_before(5), {}));
    EXPECT_NE(token_warning(state, days_before(5), {})->what.find("access to its data"),
              std::string::npos);
    EXPECT_EQ(token_days_left(ends(days_before(-9), kEnd), days_before(5)), 5);
    EXPECT_FALSE(token_days_left(ends({}, {}), days_before(5)));
}

TEST(TokenWarning, OfATokenThatEndsSoonerThanTheFormerOneIsGivenAtOnce) {
    EXPECT_TRUE(token_warning(ends(kEnd, {}), days_before(6), ends(days_before(-80), {})));
}

TEST(TokenWarning, SaysWhenTheTokenIsRefused) {
    const TokenState state{kEnd, false, {}, {}, "Session has expired."};
    const auto warning = token_warning(state, kEnd, ends(kEnd, {}));
    ASSERT_TRUE(warning);
    EXPECT_NE(warning->what.find("Session has expired."), std::string::npos);
}

}  // namespace
}  // namespace narvaro
