#include <gtest/gtest.h>

#include "testing.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr char kNow[] = "2021-06-15T06:00:00Z";
const std::string kPosts = std::string{kPage} + "/published_posts";

TEST(Page, TellsOnlyWhatIsAskedForAtTheClock) {
    Running sandbox{kNow};
    const Json node = sandbox.json(std::string{kPage} + "?fields=id,followers_count");
    EXPECT_EQ(node, Json({{"id", kPage}, {"followers_count", 438}}));
    sandbox.clock("2021-12-31T06:00:00Z");
    EXPECT_EQ(sandbox.json(std::string{kPage} + "?fields=followers_count")["followers_count"], 470);
}

TEST(Page, AFieldThatDoesNotExistFailsTheCall) {
    Running sandbox{kNow};
    const Reply reply = sandbox.call(std::string{kPage} + "?fields=id,followers");
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(code_of(reply), 100);
}

TEST(PagePosts, AreReadWholeByFollowingNextThroughAShortAndAnEmptyPage) {
    Running sandbox{kNow};
    int pages = 0;
    const auto posts = sandbox.all(kPosts + "?fields=id,created_time&limit=25", &pages);
    std::size_t expected = 0;
    for (const Publication& p : world().publications) {
        expected +=
            p.channel == Channel::facebook && p.form == Form::own && p.at <= at(kNow) ? 1 : 0;
    }
    EXPECT_EQ(posts.size(), expected);
    EXPECT_EQ(posts.front()["created_time"].get<std::string>().size(), 24U);
    EXPECT_EQ(pages, static_cast<int>((expected + 3 + 24) / 25) + 1);
    const Json second = sandbox.json(
        kPosts + "?limit=25&after=" +
        sandbox.json(kPosts + "?limit=25")["paging"]["cursors"]["after"].get<std::string>());
    EXPECT_EQ(second["data"].size(), 22U);
    const std::string next = second["paging"]["next"];
    const Json third = Json::parse(sandbox.get(next.substr(sandbox->url().size())).body);
    EXPECT_TRUE(third["data"].empty());
    EXPECT_TRUE(third["paging"].contains("next"));
}

TEST(PagePosts, LeaveOutWhatIsNotThere) {
    Running sandbox{kNow};
    bool without_message = false;
    bool without_shares = false;
    bool parent = false;
    bool share_without_parent = false;
    for (const Json& post :
         sandbox.all(kPosts + "?fields=message,shares,parent_id,status_type,story,"
                              "attachments%7Bmedia_type,unshimmed_url%7D")) {
        without_message = without_message || !post.contains("message");
        without_shares = without_shares || !post.contains("shares");
        parent = parent || post.contains("parent_id");
        share_without_parent =
            share_without_parent || (post.contains("story") && !post.contains("parent_id"));
        EXPECT_FALSE(post.contains("permalink_url"));
        if (post.contains("shares")) {
            EXPECT_GT(post["shares"]["count"], 0);
        }
    }
    EXPECT_TRUE(without_message && without_shares && parent && share_without_parent);
}

TEST(PagePosts, AreWrittenAsMetaWrites) {
    Running sandbox{"2021-01-01T00:00:00Z"};
    const std::string body = sandbox.call(kPosts + "?fields=message,permalink_url").body;
    EXPECT_NE(body.find("https:\\/\\/www.facebook.com\\/"), std::string::npos);
    EXPECT_NE(body.find("\\u00e4"), std::string::npos);
    for (const char c : body) ASSERT_LT(static_cast<unsigned char>(c), 128);
}

TEST(PagePosts, RefuseWhatMetaRefuses) {
    Running sandbox{kNow};
    EXPECT_EQ(code_of(sandbox.call(kPosts + "?limit=101")), 100);
    const Reply much =
        sandbox.call(kPosts + "?limit=60&fields=id,reactions.summary(total_count).limit(0)");
    EXPECT_EQ(much.status, 500);
    EXPECT_EQ(code_of(much), 1);
    EXPECT_EQ(
        sandbox.call(kPosts + "?limit=50&fields=id,reactions.summary(total_count).limit(0)").status,
        200);
    EXPECT_EQ(code_of(sandbox.call(kPosts + "?after=nonsense")), 100);
}

TEST(PagePosts, ACursorDiesWithTheDatasetItIsFrom) {
    Running sandbox{kNow};
    const std::string after = sandbox.json(kPosts)["paging"]["cursors"]["after"];
    sandbox.fault("/graph", "delete", sandbox.json(kPosts)["data"][0]["id"]);
    EXPECT_EQ(code_of(sandbox.call(kPosts + "?after=" + after)), 100);
}

