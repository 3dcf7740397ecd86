#include "connectors/graph_json.h"

#include <gtest/gtest.h>

#include "connectors/graph_text.h"
#include "connectors/graph_url.h"

namespace narvaro {
namespace {

std::string text_of(const std::string& body) {
    const auto value = parse_graph_json(body);
    return value ? text_at(*value, "t") : "(" + value.error().what + ")";
}

struct TextCase {
    const char* name;
    const char* body;
    const char* text;
};

class GraphJsonText : public testing::TestWithParam<TextCase> {};

TEST_P(GraphJsonText, IsAlwaysUtf8) { EXPECT_EQ(text_of(GetParam().body), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    Texts, GraphJsonText,
    testing::Values(TextCase{"Pair", R"({"t":"\ud83c\udf39 \/ \u00e5"})", "🌹 / å"},
                    TextCase{"LoneHigh", R"({"t":"a\ud83c!"})", "a\xEF\xBF\xBD!"},
                    TextCase{"LoneLow", R"({"t":"a\udf39"})", "a\xEF\xBF\xBD"},
                    TextCase{"HighBeforeAnotherEscape", R"({"t":"\ud83c\n"})", "\xEF\xBF\xBD\n"},
                    TextCase{"TwoHigh", R"({"t":"\ud83c\ud83c\udf39"})", "\xEF\xBF\xBD🌹"},
                    TextCase{"EscapedBackslash", R"({"t":"\\ud83c"})", R"(\ud83c)"},
                    TextCase{"BadByte", "{\"t\":\"a\xFFz\"}", "a\xEF\xBF\xBDz"},
                    TextCase{"CutSequence", "{\"t\":\"a\xC3\"}", "a\xEF\xBF\xBD"},
                    TextCase{"Overlong", "{\"t\":\"\xC0\xAF\"}", "\xEF\xBF\xBD\xEF\xBF\xBD"},
                    TextCase{"RawControl", "{\"t\":\"a\nb\"}", "a b"},
                    TextCase{"Number", R"({"t":12})", ""}, TextCase{"Null", R"({"t":null})", ""}),
    [](const auto& info) { return info.param.name; });

TEST(GraphJson, RefusesWhatIsNotJson) {
    for (const char* body : {"", "<html>", R"({"data":[)", R"({"t":"\u12"})", "\"", "{\"a\\"}) {
        const auto value = parse_graph_json(body);
        ASSERT_FALSE(value) << body;
        EXPECT_EQ(value.error().fault, Fault::bad_reply);
    }
}

TEST(GraphJson, RefusesDeepNestingAndReadsWhatIsWithin) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_TRUE(parse_graph_json(nested(64)));
    EXPECT_FALSE(parse_graph_json(nested(65)));
    EXPECT_FALSE(parse_graph_json(std::string(100'000, '[')));
    EXPECT_TRUE(parse_graph_json(R"({"t":")" + std::string(1000, '[') + R"("})"));
}

TEST(GraphJson, KeepsIdsToTheLastDigit) {
    const auto value = parse_graph_json(R"({"a":10201978818232600,"b":"178414000000000019",
                                            "c":1.5,"d":[1]})");
    EXPECT_EQ(id_at(*value, "a"), "10201978818232600");
    EXPECT_EQ(id_at(*value, "b"), "178414000000000019");
    EXPECT_EQ(id_at(*value, "c"), "");
    EXPECT_EQ(id_at(*value, "d"), "");
}

TEST(GraphJson, ReadsNumbersFromTextAndNothingElse) {
    const auto value = parse_graph_json(
        R"({"a":"125.40","b":"3021","c":"nan","d":"1e999","e":"","f":-3,"g":12.0,"h":"x1"})");
    EXPECT_EQ(number_at(*value, "a"), 125.40);
    EXPECT_EQ(count_at(*value, "b"), 3021);
    EXPECT_FALSE(number_at(*value, "c"));
    EXPECT_FALSE(number_at(*value, "d"));
    EXPECT_FALSE(number_at(*value, "e"));
    EXPECT_FALSE(count_at(*value, "f"));
    EXPECT_EQ(count_at(*value, "g"), 12);
    EXPECT_FALSE(count_at(*value, "h"));
}

TEST(GraphJson, ReadsMetasTimes) {
    EXPECT_EQ(parse_graph_time("2026-11-02T17:04:11+0000"), parse_instant("2026-11-02T17:04:11Z"));
    EXPECT_EQ(parse_graph_time("2016-06-08T12:55:57+0300"), parse_instant("2016-06-08T09:55:57Z"));
    EXPECT_EQ(parse_graph_time("2016-06-08T12:55:57-07:00"), parse_instant("2016-06-08T19:55:57Z"));
    EXPECT_FALSE(parse_graph_time("2016-06-08"));
    EXPECT_FALSE(parse_graph_time("yesterday"));
}

TEST(AppsecretProof, IsTheVectorOfTheReference) {
    const Secret key{"0123456789abcdef0123456789abcdef"};
    EXPECT_EQ(appsecret_proof(key, Secret{"EAAnarvaroTESTtoken123"}),
              "b4155a9ec46234f8662d4301deff7a956674fce99a2a0cf8bb9bc25e58285886");
    EXPECT_EQ(appsecret_proof(key, Secret{"EAAnarvaroTESTtoken123|1795000000"}),
              "72df20629e77d16e82f1d4be494bf9546eb446df8f433521afe15ffd096ae94b");
    EXPECT_EQ(appsecret_proof(Secret{}, Secret{"x"}), "");
}

TEST(GraphUrl, EncodesEverythingButTheSlashesOfThePath) {
    EXPECT_EQ(graph_url("https://g.example/v26.0", "1/po sts", {{"fields", "a{b},c(å)"}}, "ff"),
              "https://g.example/v26.0/1/po%20sts?fields=a%7Bb%7D%2Cc%28%C3%A5%29"
              "&appsecret_proof=ff");
    EXPECT_EQ(graph_url("https://g.example/v26.0", "1", {}, ""), "https://g.example/v26.0/1");
}

struct NextCase {
    const char* name;
    const char* next;
    const char* url;  ///< empty: refused
};

class NextLink : public testing::TestWithParam<NextCase> {};

TEST_P(NextLink, IsFollowedBelowTheApiOnlyAndWithoutTheToken) {
    const auto url = next_url("https://g.example/v26.0", GetParam().next, {}, "ff");
    EXPECT_EQ(url ? *url : "", GetParam().url);
    if (url) return;
    EXPECT_EQ(url.error().fault, Fault::refused);
    EXPECT_EQ(url.error().what.find("SECRET"), std::string::npos) << url.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Links, NextLink,
    testing::Values(
        NextCase{"Own",
                 "https://g.example/v26.0/1/posts?access_token=SECRET&pretty=0&limit=25&after=Q%3D",
                 "https://g.example/v26.0/1/posts?limit=25&after=Q%3D&appsecret_proof=ff"},
        NextCase{"OwnPortWritten", "https://g.example:443/v26.0/1/posts?appsecret_proof=old",
                 "https://g.example/v26.0/1/posts?appsecret_proof=ff"},
        NextCase{"OldPagingToken", "https://g.example/v26.0/1/posts?__paging_token=x&until",
                 "https://g.example/v26.0/1/posts?__paging_token=x&until=&appsecret_proof=ff"},
        NextCase{"OtherHost", "https://evil.example/v26.0/1/posts?access_token=SECRET", ""},
        NextCase{"OtherPort", "https://g.example:8443/v26.0/1/posts?access_token=SECRET", ""},
        NextCase{"OtherScheme", "http://g.example/v26.0/1/posts?access_token=SECRET", ""},
        NextCase{"OtherVersion", "https://g.example/v25.0/1/posts?access_token=SECRET", ""},
        NextCase{"LongerVersion", "https://g.example/v26.01/posts?access_token=SECRET", ""},
        NextCase{"DotDot", "https://g.example/v26.0/../admin?access_token=SECRET", ""},
        NextCase{"User", "https://g.example@evil.example/v26.0/1?access_token=SECRET", ""},
        NextCase{"NoScheme", "//evil.example/v26.0/1?access_token=SECRET", ""},
        NextCase{"File", "file:///etc/passwd", ""}),
    [](const auto& info) { return info.param.name; });

TEST(NextLink, TakesAnotherPageSize) {
    const auto url =
        next_url("http://127.0.0.1:8080/v26.0", "http://127.0.0.1:8080/v26.0/1/p?limit=25&after=A",
                 {{"limit", "12"}}, "");
    EXPECT_EQ(*url, "http://127.0.0.1:8080/v26.0/1/p?after=A&limit=12");
}

TEST(CleanMessage, IsShortAndOneLine) {
    const std::string text = clean_message(std::string(300, 'a') + " \x01 b", {});
    EXPECT_EQ(text, "… b");
    EXPECT_EQ(clean_message("å ä\tö", {}), "å ä ö");
    std::string many;
    for (int i = 0; i < 100; ++i) many += "åäö ";
    EXPECT_LE(clean_message(many, {}).size(), 204U);
}

}  // namespace
}  // namespace narvaro
