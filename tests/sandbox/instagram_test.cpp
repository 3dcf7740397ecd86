#include <gtest/gtest.h>

#include "testing.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

const std::string kAccount = kInstagram;

TEST(Instagram, CountsMoreMediaThanItLists) {
    Running sandbox{"2021-12-31T22:59:59Z"};
    const Json node =
        sandbox.json(kAccount + "?fields=username,followers_count,follows_count,media_count");
    EXPECT_EQ(node["username"], kHandle);
    EXPECT_EQ(node["followers_count"], 291);
    EXPECT_EQ(node["follows_count"], 331);
    const auto media = sandbox.all(kAccount + "/media?fields=id,username&limit=50");
    EXPECT_EQ(node["media_count"].get<std::size_t>(), media.size() + 4);  // four collaborations
    for (const Json& item : media) EXPECT_EQ(item["username"], kHandle);
}

TEST(Instagram, LeavesOutCaptionsAndHiddenLikes) {
    Running sandbox{"2021-12-31T22:59:59Z"};
    std::size_t captions = 0;
    std::size_t likes = 0;
    const auto media = sandbox.all(kAccount + "/media?fields=id,caption,like_count&limit=50");
    for (const Json& item : media) {
        captions += item.contains("caption") ? 1U : 0U;
        likes += item.contains("like_count") ? 1U : 0U;
    }
    EXPECT_GT(captions, 0U);
    EXPECT_LT(captions, media.size());
    EXPECT_GT(likes, 0U);
    EXPECT_LT(likes, media.size());
}

TEST(InstagramStories, LiveForADay) {
    Running sandbox{"2021-06-14T11:17:59Z"};  // one at 13:18 in Stockholm
    const auto stories = [&] {
        return sandbox.json(kAccount + "/stories?fields=caption")["data"].size();
    };
    EXPECT_EQ(stories(), 0U);
    sandbox.clock("2021-06-14T11:18:00Z");
    EXPECT_EQ(stories(), 1U);
    sandbox.clock("2021-06-15T11:17:59Z");
    EXPECT_EQ(stories(), 1U);
    sandbox.clock("2021-06-15T11:18:00Z");
    EXPECT_EQ(stories(), 0U);
}

TEST(InstagramTags, GiveCursorsButNoNext) {
    Running sandbox{"2021-12-31T22:59:59Z"};
    const Json first = sandbox.json(kAccount + "/tags?fields=username&limit=4");
    EXPECT_EQ(first["data"].size(), 4U);
    EXPECT_FALSE(first["paging"].contains("next"));
    const std::string after = first["paging"]["cursors"]["after"];
    const Json second = sandbox.json(kAccount + "/tags?fields=username&limit=4&after=" + after);
    EXPECT_EQ(second["data"].size(), 2U);
    const std::string end = second["paging"]["cursors"]["after"];
    const Json third = sandbox.json(kAccount + "/tags?fields=username&limit=4&after=" + end);
    EXPECT_TRUE(third["data"].empty());
    EXPECT_FALSE(third.contains("paging"));
}

TEST(InstagramCollaborations, AreListedOnBothSides) {
    Running sandbox{"2021-12-31T22:59:59Z"};
    const Json theirs = sandbox.json(kAccount + "/collaborative_media?fields=id,username,caption");
    ASSERT_EQ(theirs["data"].size(), 4U);
    EXPECT_EQ(theirs["data"][0]["username"], "ungvansterroslagen");
    EXPECT_EQ(code_of(sandbox.call(theirs["data"][0]["id"].get<std::string>())), 100);
    int accepted = 0;
    for (const Json& media : sandbox.all(kAccount + "/media?fields=id,collaborators&limit=50")) {
        if (!media.contains("collaborators")) continue;
        const Json list = sandbox.json(media["id"].get<std::string>() +
                                       "/collaborators?fields=username,invite_status");
        EXPECT_EQ(list["data"][0]["invite_status"], "Accepted");
        EXPECT_EQ(list["data"][1]["invite_status"], "Pending");
        ++accepted;
    }
    EXPECT_EQ(accepted, 2);
}

TEST(InstagramDiscovery, PagesByAfterInTheFields) {
    Running sandbox{"2021-12-31T22:59:59Z"};
    const auto page = [&](const std::string& modifiers) {
        return sandbox.json(kAccount +
                            "?fields=business_discovery.username(ungvansterroslagen)"
                            "%7Bfollowers_count,media" +
                            modifiers + "%7Bid,caption%7D%7D");
    };
    std::string modifiers = ".limit(20)";
    std::size_t count = 0;
    for (int i = 0; i < 10 && !modifiers.empty(); ++i) {
        const Json answer = page(modifiers);
        EXPECT_EQ(answer["id"], kInstagram);
        EXPECT_EQ(answer["business_discovery"]["followers_count"], 655);
        const Json media = answer["business_discovery"]["media"];
        EXPECT_FALSE(media["paging"].contains("next"));
        count += media["data"].size();
        const std::string after = media["paging"]["cursors"].value("after", "");
        modifiers = after.empty() ? "" : ".limit(20).after(" + after + ")";
    }
    std::size_t expected = 0;
    for (const Publication& p : world().publications)
        expected += p.owner == "ungvansterroslagen" ? 1 : 0;
    EXPECT_EQ(count, expected);
}

TEST(InstagramDiscovery, AnAccountThatDoesNotExistIsAnInvalidUser) {
    Running sandbox{"2021-06-15T06:00:00Z"};
    EXPECT_EQ(
        code_of(sandbox.call(kAccount + "?fields=business_discovery.username(nobody)%7Bid%7D")),
        110);
}

TEST(InstagramInsights, TellCitiesOfFollowers) {
    Running sandbox{"2021-06-15T06:00:00Z"};
    const std::string path = kAccount +
                             "/insights?metric=follower_demographics&period=lifetime"
                             "&metric_type=total_value&breakdown=city&timeframe=";
    const Json all = sandbox.json(path + "this_month");
    const Json rows = all["data"][0]["total_value"]["breakdowns"][0];
    EXPECT_EQ(rows["dimension_keys"], Json::array({"city"}));
    EXPECT_EQ(rows["results"][0]["dimension_values"][0], "Vallentuna, Stockholm County");
    EXPECT_EQ(code_of(sandbox.call(path + "last_90_days")), 100);
    sandbox.fault("/graph", "small_account", nullptr, 1);
    EXPECT_TRUE(sandbox.json(path + "this_month")["data"].empty());
}

TEST(InstagramInsights, OneBadNameFailsAll) {
    Running sandbox{"2021-06-15T06:00:00Z"};
    EXPECT_EQ(code_of(sandbox.call(kAccount + "/insights?metric=reach,impressions&period=day")),
              100);
    EXPECT_EQ(sandbox.json(kAccount + "/insights?metric=reach&period=day")["data"].size(), 1U);
}

}  // namespace
}  // namespace narvaro::sandbox
