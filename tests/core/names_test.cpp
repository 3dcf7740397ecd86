#include <gtest/gtest.h>

#include "core/plan.h"
#include "core/post.h"
#include "core/sample.h"
#include "core/source.h"

namespace narvaro {
namespace {

TEST(Names, AreReadBackAsTheyAreWritten) {
    for (const auto* name : {"website", "press", "facebook", "instagram", "meta-ads"}) {
        ASSERT_TRUE(parse_source_kind(name)) << name;
        EXPECT_STREQ(name_of(*parse_source_kind(name)), name);
    }
    for (const auto* name :
         {"post", "article", "story", "collaboration", "tag", "watched", "press"}) {
        ASSERT_TRUE(parse_post_kind(name)) << name;
        EXPECT_STREQ(name_of(*parse_post_kind(name)), name);
    }
    for (const auto* name : {"forbidden", "below_threshold", "retired", "closed", "failed"}) {
        ASSERT_TRUE(parse_gap_reason(name)) << name;
        EXPECT_STREQ(name_of(*parse_gap_reason(name)), name);
    }
    EXPECT_FALSE(parse_source_kind("instagran"));
    EXPECT_FALSE(parse_target_kind(""));
}

TEST(PostId, IsTheSourceAndThePlatformsOwnId) { EXPECT_EQ(post_id("fb", "1000_1"), "fb/1000_1"); }

TEST(Text, FallsBackToTheOtherLanguage) {
    const Text both{"Mål", "Goal"};
    EXPECT_EQ(both.in("sv"), "Mål");
    EXPECT_EQ(both.in("en"), "Goal");
    EXPECT_EQ((Text{"Mål", ""}).in("en"), "Mål");
    EXPECT_EQ((Text{"", "Goal"}).in("sv"), "Goal");
}

}  // namespace
}  // namespace narvaro
