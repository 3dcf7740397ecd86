#include "connectors/wordpress.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

HttpUrl url(const std::string& text) { return parse_http_url(text).value(); }

struct RootCase {
    const char* feed;
    const char* root;
};

TEST(WordPress, SiteBeginsBeforeItsFeed) {
    constexpr RootCase cases[] = {
        {"https://a.example/feed/", "https://a.example/"},
        {"https://a.example/feed", "https://a.example/"},
        {"https://a.example:8443/feed/", "https://a.example:8443/"},
        {"https://a.example/blogg/feed/atom/", "https://a.example/blogg/"},
        {"https://a.example/category/nyheter/feed/", "https://a.example/category/nyheter/"},
        {"https://a.example/feedback/feed/", "https://a.example/feedback/"},
        {"https://a.example/feedback/rss.xml", "https://a.example/"},
        {"https://a.example/?feed=rss2", "https://a.example/"},
        {"https://a.example/blogg/index.php?x=1&feed=rss2", "https://a.example/blogg/"},
        {"https://a.example/rss/vallentuna", "https://a.example/"},
        {"https://a.example", "https://a.example/"},
    };
    for (const RootCase& c : cases) EXPECT_EQ(site_root_of(url(c.feed)), c.root) << c.feed;
}

TEST(WordPress, NamesItsApiInHeaderOrPage) {
    const HttpUrl root = url("https://a.example/");
    const std::string other = "<https://a.example/>; rel=shortlink, ";
    const std::string link = "<https://a.example/api/>; rel=\"https://api.w.org/\"";
    const std::string list = "https://a.example/api/wp/v2/posts";
    EXPECT_EQ(rest_named_by(root, link, ""), list);
    EXPECT_EQ(rest_named_by(root, other + link + ", " + other, ""), list);
    EXPECT_EQ(rest_named_by(root, other, "<link rel='https://api.w.org/' href='/api/' />"), list);
    EXPECT_EQ(rest_named_by(root, "", "<link href=\"/?rest_route=/\" rel=\"https://api.w.org/\">"),
              "https://a.example/?rest_route=/wp/v2/posts");
}

TEST(WordPress, IsNotLedAstrayByAnApiElsewhere) {
    const HttpUrl root = url("https://a.example/");
    for (const char* header :
         {"<https://b.example/api/>; rel=\"https://api.w.org/\"",
          "<file:///etc/passwd>; rel=\"https://api.w.org/\"", "https://api.w.org/",
          "> https://api.w.org/", "rel=\"https://api.w.org/\"", ""}) {
        EXPECT_EQ(rest_named_by(root, header, ""), std::nullopt) << header;
    }
    for (const char* html : {"https://api.w.org/", "<link https://api.w.org/",
                             "<link href=", "<link rel='https://api.w.org/' href=>",
                             "<link rel='https://api.w.org/' href='x>"}) {
        EXPECT_EQ(rest_named_by(root, "", html), std::nullopt) << html;
    }
}

TEST(WordPress, LeavesOutAPostWithoutAGuidAndSaysSo) {
    std::vector<std::string> warnings;
    const auto posts = parse_rest_posts(
        R"([{"id":1},7,null,{"guid":{"rendered":"https://a.example/?p=2"},"date_gmt":"2021-02-28T23:30:00",
            "link":"https://a.example/b/","title":{"rendered":"A\nB"},"content":{"rendered":""},
            "excerpt":{"rendered":"<p>Kort</p>"}},
            {"guid":{"rendered":"https://a.example/?p=3"},"date_gmt":"0000-00-00T00:00:00","title":5}])",
        warnings);
    ASSERT_TRUE(posts);
    ASSERT_EQ(posts->size(), 2U);
    EXPECT_EQ((*posts)[0].remote_id, "https://a.example/?p=2");
    EXPECT_EQ((*posts)[0].published, parse_instant("2021-02-28T23:30:00Z"));
    EXPECT_EQ((*posts)[0].title, "A B");
    EXPECT_EQ((*posts)[0].text, "Kort");
    EXPECT_EQ((*posts)[1].published, std::nullopt);
    EXPECT_EQ(warnings.size(), 3U);
}

TEST(WordPress, RefusesWhatIsNoListOfPosts) {
    std::vector<std::string> warnings;
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    for (const std::string& text : {std::string{}, std::string{"{}"}, std::string{"[{]"}, deep,
                                    std::string{"<html>"}, std::string{"[\"\xff\"]"}}) {
        const auto posts = parse_rest_posts(text, warnings);
        ASSERT_FALSE(posts) << text.substr(0, 20);
        EXPECT_EQ(posts.error().fault, Fault::bad_reply);
    }
    EXPECT_TRUE(parse_rest_posts("[]", warnings));
    EXPECT_TRUE(parse_rest_posts(R"(["[[\"[[", {"a":"\\"}])", warnings));
}

}  // namespace
}  // namespace narvaro