TEST(PagePosts, CanBeDeletedAndEdited) {
    Running sandbox{kNow};
    const Json before = sandbox.json(kPosts + "?limit=2");
    const std::string first = before["data"][0]["id"];
    const std::string second = before["data"][1]["id"];
    sandbox.fault("/graph", "delete", first);
    sandbox.fault("/graph", "edit", {{"id", second}, {"text", "Ändrad"}});
    const Json after = sandbox.json(kPosts + "?limit=1&fields=id,message");
    EXPECT_EQ(after["data"][0]["id"], second);
    EXPECT_EQ(after["data"][0]["message"], "Ändrad");
    EXPECT_EQ(code_of(sandbox.call(first)), 100);
}

TEST(PageInsights, EndAtPacificMidnightInSummerAndWinter) {
    Running sandbox{"2021-03-20T06:00:00Z"};
    const Json all =
        sandbox.json(std::string{kPage} +
                     "/insights?metric=page_follows&period=day&since=2021-03-12&until=2021-03-16");
    std::vector<std::string> ends;
    for (const Json& v : all["data"][0]["values"]) ends.push_back(v["end_time"]);
    EXPECT_EQ(ends,
              (std::vector<std::string>{"2021-03-13T08:00:00+0000", "2021-03-14T08:00:00+0000",
                                        "2021-03-15T07:00:00+0000", "2021-03-16T07:00:00+0000"}));
}

TEST(PageInsights, GiveTwoDaysUnlessToldOtherwiseAndNoneOfTheFuture) {
    Running sandbox{kNow};
    const Json two = sandbox.json(std::string{kPage} + "/insights?metric=page_follows&period=day");
    ASSERT_EQ(two["data"][0]["values"].size(), 2U);
    EXPECT_EQ(two["data"][0]["values"][1]["end_time"], "2021-06-14T07:00:00+0000");
    const std::string next = two["paging"]["next"];
    const Json future = Json::parse(sandbox.get(next.substr(sandbox->url().size())).body);
    EXPECT_TRUE(future["data"].empty());
    EXPECT_FALSE(future["paging"].contains("next"));
}

TEST(PageInsights, TellCitiesAsAMapByTheDayOnly) {
    Running sandbox{kNow};
    const std::string path = std::string{kPage} + "/insights?metric=page_follows_city&period=";
    const Json cities = sandbox.json(path + "day")["data"][0]["values"][1]["value"];
    EXPECT_TRUE(cities.contains("Kårsta, Sweden"));
    EXPECT_TRUE(cities.contains("??ster??ker, Sweden"));
    EXPECT_LE(cities.size(), 45U);
    EXPECT_TRUE(sandbox.json(path + "lifetime")["data"].empty());
}

TEST(PageInsights, RefuseRetiredNamesLongSpansAndNoMetric) {
    Running sandbox{kNow};
    const std::string path = std::string{kPage} + "/insights?period=day&metric=";
    EXPECT_EQ(code_of(sandbox.call(path + "page_follows,page_fans_city")), 100);
    EXPECT_EQ(code_of(sandbox.call(path + "page_follows&since=2021-01-01&until=2021-05-01")), 100);
    EXPECT_EQ(code_of(sandbox.call(std::string{kPage} + "/insights?period=day")), 3001);
    sandbox.fault("/graph", "retired", "page_follows_city");
    EXPECT_EQ(code_of(sandbox.call(path + "page_follows_city")), 100);
    EXPECT_EQ(code_of(sandbox.call(path + "page_follows")), 0);
}

TEST(PageInsights, AreEmptyWithoutPermissionAndClosedToSmallPages) {
    Running sandbox{kNow};
    const std::string path = std::string{kPage} + "/insights?metric=page_follows&period=day";
    sandbox.fault("/graph", "missing_permission", "read_insights", 1);
    const Reply reply = sandbox.call(path);
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(Json::parse(reply.body)["data"].empty());
    EXPECT_TRUE(Json::parse(reply.body).contains("paging"));
    sandbox.fault("/graph", "small_account", nullptr, 1);
    EXPECT_EQ(code_of(sandbox.call(path)), 2874008);
    EXPECT_EQ(sandbox.json(path)["data"].size(), 1U);
}

TEST(PagePermissions, ReactionsNeedTheirOwn) {
    Running sandbox{kNow};
    sandbox.fault("/graph", "missing_permission", "pages_read_user_content");
    EXPECT_EQ(code_of(sandbox.call(kPosts + "?fields=id,message")), 0);
    EXPECT_EQ(code_of(sandbox.call(kPosts + "?fields=id,comments.summary(true)")), 10);
    EXPECT_EQ(code_of(sandbox.call(std::string{kPage} + "/feed?fields=id")), 10);
    EXPECT_EQ(code_of(sandbox.call(std::string{kPage} + "/tagged")), 10);
}

}  // namespace
}  // namespace narvaro::sandbox
