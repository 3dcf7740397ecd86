#include <chrono>

#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

/// Bytes that are made to cost time or memory; with a good item behind them, or none.
struct HostileCase {
    const char* name;
    std::string (*make)();
    std::size_t items;  ///< at least
};
void PrintTo(const HostileCase& c, std::ostream* out) { *out << c.name; }

class Hostile : public testing::TestWithParam<HostileCase> {};

/// Far above what is needed, also with sanitizers; far below what a square of the size costs.
constexpr std::chrono::seconds kBearable{20};

TEST_P(Hostile, BytesCostNoMoreThanTheirSize) {
    const std::string bytes = GetParam().make();
    const auto start = std::chrono::steady_clock::now();
    const Result<Feed> feed = parse_feed(bytes, context_of());
    EXPECT_LT(std::chrono::steady_clock::now() - start, kBearable);
    if (GetParam().items == 0) return;
    ASSERT_TRUE(feed.has_value()) << feed.error().what;
    EXPECT_GE(feed->items.size(), GetParam().items);
    EXPECT_EQ(feed->items.back().title, "sist");
}

const std::string kLast = "<item><title>sist</title></item></channel></rss>";
std::string with_last(const std::string& before) { return "<rss><channel>" + before + kLast; }
std::string within_description(const std::string& html) {
    return with_last("<item><description><![CDATA[" + html + "]]></description></item>");
}

