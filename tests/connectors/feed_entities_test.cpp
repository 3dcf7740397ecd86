#include "connectors/feed_entities.h"

#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

struct EntityCase {
    const char* name;
    std::string feed;
    const char* title;
};
void PrintTo(const EntityCase& c, std::ostream* out) { *out << c.name; }

std::string rss_title(const std::string& title) { return rss("<title>" + title + "</title>"); }
std::string atom_title(const std::string& title, const std::string& type = "text") {
    return atom("<title type=\"" + type + "\">" + title + "</title>");
}

class Entity : public testing::TestWithParam<EntityCase> {};

TEST_P(Entity, IsTheCharacterThatItMeans) {
    EXPECT_EQ(first_item(GetParam().feed).title, GetParam().title);
}

INSTANTIATE_TEST_SUITE_P(
    InRss, Entity,
    testing::Values(
        EntityCase{"Undeclared", rss_title("&Ouml;st &ouml;ppnar"), "Öst öppnar"},
        EntityCase{"UndeclaredSigns", rss_title("&copy; &ndash; &euro; &hellip;"), "© – € …"},
        EntityCase{"Decimal", rss_title("&#214;st"), "Öst"},
        EntityCase{"Hexadecimal", rss_title("&#xD6;st &#XD6;"), "Öst Ö"},
        EntityCase{"NumberMeantAsWindows1252", rss_title("a &#150; &#x80;"), "a – €"},
        EntityCase{"Ampersand", rss_title("AT&amp;T"), "AT&T"},
        EntityCase{"AmpersandTwice", rss_title("AT&amp;amp;T"), "AT&T"},
        EntityCase{"BareAmpersand", rss_title("H&M & co"), "H&M & co"},
        EntityCase{"NumericAmpersand", rss_title("H&#38;M &#x26;"), "H&M &"},
        EntityCase{"EscapedTwice", rss_title("&amp;ouml;st"), "öst"},
        EntityCase{"NumberEscapedTwice", rss_title("&amp;#8211;"), "–"},
        EntityCase{"EscapedMarkup", rss_title("&lt;b&gt;Fet&lt;/b&gt; rubrik"), "Fet rubrik"},
        EntityCase{"EscapedMarkupTwice", rss_title("&amp;lt;b&amp;gt;"), "<b>"},
        EntityCase{"LessThan", rss_title("3 &lt; 5"), "3 < 5"},
        EntityCase{"BareLessThan", rss_title("3 < 5 <3"), "3 < 5 <3"},
        EntityCase{"UnknownName", rss_title("&okand; &amp;okand;"), "&okand; &okand;"},
        EntityCase{"NoSemicolon", rss_title("R&D &copy 2021"), "R&D &copy 2021"},
        EntityCase{"ForbiddenNumber", rss_title("a&#0;b&#11;c&#xFFFF;d"), "abcd"},
        EntityCase{"BeyondUnicode", rss_title("a&#99999999999;b"), "a\uFFFDb"},
        EntityCase{"HalfOfASurrogatePair", rss_title("a&#xD83D;b"), "a\uFFFDb"},
        EntityCase{"Quotes", rss_title("&quot;a&quot; &apos;b&apos; &rsquo;"), "\"a\" 'b' ’"},
        EntityCase{"HardSpaceStays", rss_title("10&nbsp;kr"), "10\u00A0kr"},
        EntityCase{"CdataLeavesThemToHtml", rss_title("<![CDATA[H&M &ouml; &amp; x]]>"),
                   "H&M ö & x"},
        EntityCase{"CdataMarkup", rss_title("<![CDATA[<i>Kursiv</i>]]>"), "Kursiv"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    InAtom, Entity,
    testing::Values(
        EntityCase{"TextIsLiteral", atom_title("&lt;b&gt; &amp;amp;"), "<b> &amp;"},
        EntityCase{"Html", atom_title("&lt;b&gt;AT&amp;amp;T&lt;/b&gt;", "html"), "AT&T"},
        EntityCase{"HtmlCdata", atom_title("<![CDATA[<b>A</b> &amp; B]]>", "html"), "A & B"},
        EntityCase{"Xhtml",
                   atom_title("<div xmlns=\"http://www.w3.org/1999/xhtml\"><b>A</b> "
                              "&amp; B &lt; C</div>",
                              "xhtml"),
                   "A & B < C"},
        EntityCase{"XhtmlShowsMarkup",
                   atom_title("<div xmlns=\"http://www.w3.org/1999/xhtml\">"
                              "&lt;b&gt;</div>",
                              "xhtml"),
                   "<b>"},
        EntityCase{"Undeclared", atom_title("&aring;&auml;&ouml;"), "åäö"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Declared, Entity,
    testing::Values(
        EntityCase{"PlainWord",
                   "<!DOCTYPE rss [<!ENTITY parti \"V&#228;nsterpartiet\">]>" +
                       rss_title("&parti; v&auml;xer"),
                   "Vänsterpartiet växer"},
        EntityCase{"ThatRefersToAnotherIsNotExpanded",
                   "<!DOCTYPE rss [<!ENTITY a \"xx\"><!ENTITY b \"&a;&a;\">]>" + rss_title("&b;"),
                   "&b;"},
        EntityCase{"ThatLiesOutsideIsNotFetched",
                   "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + rss_title("&x;"),
                   "&x;"},
        EntityCase{"PublicDoctype",
                   "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" "
                   "\"http://my.netscape.com/publish/formats/rss-0.91.dtd\">" +
                       rss_title("&eacute;"),
                   "é"},
        EntityCase{"CommentInTheSubset",
                   "<!DOCTYPE rss [<!-- it's ]> --><!ENTITY a \"1\">]>" + rss_title("&a;"), "1"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Entity, InALinkIsResolvedOnce) {
    EXPECT_EQ(first_item(rss("<link>https://a.example/?a=1&amp;b=2</link>")).url,
              "https://a.example/?a=1&b=2");
    EXPECT_EQ(first_item(rss("<link>https://a.example/?a=1&b=2&copy=3</link>")).url,
              "https://a.example/?a=1&b=2&copy=3");
    EXPECT_EQ(first_item(atom("<link href=\"https://a.example/?a=1&amp;b=2&c=3\"/>")).url,
              "https://a.example/?a=1&b=2&c=3");
    EXPECT_EQ(first_item(rss("<link><![CDATA[https://a.example/?a=1&b=2]]></link>")).url,
              "https://a.example/?a=1&b=2");
}

TEST(HtmlEntity, KnowsTheNamesOfHtml4) {
    EXPECT_EQ(html_entity("ouml"), 0xF6u);
    EXPECT_EQ(html_entity("Ouml"), 0xD6u);
    EXPECT_EQ(html_entity("thetasym"), 0x3D1u);
    EXPECT_EQ(html_entity("zwnj"), 0x200Cu);
    EXPECT_EQ(html_entity("apos"), 0x27u);
    EXPECT_EQ(html_entity("nosuch"), 0u);
    EXPECT_EQ(html_entity(""), 0u);
}

}  // namespace
}  // namespace narvaro
