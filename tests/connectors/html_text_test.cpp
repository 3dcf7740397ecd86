#include "connectors/html_text.h"

#include <gtest/gtest.h>

#include "connectors/feed.h"

namespace narvaro {
namespace {

struct HtmlCase {
    const char* name;
    const char* html;
    const char* text;
};
void PrintTo(const HtmlCase& c, std::ostream* out) { *out << c.name; }
class HtmlText : public testing::TestWithParam<HtmlCase> {};

TEST_P(HtmlText, IsWhatAReaderWouldSee) {
    EXPECT_EQ(html_to_text(GetParam().html), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, HtmlText,
    testing::Values(
        HtmlCase{"NoMarkup", "Hej på dig", "Hej på dig"},
        HtmlCase{"WhiteSpace", "  Hej\n\t på   dig ", "Hej på dig"},
        HtmlCase{"Paragraphs", "<p>a</p>\n<p>b</p>", "a\n\nb"},
        HtmlCase{"ParagraphsNeverClosed", "<p>a<p>b", "a\n\nb"},
        HtmlCase{"EmptyParagraphs", "<p></p><p> </p><p>a</p><p></p>", "a"},
        HtmlCase{"LineBreaks", "a<br>b<br/>c<br />d", "a\nb\nc\nd"},
        HtmlCase{"ManyLineBreaks", "a<br><br><br><br>b", "a\n\nb"},
        HtmlCase{"Divisions", "<div>a</div><div>b</div>", "a\nb"},
        HtmlCase{"Headings", "<h2>A</h2>b<h3>C</h3>d", "A\n\nb\n\nC\n\nd"},
        HtmlCase{"List", "x<ul><li>a</li> <li> b</li></ul>y", "x\n\n- a\n- b\n\ny"},
        HtmlCase{"ListNeverClosed", "<ul><li>a<li>b", "- a\n- b"},
        HtmlCase{"ListOfParagraphs", "<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b"},
        HtmlCase{"Table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                 "a b\nc"},
        HtmlCase{"Quote", "a<blockquote>b</blockquote>c", "a\n\nb\n\nc"},
        HtmlCase{"Inline", "a<b>b</b>c <i>d</i> e", "abc d e"},
        HtmlCase{"SpaceAtTheEdgeOfATag", "a <b> b </b> c", "a b c"},
        HtmlCase{"CapitalTags", "<P>a</P><BR>b", "a\n\nb"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    LeftOut, HtmlText,
    testing::Values(HtmlCase{"Script", "a<script>if (a < b) { x('</p>') }</script>b", "ab"},
                    HtmlCase{"ScriptNeverClosed", "a<script>x", "a"},
                    HtmlCase{"Style", "<style type=\"text/css\">p > a { }</style>b", "b"},
                    HtmlCase{"Template", "a<template><p>b</p></template>c", "ac"},
                    HtmlCase{"Comment", "a<!-- <p>b</p> -->c", "ac"},
                    HtmlCase{"CommentNeverClosed", "a<!-- b>c", "ac"},
                    HtmlCase{"ConditionalComment", "<!--[if IE]>x<![endif]-->a", "a"},
                    HtmlCase{"Images", "a<img src=\"x.jpg\" alt=\"bild\">b", "ab"},
                    HtmlCase{"Doctype", "<!DOCTYPE html><html><body>a</body></html>", "a"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Entities, HtmlText,
    testing::Values(HtmlCase{"Named", "&ouml; &amp; &lt;b&gt; &hellip;", "ö & <b> …"},
                    HtmlCase{"Numeric", "&#246; &#xF6; &#8211;", "ö ö –"},
                    HtmlCase{"Windows1252", "&#150;&#146;", "–’"},
                    HtmlCase{"OldNamesWithoutSemicolon", "&copy 2021 AT&T", "© 2021 AT&T"},
                    HtmlCase{"NewNamesNeedOne", "?a=1&sigma=2", "?a=1&sigma=2"},
                    HtmlCase{"Unknown", "&nosuch; & &;", "&nosuch; & &;"},
                    HtmlCase{"HardSpace", "10&nbsp;kr", "10\u00A0kr"},
                    HtmlCase{"ControlCharacters", "a&#0;&#7;b", "a&#0;b"},
                    HtmlCase{"LineFeedIsSpace", "a&#10;b", "a b"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Careless, HtmlText,
    testing::Values(HtmlCase{"LessThan", "3 < 5 och 5 <3", "3 < 5 och 5 <3"},
                    HtmlCase{"BracketInAValue", "<a title=\"a > b\">c</a>", "c"},
                    HtmlCase{"QuoteNeverClosed", "<a href=\"x>text</a> mer", "text mer"},
                    HtmlCase{"TagNeverClosed", "a<b", "a"},
                    HtmlCase{"TagIntoTag", "<p<b>a</b>", "a"},
                    HtmlCase{"UnknownElements", "<o:p>a</o:p><foo>b</foo>", "a\n\nb"},
                    HtmlCase{"EndTagsAlone", "</p></div>a</b>", "a"},
                    HtmlCase{"Cdata", "<![CDATA[a <b>b</b>", "a b"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(HtmlLinks, AreAbsoluteInOrderAndEachOnce) {
    std::vector<std::string> links{"https://a.example/first"};
    html_to_text(
        "<a href='/b'>b</a><A HREF=c>c</A><a href=\"https://a.example/first\">a</a>"
        "<a href=\"//d.example/?x=1&amp;y=2\">d</a><a href='javascript:x()'>e</a>"
        "<a href='#f'>f</a><a name='g'>g</a><a href='mailto:a@a.example'>h</a>"
        "<area href='/i'><a title='x' href=\" /j \">j</a>",
        "https://a.example/x/", &links);
    const std::vector<std::string> expected{"https://a.example/first", "https://a.example/b",
                                            "https://a.example/x/c",   "https://d.example/?x=1&y=2",
                                            "https://a.example/i",     "https://a.example/j"};
    EXPECT_EQ(links, expected);
}

TEST(LooksLikeHtml, OnlyWithAProof) {
    EXPECT_TRUE(looks_like_html("a <b>b</b>"));
    EXPECT_TRUE(looks_like_html("a &amp; b"));
    EXPECT_TRUE(looks_like_html("a<br/>b"));
    EXPECT_FALSE(looks_like_html("a & b"));
    EXPECT_FALSE(looks_like_html("a < b"));
    EXPECT_FALSE(looks_like_html("a <b> b"));
    EXPECT_FALSE(looks_like_html("<foo>b</foo>"));
    EXPECT_FALSE(looks_like_html("&nosuch;"));
    EXPECT_FALSE(looks_like_html(""));
}

TEST(PlainLines, KeepsLinesAndOneEmptyOne) {
    EXPECT_EQ(plain_lines("  a \t b\r\n c\n\n\n\nd <b>\n"), "a b\nc\n\nd <b>");
    EXPECT_EQ(one_line(" a\n b &amp; <b>\t"), "a b &amp; <b>");
}

}  // namespace
}  // namespace narvaro
