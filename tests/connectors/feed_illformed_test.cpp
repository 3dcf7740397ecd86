#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

/// The titles of a feed's items, joined by "|".
std::string titles(const Feed& feed) {
    std::string all;
    for (const FeedItem& item : feed.items) all += (all.empty() ? "" : "|") + item.title;
    return all;
}

struct IllFormedCase {
    const char* name;
    std::string bytes;
    const char* titles;
};
void PrintTo(const IllFormedCase& c, std::ostream* out) { *out << c.name; }

class IllFormed : public testing::TestWithParam<IllFormedCase> {};

TEST_P(IllFormed, KeepsEveryItemAndSaysSo) {
    const Feed feed = read_feed(GetParam().bytes);
    EXPECT_EQ(titles(feed), GetParam().titles);
    EXPECT_FALSE(feed.warnings.empty());
}

const std::string kOpen = "<rss version=\"2.0\"><channel><title>S</title>";
const std::string kOne = "<item><title>ett</title></item>";
const std::string kTwo = "<item><title>två</title></item>";
const std::string kClose = "</channel></rss>";

INSTANTIATE_TEST_SUITE_P(
    Tags, IllFormed,
    testing::Values(
        IllFormedCase{"UnclosedTagInTheMiddle",
                      kOpen + kOne + "<item><title>x<b></title></item>" + kTwo + kClose,
                      "ett|x|två"},
        IllFormedCase{
            "UnclosedTitle",
            kOpen + "<item><title>x<link>https://a.example/</link></item>" + kTwo + kClose,
            "x|två"},
        IllFormedCase{"UnclosedItem", kOpen + "<item><title>ett</title>" + kTwo + kClose,
                      "ett|två"},
        IllFormedCase{"StrayEndTags",
                      kOpen + "</b></i></p>" + kOne + "</item></font>" + kTwo + kClose, "ett|två"},
        IllFormedCase{"EndTagsCrossed",
                      kOpen +
                          "<item><title>x</title><description><b><i>y</b></i></description>"
                          "</item>" +
                          kTwo + kClose,
                      "x|två"},
        IllFormedCase{"EndTagOfAnotherCase",
                      kOpen + "<item><title>x</TITLE></item>" + kTwo + kClose, "x|två"},
        IllFormedCase{"CutOff", kOpen + kOne + "<item><title>tv", "ett|tv"},
        IllFormedCase{"CutOffInATag", kOpen + kOne + kTwo + "<item><title att=\"", "ett|två|"},
        IllFormedCase{"RootClosedTooEarly", kOpen + kOne + "</channel></rss></rss>" + kTwo,
                      "ett|två"},
        IllFormedCase{"TwoRoots", kOpen + kOne + kClose + kOpen + kTwo + kClose + "</x>",
                      "ett|två"},
        IllFormedCase{"UnescapedHtml",
                      kOpen +
                          "<item><title>x</title><description><p>a<br>b<img src=c></description>"
                          "</item>" +
                          kTwo + kClose,
                      "x|två"},
        IllFormedCase{
            "NoQuotes",
            kOpen + "<item><guid isPermaLink=false>g</guid><title>x</title></item>" + kTwo + kClose,
            "x|två"},
        IllFormedCase{"ForgottenQuote",
                      kOpen + "<item><guid isPermaLink=\"false>g</guid><title>x</title></item>" +
                          kTwo + kClose,
                      "x|två"},
        IllFormedCase{"ForgottenBracket",
                      kOpen + "<item><title>x</title><link</link></item>" + kTwo + kClose, "x|två"},
        IllFormedCase{"AddressInBrackets",
                      kOpen + "<item><title>Anna <anna@a.example></title></item>" + kTwo + kClose,
                      "Anna <anna@a.example>|två"},
        IllFormedCase{"UnclosedCdata",
                      kOpen +
                          "<item><title><![CDATA[x</title></item>"
                          "<item><title><![CDATA[två]]></title></item>" +
                          kClose,
                      "x|två"},
        IllFormedCase{"UnclosedComment", kOpen + kOne + "<!-- hm >" + kTwo + kClose, "ett|två"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Characters, IllFormed,
    testing::Values(
        IllFormedCase{
            "ControlCharacters",
            kOpen + std::string{"<item><title>e\x01t\x00t\x1F</title></item>", 32} + kClose, "ett"},
        IllFormedCase{"NoncharactersAndSurrogates",
                      kOpen + "<item><title>e\xEF\xBF\xBEt\xEF\xBF\xBFt</title></item>" + kClose,
                      "ett"},
        IllFormedCase{"BareAmpersands", kOpen + "<item><title>H&M & co</title></item>" + kClose,
                      "H&M & co"},
        IllFormedCase{"WarningInFront",
                      "<br />\n<b>Warning</b>: mysql_connect()<br />\n"
                      "<?xml version=\"1.0\"?>" +
                          kOpen + kOne + kClose,
                      "ett"},
        IllFormedCase{"TextInFront", "Notice: x\n" + kOpen + kOne + kClose, "ett"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct HarmlessCase {
    const char* name;
    std::string bytes;
};
void PrintTo(const HarmlessCase& c, std::ostream* out) { *out << c.name; }
class Harmless : public testing::TestWithParam<HarmlessCase> {};

TEST_P(Harmless, IsReadWithoutAWord) {
    const Feed feed = read_feed(GetParam().bytes);
    EXPECT_EQ(titles(feed), "ett");
    EXPECT_EQ(feed.warnings, std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(
    Fronts, Harmless,
    testing::Values(
        HarmlessCase{"BlankLines", "\n\n  \t" + kOpen + kOne + kClose},
        HarmlessCase{"BlankLinesBeforeTheDeclaration",
                     "\r\n\r\n<?xml version=\"1.0\" encoding=\"utf-8\"?>" + kOpen + kOne + kClose},
        HarmlessCase{"CommentThatMentionsRss", "<!-- <rss> comes -->" + kOpen + kOne + kClose},
        HarmlessCase{"Stylesheet", "<?xml version=\"1.0\"?><?xml-stylesheet href=\"x\"?>" + kOpen +
                                       kOne + kClose},
        HarmlessCase{"CommentWithDashes", kOpen + "<!-- a -- b -->" + kOne + kClose},
        HarmlessCase{"CommentBehind", kOpen + kOne + kClose + "\n<!-- cached -->\n"},
        HarmlessCase{"SpacesInTags",
                     "<rss version = '2.0' ><channel ><item ><title >ett</title >"
                     "</item\n></channel></rss\n>"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct RefusalCase {
    const char* name;
    const char* bytes;
    const char* what;
};
void PrintTo(const RefusalCase& c, std::ostream* out) { *out << c.name; }
class NoFeed : public testing::TestWithParam<RefusalCase> {};

TEST_P(NoFeed, IsRefusedWithWhatItIs) { EXPECT_EQ(refusal(GetParam().bytes), GetParam().what); }

INSTANTIATE_TEST_SUITE_P(
    Kinds, NoFeed,
    testing::Values(
        RefusalCase{"Nothing", "", "no feed: the answer is empty"},
        RefusalCase{"Blanks", " \n\t ", "no feed: the answer is empty"},
        RefusalCase{"Page", "<!DOCTYPE html><html><body>Underhåll</body></html>",
                    "no feed but an HTML page"},
        RefusalCase{"PageAfterAComment", "<!-- x --><HTML lang=sv><body>x",
                    "no feed but an HTML page"},
        RefusalCase{"PageThatShowsXml", "<html><pre><rss></pre></html>",
                    "no feed but an HTML page"},
        RefusalCase{"XhtmlPage",
                    "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" "
                    "\"x\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>",
                    "no feed but an HTML page"},
        RefusalCase{"OtherXml", "<?xml version=\"1.0\"?><opml><body/></opml>",
                    "no feed but XML of another kind, <opml>"},
        RefusalCase{"Text", "503 Service Unavailable",
                    "no feed but text: \"503 Service Unavailable\""},
        RefusalCase{"JsonError", "{\"code\":\"rest_forbidden\",\"message\":\"Inte tillåtet\"}",
                    "no feed but a JSON error: Inte tillåtet"},
        RefusalCase{"JsonErrorWithin", "{\"error\":{\"message\":\"Nej\",\"code\":190}}",
                    "no feed but a JSON error: Nej"},
        RefusalCase{"OtherJson", "{\"a\":1}", "no feed but other JSON"},
        RefusalCase{"JsonList", "[1,2]", "no feed but a JSON list"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace narvaro
