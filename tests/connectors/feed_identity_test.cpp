#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

std::vector<std::string> ids(const std::string& items) {
    std::vector<std::string> all;
    const std::string bytes =
        "<rss><channel><link>https://a.example/</link>" + items + "</channel></rss>";
    for (const FeedItem& item : read_feed(bytes).items) all.push_back(item.id);
    return all;
}

using Ids = std::vector<std::string>;

TEST(Identity, IsTheGuid) {
    EXPECT_EQ(ids("<item><guid> g1 </guid><link>https://a.example/1</link></item>"), Ids{"g1"});
}

TEST(Identity, OfARepeatedGuidHasTheLinkAdded) {
    EXPECT_EQ(ids("<item><guid>g</guid><link>https://a.example/1</link></item>"
                  "<item><guid>g</guid><link>https://a.example/2</link></item>"
                  "<item><guid>h</guid><link>https://a.example/3</link></item>"),
              (Ids{"g https://a.example/1", "g https://a.example/2", "h"}));
}

TEST(Identity, OfARepeatedGuidWithoutLinkHasTheTextAdded) {
    const Ids found =
        ids("<item><guid>g</guid><title>a</title></item>"
            "<item><guid>g</guid><title>b</title></item>");
    ASSERT_EQ(found.size(), 2u);
    EXPECT_TRUE(found[0].starts_with("g text:"));
    EXPECT_NE(found[0], found[1]);
}

TEST(Identity, WithoutGuidIsTheLinkWhileItIsUnique) {
    EXPECT_EQ(ids("<item><link>https://a.example/1</link></item>"), Ids{"https://a.example/1"});
    const Ids same =
        ids("<item><link>https://a.example/1</link><title>a</title></item>"
            "<item><link>https://a.example/1?utm_source=rss</link><title>b</title></item>");
    ASSERT_EQ(same.size(), 2u);
    EXPECT_TRUE(same[0].starts_with("text:"));
    EXPECT_NE(same[0], same[1]);
}

TEST(Identity, IsNeverTheFeedsOwnPage) {
    const Ids found = ids("<item><link>https://www.a.example</link><title>a</title></item>");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].starts_with("text:")) << found[0];
}

TEST(Identity, NeverDependsOnTheDate) {
    EXPECT_EQ(ids("<item><title>a</title><pubDate>2021-01-01</pubDate></item>"),
              ids("<item><title>a</title><pubDate>2021-02-02</pubDate></item>"));
    EXPECT_NE(ids("<item><title>a</title></item>"), ids("<item><title>b</title></item>"));
}

TEST(Identity, StaysWhenTheTitleIsRewritten) {
    const std::string link = "<guid>https://a.example/nyheter/gammal-rubrik</guid>";
    EXPECT_EQ(ids("<item>" + link + "<title>Gammal rubrik</title></item>"),
              ids("<item>" + link + "<title>Ny rubrik</title></item>"));
}

TEST(Identity, OfATextIsTheSameOnEveryMachine) {
    EXPECT_EQ(ids("<item><title>a</title><description>b</description></item>"),
              Ids{"text:e5beb1190415e670"});
}

}  // namespace
}  // namespace narvaro