INSTANTIATE_TEST_SUITE_P(
    Xml, Hostile,
    testing::Values(
        HostileCase{"EntityBomb",
                    [] {
                        std::string subset = "<!ENTITY a0 \"lol\">";
                        for (int i = 1; i < 10; ++i) {
                            subset += "<!ENTITY a" + std::to_string(i) + " \"" +
                                      repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
                        }
                        return "<?xml version=\"1.0\"?><!DOCTYPE rss [" + subset + "]>" +
                               with_last("<item><title>&a9;</title></item>");
                    },
                    2},
        HostileCase{"EntityUsedAMillionTimes",
                    [] {
                        return "<!DOCTYPE rss [<!ENTITY a \"" + std::string(64, 'x') + "\">]>" +
                               with_last("<item><title>" + repeated("&a;", 1000000) +
                                         "</title></item>");
                    },
                    2},
        HostileCase{"AHundredThousandLevels",
                    [] { return with_last("<item>" + repeated("<x>", 100000) + "</item>"); }, 2},
        HostileCase{"LevelsThatAreClosed",
                    [] {
                        return with_last("<item>" + repeated("<x>", 100000) +
                                         repeated("</x>", 100000) + "</item>");
                    },
                    2},
        HostileCase{"LevelsOfXhtml",
                    [] {
                        return with_last("<item><body xmlns=\"http://www.w3.org/1999/xhtml\">" +
                                         repeated("<div>", 100000) + "</body></item>");
                    },
                    2},
        HostileCase{"StrayEndTags", [] { return with_last(repeated("</y>", 1000000)); }, 1},
        HostileCase{"TwentyThousandAttributes",
                    [] {
                        std::string tag = "<item";
                        for (int i = 0; i < 20000; ++i) {
                            tag += " a" + std::to_string(i) + "=\"1\"";
                        }
                        return with_last(tag + "><title>x</title></item>");
                    },
                    2},
        HostileCase{"MegabyteAttribute",
                    [] { return with_last("<item a=\"" + std::string(1000000, 'x') + "\"/>"); }, 2},
        HostileCase{"TwelveMegabyteAttribute",
                    [] { return with_last("<item a=\"" + std::string(12000000, 'x') + "\"/>"); },
                    2},
        HostileCase{"TwelveMegabyteText",
                    [] {
                        return with_last("<item><description>" + std::string(12000000, 'x') +
                                         "</description></item>");
                    },
                    2},
        HostileCase{"MegabyteName",
                    [] { return with_last("<" + std::string(1000000, 'x') + "><item/>"); }, 2},
        HostileCase{"NulBytes", [] { return with_last(std::string(1000000, '\0')); }, 1},
        HostileCase{"Ampersands",
                    [] { return with_last("<item>" + repeated("&", 1000000) + "</item>"); }, 2},
        HostileCase{"Brackets",
                    [] { return with_last("<item>" + repeated("<", 1000000) + "</item>"); }, 2},
        HostileCase{"CommentsNeverClosed",
                    [] { return with_last(repeated("<!--", 1000000) + ">"); }, 1},
        HostileCase{"InstructionsNeverClosed",
                    [] { return with_last(repeated("<?", 1000000) + ">"); }, 1},
        HostileCase{"CdataNeverClosed", [] { return with_last(repeated("<x><![CDATA[", 300000)); },
                    0},
        HostileCase{"QuotesNeverClosed",
                    [] { return with_last(repeated("<x a=\"1><y b='2>", 300000)); }, 0},
        HostileCase{"DoctypesNeverClosed",
                    [] { return repeated("<!DOCTYPE rss [", 300000) + with_last(""); }, 0},
        HostileCase{"ManyNames",
                    [] {
                        std::string names;
                        for (int i = 0; i < 200000; ++i) names += "<n" + std::to_string(i) + "/>";
                        return with_last("<item>" + names + "</item>");
                    },
                    2},
        HostileCase{"ManyNamespaces",
                    [] {
                        std::string names;
                        for (int i = 0; i < 50000; ++i) {
                            names += "<x xmlns=\"urn:" + std::to_string(i) + "\"/>";
                        }
                        return with_last("<item>" + names + "</item>");
                    },
                    2},
        HostileCase{
            "ManyBases",
            [] { return with_last("<item>" + repeated("<x xml:base=\"a/\">", 250) + "</item>"); },
            2},
        HostileCase{"ManyItemsInItems", [] { return with_last(repeated("<item>", 90000)); }, 90000},
        HostileCase{"ManyTexts",
                    [] {
                        return with_last("<item>" +
                                         repeated("<description>a</description>", 200000) +
                                         "</item>");
                    },
                    2}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Html, Hostile,
    testing::Values(
        HostileCase{"Levels", [] { return within_description(repeated("<div>", 1000000)); }, 2},
        HostileCase{"LevelsAndOtherEnds",
                    [] {
                        return within_description(repeated("<div>", 500000) +
                                                  repeated("</span>", 500000));
                    },
                    2},
        HostileCase{"CommentsNeverClosed",
                    [] { return within_description(repeated("<!--", 1000000)); }, 2},
        HostileCase{"QuotesNeverClosed",
                    [] { return within_description(repeated("<a b='", 500000) + "<a c=\"x>"); }, 2},
        HostileCase{"ScriptsNeverClosed",
                    [] { return within_description(repeated("<script>", 500000)); }, 2},
        HostileCase{"Links",
                    [] {
                        std::string links;
                        for (int i = 0; i < 100000; ++i) {
                            links += "<a href=\"/" + std::to_string(i) + "\">x</a>";
                        }
                        return within_description(links);
                    },
                    2},
        HostileCase{"Ampersands", [] { return within_description(repeated("&", 1000000)); }, 2},
        HostileCase{"Brackets", [] { return within_description(repeated("<a ", 1000000)); }, 2}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(EntityBomb, IsNotExpanded) {
    const FeedItem item =
        first_item("<!DOCTYPE rss [<!ENTITY a \"xxxx\"><!ENTITY b \"&a;&a;&a;\">]>" +
                   rss("<title>&b;</title>"));
    EXPECT_EQ(item.title, "&b;");
}

TEST(Words, OfTheDocumentAddAMegabyteAtMost) {
    const Feed feed = read_feed("<!DOCTYPE rss [<!ENTITY a \"" + std::string(64, 'x') + "\">]>" +
                                rss("<title>" + repeated("&a;", 200000) + "</title>"));
    ASSERT_EQ(feed.items.size(), 1u);
    EXPECT_LT(feed.items[0].title.size(), 3000000u);
}

TEST(Depth, BeyondTheLimitIsSaid) {
    const Feed feed = read_feed(with_last("<item>" + repeated("<x>", 1000) + "</item>"));
    ASSERT_FALSE(feed.warnings.empty());
    EXPECT_NE(feed.warnings.back().find("beyond the limits"), std::string::npos);
}

TEST(RandomBytes, NeverEndTheProgram) {
    std::uint32_t state = 12345;
    const auto next = [&] { return state = state * 1664525u + 1013904223u; };
    const std::string seed =
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><!DOCTYPE rss [<!ENTITY a \"b\">]>" +
        rss("<title>&a;<![CDATA[x]]></title><guid isPermaLink=\"true\">a/1</guid><pubDate>tis, 09 "
            "mars 2021</pubDate><description>&lt;p&gt;a&lt;a href='x'&gt;</description>");
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = seed;
        for (int changes = 0; changes < 6; ++changes) {
            bytes[(next() >> 8) % bytes.size()] = static_cast<char>(next() >> 16);
        }
        bytes.resize(bytes.size() - (next() >> 8) % 40);
        const Result<Feed> feed = parse_feed(bytes, context_of());
        if (!feed) EXPECT_EQ(feed.error().fault, Fault::bad_reply);
    }
}

}  // namespace
}  // namespace narvaro
