#include "connectors/opml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace narvaro {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Opml, ListsFeedsOfAllFoldersInTheirOrderEachOnce) {
    const auto feeds = parse_opml(R"(<?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0"><head><title>Mina</title></head><body>
        <outline text="Lokalt">
          <outline type="rss" text="Mitti" xmlUrl="https://mitti.example/rss?a=1&amp;b=2"/>
          <outline text="Norrort">
            <outline title="Norrort &quot;Nytt&quot;" xmlurl="http://norrort.example/atom"/>
          </outline>
        </outline>
        <outline text="Igen" xmlUrl="https://mitti.example/rss?a=1&amp;b=2"/>
        <outline text="en anteckning"/><outline text="fel" xmlUrl="javascript:void 0"/>
        </body></opml>)");
    ASSERT_TRUE(feeds) << feeds.error().what;
    EXPECT_THAT(*feeds, ElementsAre(OpmlFeed{"Mitti", "https://mitti.example/rss?a=1&b=2"},
                                    OpmlFeed{"Norrort \"Nytt\"", "http://norrort.example/atom"}));
}

TEST(Opml, AnEmptyListIsNoMistake) {
    const auto feeds = parse_opml("<opml version='1.0'><body/></opml>");
    ASSERT_TRUE(feeds);
    EXPECT_THAT(*feeds, IsEmpty());
}

TEST(Opml, DrawsBlanksAndControlCharactersInATitleTogether) {
    const auto feeds = parse_opml(
        "<opml><body><outline title='  a\n\t b&#10;[source.x] ' "
        "xmlUrl='https://a.example/f'/></body></opml>");
    ASSERT_TRUE(feeds);
    EXPECT_EQ(feeds->at(0).title, "a b [source.x]");
}

struct WrongCase {
    const char* name;
    std::string bytes;
    const char* says;
};
class OpmlMistake : public testing::TestWithParam<WrongCase> {};

TEST_P(OpmlMistake, IsToldPlainly) {
    const auto feeds = parse_opml(GetParam().bytes);
    ASSERT_FALSE(feeds);
    EXPECT_EQ(feeds.error().fault, Fault::bad_reply);
    EXPECT_THAT(feeds.error().what, HasSubstr(GetParam().says));
    EXPECT_FALSE(feeds.error().remedy.empty());
}

std::string nested(int depth) {
    std::string out = "<opml><body>";
    for (int i = 0; i < depth; ++i) out += "<outline>";
    return out;
}

INSTANTIATE_TEST_SUITE_P(
    Files, OpmlMistake,
    testing::Values(
        WrongCase{"Empty", "", "empty"}, WrongCase{"Text", "hej", "no OPML"},
        WrongCase{"CutShort", "<opml>\n<body>\n<outline", "line 3"},
        WrongCase{"AFeed", "<rss><channel/></rss>", "another element"},
        WrongCase{"TooDeep", nested(100'000), "no OPML"},
        WrongCase{"EntityBomb",
                  R"(<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
                              <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><opm>&c;</opm>)",
                  "no OPML"}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace narvaro
