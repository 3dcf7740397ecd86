#include "tests/connectors/feed_testing.h"

namespace narvaro {
namespace {

using namespace testing_feed;

std::string json_feed(const std::string& items) {
    return "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Sajt\","
           "\"home_page_url\":\"https://a.example/\",\"items\":[" +
           items + "]}";
}

TEST(JsonFeed, GivesItsItems) {
    const Feed feed = read_feed(json_feed(
        R"({"id":"1","url":"https://a.example/1","title":"Rubrik","content_html":"<p>a</p><p>b <a href=\"/x\">c</a></p>",
            "summary":"kort","date_published":"2021-03-09T12:36:27+01:00","date_modified":"2021-03-10T00:00:00Z",
            "author":{"name":"x","url":"https://b.example/"},"tags":["title","id"]})"));
    EXPECT_EQ(feed.title, "Sajt");
    ASSERT_EQ(feed.items.size(), 1u);
    const FeedItem& item = feed.items[0];
    EXPECT_EQ(item.id, "1");
    EXPECT_EQ(item.url, "https://a.example/1");
    EXPECT_EQ(item.title, "Rubrik");
    EXPECT_EQ(item.text, "a\n\nb c");
    EXPECT_EQ(date_of(item), "2021-03-09T11:36:27Z");
    EXPECT_EQ(item.updated, parse_instant("2021-03-10T00:00:00Z"));
    EXPECT_EQ(item.links, std::vector<std::string>{"https://tidning.example/x"});
}

struct JsonItemCase {
    const char* name;
    const char* item;
    const char* id;
    const char* url;
    const char* text;
};
void PrintTo(const JsonItemCase& c, std::ostream* out) { *out << c.name; }
class JsonItem : public testing::TestWithParam<JsonItemCase> {};

TEST_P(JsonItem, IsReadLeniently) {
    const FeedItem item = first_item(json_feed(GetParam().item), context_of(""));
    EXPECT_EQ(item.id, GetParam().id);
    EXPECT_EQ(item.url, GetParam().url);
    EXPECT_EQ(item.text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, JsonItem,
    testing::Values(
        JsonItemCase{"NumericId", R"({"id":42,"content_text":"a <b> c"})", "42", "", "a <b> c"},
        JsonItemCase{"LargeNumericId", R"({"id":12345678901234567890123})",
                     "12345678901234567890123", "", ""},
        JsonItemCase{"FractionalId", R"({"id":1.50})", "1.50", "", ""},
        JsonItemCase{"RelativeUrl", R"({"id":"1","url":"a/1"})", "1", "https://a.example/a/1", ""},
        JsonItemCase{"IdThatIsAnAddress", R"({"id":"https://a.example/1"})", "https://a.example/1",
                     "https://a.example/1", ""},
        JsonItemCase{"ExternalUrl", R"({"id":"1","external_url":"https://b.example/"})", "1",
                     "https://b.example/", ""},
        JsonItemCase{"NoId", R"({"url":"https://a.example/1"})", "https://a.example/1",
                     "https://a.example/1", ""},
        JsonItemCase{"WrongTypes",
                     R"({"id":"1","title":7,"url":null,"content_text":["x"],"tags":{"id":2}})", "1",
                     "", ""},
        JsonItemCase{"LoneSurrogate", R"({"id":"1","content_text":"a\ud83d b\ud83d\ude00"})", "1",
                     "", "a\uFFFD b😀"},
        JsonItemCase{"PlainTextKeepsItsLines", R"({"id":"1","content_text":"a\nb\n\n\n\nc"})", "1",
                     "", "a\nb\n\nc"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(JsonFeed, ThatIsCutOffKeepsWhatItHad) {
    std::string bytes = json_feed(R"({"id":"1"},{"id":"2"},{"id":"3","title":"x)");
    bytes.resize(bytes.size() - 2);
    const Feed feed = read_feed(bytes);
    ASSERT_EQ(feed.items.size(), 2u);
    EXPECT_EQ(feed.items[1].id, "2");
    ASSERT_EQ(feed.warnings.size(), 1u);
    EXPECT_TRUE(feed.warnings[0].starts_with("ill-formed JSON")) << feed.warnings[0];
}

TEST(JsonFeed, ToleratesBadUtf8) {
    const Feed feed =
        read_feed(json_feed("{\"id\":\"1\",\"title\":\"\xC3\xA5\xC3\xA4 \xE2\x80\"}"));
    ASSERT_EQ(feed.items.size(), 1u);
    EXPECT_EQ(feed.items[0].title, "åä \uFFFD\uFFFD");
    EXPECT_EQ(feed.warnings.size(), 1u);
}

TEST(JsonFeed, HasAByteOrderMarkAtTimes) {
    EXPECT_EQ(first_item("\xEF\xBB\xBF" + json_feed(R"({"id":"1"})")).id, "1");
}

TEST(JsonFeed, MayPutItsItemsFirst) {
    const Feed feed = read_feed(
        R"({"items":[{"id":"1","url":"/1"}],"home_page_url":"https://a.example/","version":"https://jsonfeed.org/version/1"})",
        context_of(""));
    ASSERT_EQ(feed.items.size(), 1u);
    EXPECT_EQ(feed.items[0].url, "https://a.example/1");
}

TEST(JsonFeed, OfAHundredThousandLevelsIsRefused) {
    const std::string deep(100000, '[');
    EXPECT_EQ(refusal(json_feed("{\"id\":\"1\",\"x\":" + deep)), "JSON more than 64 levels deep");
    EXPECT_EQ(refusal("{\"a\":" + deep), "JSON more than 64 levels deep");
}

}  // namespace
}  // namespace narvaro
