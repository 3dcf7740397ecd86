#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

struct ContentCase {
    const char* name;
    std::string feed;
    const char* text;
};
void PrintTo(const ContentCase& c, std::ostream* out) { *out << c.name; }

std::string atom03(const std::string& inside) {
    return "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry>" + inside +
           "</entry></feed>";
}

class Content : public testing::TestWithParam<ContentCase> {};

TEST_P(Content, BecomesPlainTextAsItsModeSays) {
    EXPECT_EQ(first_item(GetParam().feed).text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Atom10, Content,
    testing::Values(
        ContentCase{"DefaultIsText", atom("<content>a &lt;b&gt; c</content>"), "a <b> c"},
        ContentCase{"Text", atom("<summary type=\"text\">a &lt;b&gt; c</summary>"), "a <b> c"},
        ContentCase{"PlainMimeType", atom("<content type=\"text/plain\">a &lt;b&gt;</content>"),
                    "a <b>"},
        ContentCase{"Html",
                    atom("<content type=\"html\">&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;"
                         "</content>"),
                    "a\n\nb"},
        ContentCase{"HtmlMimeType",
                    atom("<content type=\"text/html\">&lt;b&gt;a&lt;/b&gt;</content>"), "a"},
        ContentCase{"HtmlInCdata",
                    atom("<content type=\"html\"><![CDATA[<p>a</p><p>b</p>]]></content>"),
                    "a\n\nb"},
        ContentCase{"Xhtml",
                    atom("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
                         "<p>a</p><p>b<br/>c</p></div></content>"),
                    "a\n\nb\nc"},
        ContentCase{"XhtmlWithPrefix",
                    atom("<content type=\"xhtml\"><x:div xmlns:x=\"http://www.w3.org/1999/xhtml\">"
                         "<x:p>a</x:p><x:p>b</x:p></x:div></content>"),
                    "a\n\nb"},
        ContentCase{"XhtmlTitleAndLinkWithin",
                    atom("<content type=\"xhtml\"><div><title>a</title> <link/>b</div></content>"),
                    "a\nb"},
        ContentCase{"Base64",
                    atom("<content type=\"application/octet-stream\">RXhlbXBlbCA8Yj5BPC9iPg=="
                         "</content>"),
                    "Exempel A"},
        ContentCase{"Base64ThatHoldsAPicture",
                    atom("<content type=\"image/png\">iVBORw0KGgoAAAAN"
                         "</content><summary>Bild</summary>"),
                    "iVBORw0KGgoAAAAN"},
        ContentCase{"LongestWins", atom("<summary>Kort</summary><content>Hela artikeln</content>"),
                    "Hela artikeln"},
        ContentCase{
            "LongestWithoutMarkupWins",
            atom("<summary>Längre än vad där står</summary><content type=\"html\">&lt;div "
                 "class=\"mycket markup\"&gt;&lt;img src=\"x\"&gt;Kort&lt;/div&gt;</content>"),
            "Längre än vad där står"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Atom03, Content,
    testing::Values(ContentCase{"EscapedHtml",
                                atom03("<content type=\"text/html\" mode=\"escaped\">&lt;b&gt;a"
                                       "&lt;/b&gt;</content>"),
                                "a"},
                    ContentCase{"EscapedWithoutType",
                                atom03("<content mode=\"escaped\">&lt;p&gt;a&lt;/p&gt;"
                                       "</content>"),
                                "a"},
                    ContentCase{"EscapedPlain",
                                atom03("<content type=\"text/plain\" mode=\"escaped\">a &lt; b"
                                       "</content>"),
                                "a < b"},
                    ContentCase{"Base64Html",
                                atom03("<content type=\"text/html\" mode=\"base64\">"
                                       "PHA+RXhlbXBlbDwvcD4=</content>"),
                                "Exempel"},
                    ContentCase{"Base64HtmlWithoutAnEndTag",
                                atom03("<content type=\"text/html\" mode=\"base64\">"
                                       "cyZhdW1sO2s8bWV0YSBuYW1lPSJ4Ij5lcnQ8IS0tIHggLS0+"
                                       "</content>"),
                                "säkert"},
                    ContentCase{"InlineXhtml",
                                atom03("<content type=\"application/xhtml+xml\"><div>a <b>b</b>"
                                       "</div></content>"),
                                "a b"},
                    ContentCase{"InlineWithoutType",
                                atom03("<content>a &lt;i&gt; <b>b</b></content>"), "a <i> b"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Rss, Content,
    testing::Values(
        ContentCase{"DescriptionIsHtml", rss("<description>a &lt;b&gt;b&lt;/b&gt;</description>"),
                    "a b"},
        ContentCase{"DescriptionInCdata",
                    rss("<description>\n <![CDATA[ <p>a</p> ]]>\n</description>"), "a"},
        ContentCase{"CdataInPieces", rss("<description><![CDATA[a]]>b<![CDATA[c]]></description>"),
                    "abc"},
        ContentCase{"UnescapedMarkup", rss("<description>a <b>b</b><p>c</p></description>"),
                    "a b\n\nc"},
        ContentCase{"Encoded",
                    rss("<description>Kort</description><content:encoded><![CDATA[<p>Hela "
                        "artikeln</p>]]></content:encoded>"),
                    "Hela artikeln"},
        ContentCase{"XhtmlBody",
                    rss("<description>x</description><body xmlns=\"http://www.w3.org/1999"
                        "/xhtml\"><p>Hela &lt;texten&gt;</p></body>"),
                    "Hela <texten>"},
        ContentCase{"Fullitem", rss("<fullitem>&lt;p&gt;a&lt;/p&gt;</fullitem>"), "a"},
        ContentCase{"DcDescription", rss("<dc:description>a</dc:description>"), "a"},
        ContentCase{"ItunesSummary", rss("<itunes:summary>a</itunes:summary>"), "a"},
        ContentCase{"ItunesSubtitleWhereThereIsNoMore", rss("<itunes:subtitle>a</itunes:subtitle>"),
                    "a"},
        ContentCase{"ItunesSummaryRatherThanTheShorterSubtitle",
                    rss("<itunes:subtitle>kort</itunes:subtitle><itunes:summary>hela texten"
                        "</itunes:summary>"),
                    "hela texten"},
        ContentCase{"BodyOutsideXhtmlIsEscapedHtml",
                    rss("<body>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</body>"), "a\n\nb"},
        ContentCase{"ScriptIsNoText",
                    rss("<description>&lt;script&gt;x()&lt;/script&gt;a</description>"), "a"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Title, IsOneLine) {
    EXPECT_EQ(first_item(rss("<title>\n   Buss 665\n   dras in \n</title>")).title,
              "Buss 665 dras in");
}

TEST(Title, ThatIsShortOfHtmlStaysAsItIs) {
    EXPECT_EQ(first_item(rss("<title>Använd &lt;foo&gt; i koden</title>")).title,
              "Använd <foo> i koden");
    EXPECT_EQ(first_item(rss("<title>Använd &lt;b&gt; i koden</title>")).title,
              "Använd <b> i koden");
}

TEST(Links, AreThoseOfTheTextThatIsShown) {
    const FeedItem item = first_item(rss(
        "<description>&lt;a href=\"https://a.example/kort\"&gt;x&lt;/a&gt;</description>"
        "<content:encoded>&lt;a href=\"https://a.example/lang?utm_source=rss\"&gt;längre "
        "text&lt;/a&gt; &lt;a href='mailto:a@a.example'&gt;e-post&lt;/a&gt;</content:encoded>"));
    EXPECT_EQ(item.links, std::vector<std::string>{"https://a.example/lang?utm_source=rss"});
}

TEST(Links, OfTheTitleFollowThoseOfTheText) {
    const FeedItem item =
        first_item(atom("<title type=\"html\">&lt;a href=\"/rubrik\"&gt;Läs&lt;/a&gt; &lt;a "
                        "href=\"/text\"&gt;mer&lt;/a&gt;</title>"
                        "<content type=\"html\">&lt;a href=\"/text\"&gt;mer&lt;/a&gt;</content>"));
    EXPECT_EQ(item.links, (std::vector<std::string>{"https://tidning.example/text",
                                                    "https://tidning.example/rubrik"}));
}

}  // namespace
}  // namespace narvaro
