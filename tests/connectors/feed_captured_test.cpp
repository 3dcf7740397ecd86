#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

struct CapturedFeed {
    const char* file;
    std::size_t items;
    const char* first_title;
};

std::string printed(const testing::TestParamInfo<CapturedFeed>& info) {
    std::string name = info.param.file;
    std::erase_if(name, [](char c) { return !isalnum(static_cast<unsigned char>(c)); });
    return name;
}

class Captured : public testing::TestWithParam<CapturedFeed> {};

TEST_P(Captured, GivesEveryItemWithIdLinkTitleAndDate) {
    const std::filesystem::path path =
        std::filesystem::path{NARVARO_SHARED_TESTDATA} / "feeds" / GetParam().file;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared test data at " << path;
    std::ifstream in{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    const Result<Feed> feed = parse_feed(bytes, {});
    ASSERT_TRUE(feed.has_value()) << feed.error().what;
    EXPECT_FALSE(feed->title.empty());
    ASSERT_EQ(feed->items.size(), GetParam().items);
    EXPECT_EQ(feed->items.front().title, GetParam().first_title);
    std::set<std::string> ids;
    for (const FeedItem& item : feed->items) {
        EXPECT_FALSE(item.id.empty());
        EXPECT_TRUE(item.url.starts_with("http")) << item.url;
        EXPECT_FALSE(item.title.empty()) << item.url;
        EXPECT_EQ(item.title.find('\n'), std::string::npos);
        EXPECT_TRUE(item.published.has_value()) << item.url;
        ids.insert(item.id);
    }
    EXPECT_EQ(ids.size(), feed->items.size());
}

INSTANTIATE_TEST_SUITE_P(
    Feeds, Captured,
    testing::Values(
        CapturedFeed{"wordpress-natasha.xml", 10,
                     "The Easiest Way to Get a URL for your Apple Wallet Passkit Pass"},
        CapturedFeed{"press-aktuality.rss", 30,
                     "Analytici Goldman Sachs zvýšili odhad rastu ekonomiky USA"},
        CapturedFeed{"press-livemint.xml", 25,
                     "PM Modi-Xi Jinping informal summit in Varanasi this October: Report"},
        CapturedFeed{"press-macworld.rss", 30, "Best smart lock"},
        CapturedFeed{
            "rss1-bio.rdf", 30,
            "Wheat inositol pyrophosphate kinase (TaVIH2-3B) interacts with Fasciclin-like "
            "arabinogalactan (FLA6) protein and alters the plant cell-wall composition"},
        CapturedFeed{"jsonfeed-inessential.json", 20,
                     "James Dempsey and the Breakpoints Benefit App Camp for Girls"},
        CapturedFeed{"atom-allthis.atom", 12, "Last thoughts on modifier keys"},
        CapturedFeed{"latin1-encoding.rss", 40, "Mãe de utente é a nova presidente da Raríssimas"},
        CapturedFeed{"press-heise.atom", 15, "Java-Anwendungsserver: Red Hat gibt WildFly 10 frei"},
        CapturedFeed{"press-guardian.rss", 55,
                     "Trump State of the Union address promised unity but emphasized discord"},
        CapturedFeed{"wordpress-100-items.xml", 100, "Protected: How to Start a Second Podcast"},
        CapturedFeed{"broken-ampersand.xml", 20, "OB er uskarpe - Esbjerg er effektive"}),
    printed);

}  // namespace
}  // namespace narvaro
