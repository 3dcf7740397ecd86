#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

struct BaseCase {
    const char* name;
    std::string feed;
    FeedContext context;
    const char* url;
};
void PrintTo(const BaseCase& c, std::ostream* out) { *out << c.name; }

class BaseUrl : public testing::TestWithParam<BaseCase> {};

TEST_P(BaseUrl, IsWhatRelativeLinksStartFrom) {
    EXPECT_EQ(first_item(GetParam().feed, GetParam().context).url, GetParam().url);
}

const std::string kLink = "<link href=\"a/1\"/>";

INSTANTIATE_TEST_SUITE_P(
    Sources, BaseUrl,
    testing::Values(
        BaseCase{"TheFeedsOwnUrl", rss("<link>a/1</link>"), context_of(),
                 "https://tidning.example/rss/a/1"},
        BaseCase{"RootedPath", rss("<link>/a/1</link>"), context_of(),
                 "https://tidning.example/a/1"},
        BaseCase{"SchemeLess", rss("<link>//b.example/1</link>"), context_of(),
                 "https://b.example/1"},
        BaseCase{"ContentLocation", rss("<link>a/1</link>"),
                 context_of(kHere, {}, "https://c.example/x/y"), "https://c.example/x/a/1"},
        BaseCase{"RelativeContentLocation", rss("<link>a/1</link>"),
                 context_of(kHere, {}, "/arkiv/feed.xml"), "https://tidning.example/arkiv/a/1"},
        BaseCase{"XmlBaseOfTheFeed", atom(kLink, " xml:base=\"https://b.example/x/\""),
                 context_of(), "https://b.example/x/a/1"},
        BaseCase{"XmlBaseOfTheEntry",
                 "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://b.example/x/\">"
                 "<entry xml:base=\"y/\">" +
                     kLink + "</entry></feed>",
                 context_of(), "https://b.example/x/y/a/1"},
        BaseCase{"XmlBaseOfTheLink", atom("<link xml:base=\"https://b.example/z/\" href=\"a/1\"/>"),
                 context_of(), "https://b.example/z/a/1"},
        BaseCase{"XmlBaseOfASiblingDoesNotCount",
                 atom("<title xml:base=\"https://b.example/z/\">x</title>" + kLink), context_of(),
                 "https://tidning.example/rss/a/1"},
        BaseCase{"XmlBaseOverContentLocation", atom(kLink, " xml:base=\"https://b.example/x/\""),
                 context_of(kHere, {}, "https://c.example/x/y"), "https://b.example/x/a/1"},
        BaseCase{"RelativeXmlBase", atom(kLink, " xml:base=\"sub/\""), context_of(),
                 "https://tidning.example/rss/sub/a/1"},
        BaseCase{"UnsafeXmlBaseIsPassedOver", atom(kLink, " xml:base=\"javascript:alert(1)\""),
                 context_of(), "https://tidning.example/rss/a/1"},
        BaseCase{"XmlBaseInRss", rss("<link>a/1</link>", " xml:base=\"https://b.example/x/\""),
                 context_of(), "https://b.example/x/a/1"},
        BaseCase{"TheFeedsLinkWhereNothingElseIsKnown",
                 "<rss><channel><link>https://d.example/</link><item><link>a/1</link></item>"
                 "</channel></rss>",
                 context_of(""), "https://d.example/a/1"},
        BaseCase{"NoBaseAtAll", rss("<link>a/1</link>"), context_of(""), "a/1"},
        BaseCase{"PermalinkGuid", rss("<guid isPermaLink=\"true\">a/1</guid>"), context_of(),
                 "https://tidning.example/rss/a/1"},
        BaseCase{"AbsoluteStaysAsItIs", rss("<link>http://b.example/a/../1?x=1#y</link>"),
                 context_of(), "http://b.example/a/../1?x=1#y"},
        BaseCase{"LineBreaksAround", rss("<link>\n  https://b.example/1\n</link>"), context_of(),
                 "https://b.example/1"},
        BaseCase{"SlashesTooMany", rss("<link>http:////b.example/1</link>"), context_of(),
                 "http://b.example/1"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(BaseUrl, ResolvesLinksWithinTheText) {
    const std::string feed = atom(
        "<content type=\"html\" xml:base=\"https://b.example/x/\">&lt;a href=\"1\"&gt;ett&lt;/a&gt;"
        "&lt;a href=\"/2\"&gt;två&lt;/a&gt;&lt;a href=\"1\"&gt;ett igen&lt;/a&gt;"
        "&lt;a href=\"#not\"&gt;not&lt;/a&gt;</content>");
    const std::vector<std::string> links{"https://b.example/x/1", "https://b.example/2"};
    EXPECT_EQ(first_item(feed).links, links);
}

TEST(BaseUrl, ResolvesLinksWithinXhtmlByTheInnermostBase) {
    const std::string feed = atom(
        "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\" "
        "xml:base=\"https://b.example/x/\"><a href=\"1?a=1&amp;b=2\">ett</a></div></content>");
    EXPECT_EQ(first_item(feed).links, std::vector<std::string>{"https://b.example/x/1?a=1&b=2"});
}

TEST(BaseUrl, ResolvesARelativeAtomId) {
    EXPECT_EQ(first_item(atom("<id>/1</id>", " xml:base=\"https://b.example/x/\"")).id,
              "https://b.example/1");
}

TEST(BaseUrl, LeavesANumberThatIsAGuidAlone) {
    const FeedItem item = first_item(rss("<guid>1559104147038</guid>"));
    EXPECT_EQ(item.id, "1559104147038");
    EXPECT_EQ(item.url, "");
}

}  // namespace
}  // namespace narvaro
