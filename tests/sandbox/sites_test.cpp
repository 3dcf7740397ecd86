#include <gtest/gtest.h>

#include "local_time.h"
#include "markup.h"
#include "testing.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr char kNow[] = "2021-06-15T06:00:00Z";

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) ++n;
    return n;
}

std::size_t articles_until(const char* now) {
    std::size_t n = 0;
    for (const Publication& p : world().publications) {
        n += p.channel == Channel::website && p.at <= at(now) ? 1U : 0U;
    }
    return n;
}

TEST(Wordpress, ItsFeedPagesToA404) {
    Running sandbox{kNow};
    std::size_t items = 0;
    int page = 1;
    for (Reply reply = sandbox.get("/site/feed/"); reply.status == 200;
         reply = sandbox.get("/site/feed/?paged=" + std::to_string(page))) {
        const std::size_t here = count_of(reply.body, "<item>");
        EXPECT_GT(here, 0U);
        EXPECT_LE(here, 10U);
        items += here;
        ++page;
    }
    EXPECT_EQ(items, articles_until(kNow));
    EXPECT_EQ(sandbox.get("/site/feed/?paged=" + std::to_string(page)).status, 404);
}

TEST(Wordpress, AnswersConditionalRequests) {
    Running sandbox{kNow};
    const Reply first = sandbox.get("/site/feed/");
    const std::string etag = first.headers.at("ETag");
    const std::string date = first.headers.at("Last-Modified");
    const Reply same = sandbox.get("/site/feed/", "If-None-Match: " + etag + "\r\n");
    EXPECT_EQ(same.status, 304);
    EXPECT_TRUE(same.body.empty());
    EXPECT_EQ(same.headers.at("ETag"), etag);
    EXPECT_EQ(sandbox.get("/site/feed/", "If-Modified-Since: " + date + "\r\n").status, 304);
    sandbox.clock("2021-06-30T06:00:00Z");
    EXPECT_EQ(sandbox.get("/site/feed/", "If-None-Match: " + etag + "\r\n").status, 200);
}

TEST(Wordpress, ItsRestApiCountsPagesAndRefusesWhatIsPastTheEnd) {
    Running sandbox{kNow};
    const std::string path = "/site/wp-json/wp/v2/posts";
    const Reply reply = sandbox.get(path + "?per_page=4&_fields=id,guid");
    const std::size_t all = articles_until(kNow);
    EXPECT_EQ(reply.headers.at("X-WP-Total"), std::to_string(all));
    EXPECT_EQ(reply.headers.at("X-WP-TotalPages"), std::to_string((all + 3) / 4));
    const Json posts = Json::parse(reply.body);
    ASSERT_EQ(posts.size(), 4U);
    EXPECT_EQ(posts[0].size(), 2U);
    const Reply past = sandbox.get(path + "?per_page=4&page=99");
    EXPECT_EQ(past.status, 400);
    EXPECT_EQ(Json::parse(past.body)["code"], "rest_post_invalid_page_number");
    EXPECT_EQ(sandbox.get(path + "?per_page=101").status, 400);
}

TEST(Wordpress, FeedAndRestTellTheSame) {
    Running sandbox{kNow};
    const std::string feed = sandbox.get("/site/feed/").body;
    const Json posts = Json::parse(sandbox.get("/site/wp-json/wp/v2/posts").body);
    for (const Json& post : posts) {
        EXPECT_NE(feed.find(post["link"].get<std::string>()), std::string::npos);
        EXPECT_NE(feed.find(post["guid"]["rendered"].get<std::string>()), std::string::npos);
        EXPECT_NE(feed.find(post["content"]["rendered"].get<std::string>()), std::string::npos);
        const std::string link = post["link"];
        EXPECT_EQ(sandbox.get(link.substr(sandbox->url().size())).status, 200) << link;
    }
}

TEST(Wordpress, SaysWhereItsApiIs) {
    Running sandbox{kNow};
    const Reply reply = sandbox.get("/site/");
    EXPECT_EQ(reply.headers.at("Link"),
              "<" + sandbox->url() + "/site/wp-json/>; rel=\"https://api.w.org/\"");
    EXPECT_EQ(sandbox.get("/site/wp-json/").status, 200);
    EXPECT_EQ(sandbox.get("/site/none/").status, 404);
}

struct Paper {
    const char* path;
    const char* item;
    const char* type;
};

TEST(Press, EachPaperShowsItsNewestTwentyAtTheClock) {
    Running sandbox{kNow};
    for (const Paper& p :
         {Paper{"/press/mitti/rss", "<item>", "application/rss+xml; charset=utf-8"},
          Paper{"/press/norrort/atom", "<entry>", "application/atom+xml"},
          Paper{"/press/roslagen/rss", "<item>", "text/xml; charset=windows-1252"}}) {
        const Reply reply = sandbox.get(p.path);
        EXPECT_EQ(count_of(reply.body, p.item), 20U) << p.path;
        EXPECT_EQ(reply.headers.at("Content-Type"), p.type);
        EXPECT_EQ(sandbox.get(p.path, "If-None-Match: " + reply.headers.at("ETag") + "\r\n").status,
                  304);
    }
    EXPECT_EQ(sandbox.get("/press/dagens/rss").status, 404);
}

TEST(Press, OneWritesWindows1252AndSwedishDates) {
    Running sandbox{"2020-01-02T12:00:00Z"};
    const std::string body = sandbox.get("/press/roslagen/rss").body;
    EXPECT_NE(body.find("encoding=\"windows-1252\""), std::string::npos);
    EXPECT_EQ(body.find("\xC3"), std::string::npos);
    EXPECT_NE(sandbox.get("/press/roslagen/rss").body.find("Nyheter fr\xE5n"), std::string::npos);
    sandbox.clock("2021-03-10T12:00:00Z");
    EXPECT_NE(sandbox.get("/press/roslagen/rss").body.find(" mars 2021 "), std::string::npos);
}

TEST(Press, AnItemExistsFromItsSecondOn) {
    const PressItem& item = world().press[100];
    Running sandbox{kNow};
    sandbox->state().set_clock(item.at - seconds{1});
    EXPECT_EQ(sandbox.get(item.path).status, 404);
    sandbox->state().set_clock(item.at);
    EXPECT_EQ(sandbox.get(item.path).status, 200);
}

TEST(Markup, KnowsWindows1252) {
    EXPECT_EQ(windows_1252("å–€é"), "\xE5\x96\x80\xE9");
    EXPECT_EQ(windows_1252("\xF0\x9F\x8C\xB9"), "&#127801;");
    EXPECT_EQ(paragraphs("a & b\n\nc"), "<p>a &amp; b</p>\n<p>c</p>\n");
}

}  // namespace
}  // namespace narvaro::sandbox
