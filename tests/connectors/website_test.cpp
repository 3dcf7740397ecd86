#include <gtest/gtest.h>

#include "connectors/connector.h"
#include "tests/connectors/run_task.h"
#include "tests/connectors/scripted_http.h"
#include "tests/connectors/web_articles.h"

namespace narvaro {
namespace {

const std::string kFeed = "https://site.example/feed/";
const std::string kRest = "https://site.example/wp-json/wp/v2/posts";
const std::string kRestQuery = "https://site.example/?rest_route=/wp/v2/posts";
const std::string kRoot = "https://site.example/";

std::string rest_url(int page, const std::string& list = kRest) {
    return list + (list.find('?') == std::string::npos ? "?" : "&") +
           "per_page=100&page=" + std::to_string(page) +
           "&_fields=id,date_gmt,modified_gmt,link,guid,title,content,excerpt";
}

/// Takes pages as the store would, and fails where a test says so.
struct Store {
    std::vector<Observations> pages;
    std::size_t fails_at = 99'999;

    Sink sink() {
        return [this](Observations page) -> Result<void> {
            if (pages.size() == fails_at) return fail(Fault::storage, "the disk is full");
            pages.push_back(std::move(page));
            return {};
        };
    }
    /// Numbers of the articles in the order of their coming, a text for comparing: "3 2 1".
    std::string ids() const {
        std::string text;
        for (const Observations& page : pages) {
            for (const Post& post : page.posts) {
                text +=
                    (text.empty() ? "" : " ") + post.remote_id.substr(post.remote_id.find('=') + 1);
            }
        }
        return text;
    }
    std::vector<std::string> cursors() const {
        std::vector<std::string> all;
        all.reserve(pages.size());
        for (const Observations& page : pages) all.push_back(page.cursor.value_or("none"));
        return all;
    }
    std::string warnings() const {
        std::string text;
        for (const Observations& page : pages) {
            for (const std::string& line : page.warnings) text += line + "\n";
        }
        return text;
    }
};

class Backfill : public testing::Test {
  protected:
    Backfill() {
        request_.source.id = "web";
        request_.source.address = kFeed;
        request_.now = parse_instant("2021-12-31T12:00:00Z").value();
        request_.since = parse_instant("2021-01-01T00:00:00Z").value();
    }
    Result<void> backfill() {
        asio::io_context loop;
        Result<void> result;
        bool done = false;
        asio::co_spawn(loop, backfill_website(http_, request_, store_.sink()),
                       [&](const std::exception_ptr& error, Result<void> end) {
                           if (error) std::rethrow_exception(error);
                           result = std::move(end);
                           done = true;
                       });
        loop.run();
        EXPECT_TRUE(done);
        EXPECT_EQ(http_.unexpected(), 0);
        return result;
    }
    void no_rest_api() {
        http_.on(rest_url(1), 404, "nope").on(rest_url(1, kRestQuery), 200, "<html></html>");
        http_.on(kRoot, 200, "<html><head></head></html>");
    }
    void paged(int page, const std::vector<Article>& items) {
        http_.on(kFeed + "?paged=" + std::to_string(page), 200, feed_xml(items, false));
    }

    ScriptedHttp http_;
    PollRequest request_;
    Store store_;
};

TEST_F(Backfill, ReadsTheRestApiPageByPage) {
    http_.on(kFeed, 200, feed_xml(articles(250, 241)));
    http_.on(rest_url(1), 200, rest_json(articles(250, 151)));
    http_.on(rest_url(2), 200, rest_json(articles(150, 51)));
    http_.on(rest_url(3), 200, rest_json(articles(50, 1)));
    http_.on(rest_url(4), 400, R"({"code":"rest_post_invalid_page_number"})");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.cursors(), (std::vector<std::string>{"rest:2", "rest:3", "rest:4", ""}));
    EXPECT_EQ(
        store_.pages[0].posts.size() + store_.pages[1].posts.size() + store_.pages[2].posts.size(),
        250U);
    EXPECT_EQ(store_.warnings(), "");
}

TEST_F(Backfill, EndsWithTheLastPageThatTheRestApiCounts) {
    http_.on(kFeed, 200, feed_xml(articles(3, 1)));
    http_.on(rest_url(1), 200, rest_json(articles(3, 1)), {{"x-wp-totalpages", "1"}});
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "3 2 1");
    EXPECT_EQ(store_.cursors(), std::vector<std::string>{""});
}

TEST_F(Backfill, GivesThePostsThatThePollGives) {
    std::vector<Article> items = articles(3, 1);
    items[0].title = "Höst &#8211; vår &amp; vinter";
    items[1].html = R"(<p>Läs <a href="https://a.example/b">mer</a></p>)";
    http_.on(kFeed, 200, feed_xml(items));
    http_.on(rest_url(1), 200, rest_json(items), {{"x-wp-totalpages", "1"}});
    ASSERT_TRUE(backfill());
    const Result<Observations> polled = run(poll_website(http_, request_));
    ASSERT_TRUE(polled);
    ASSERT_EQ(http_.urls().at(1), rest_url(1));
    EXPECT_EQ(store_.pages.at(0).posts, polled->posts);
    EXPECT_EQ(polled->posts[0].title, "Höst – vår & vinter");
    EXPECT_EQ(polled->posts[0].kind, PostKind::article);
}

TEST_F(Backfill, ReadsThePagedFeedWhereTheFeedHoldsSummariesOnly) {
    http_.on(kFeed, 200, feed_xml(articles(6, 5), false));
    http_.on(rest_url(1), 200, rest_json(articles(6, 1)));
    paged(2, articles(4, 3));
    paged(3, articles(2, 1));
    http_.on(kFeed + "?paged=4", 404, "");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5 4 3 2 1");
    EXPECT_EQ(store_.cursors(), (std::vector<std::string>{"paged:2", "paged:3", "paged:4", ""}));
    for (const Observations& page : store_.pages) {
        for (const Post& post : page.posts) EXPECT_EQ(post.text, "Kort");
    }
}

TEST_F(Backfill, ReadsThePagedFeedOfACategory) {
    // The REST API lists what the category's feed leaves out.
    http_.on(kFeed, 200, feed_xml({articles(6, 6)[0], articles(4, 4)[0]}));
    http_.on(rest_url(1), 200, rest_json(articles(6, 1)));
    http_.on(kFeed + "?paged=2", 404, "");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 4");
    EXPECT_EQ(store_.warnings(), "");
}

TEST_F(Backfill, FindsTheRestApiByItsQuery) {
    http_.on(kFeed, 200, feed_xml(articles(2, 1)));
    http_.on(rest_url(1), 404, "");
    http_.on(rest_url(1, kRestQuery), 200, rest_json(articles(2, 1)), {{"x-wp-totalpages", "1"}});
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "2 1");
}

TEST_F(Backfill, FindsTheRestApiThatTheSiteNames) {
    const std::string list = "https://site.example/api/wp/v2/posts";
    http_.on(kFeed, 200, feed_xml(articles(2, 1)));
    http_.on(rest_url(1), 404, "").on(rest_url(1, kRestQuery), 403, "");
    http_.on(kRoot, 200, "", {{"link", "<https://site.example/api/>; rel=\"https://api.w.org/\""}});
    http_.on(rest_url(1, list), 200, rest_json(articles(2, 1)), {{"x-wp-totalpages", "1"}});
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "2 1");
}

TEST_F(Backfill, StopsAtWhatIsOlderThanWasAskedFor) {
    request_.since = parse_instant("2021-01-04T00:00:00Z").value();
    http_.on(kFeed, 200, feed_xml(articles(6, 5), false));
    no_rest_api();
    paged(2, articles(4, 3));
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5 4");
    EXPECT_EQ(store_.cursors(), (std::vector<std::string>{"paged:2", ""}));
}

TEST_F(Backfill, IsNotStoppedByOneOldArticleOnTop) {
    request_.since = parse_instant("2021-01-02T00:00:00Z").value();
    std::vector<Article> first = articles(6, 5);
    first.insert(first.begin(), articles(1, 1)[0]);
    http_.on(kFeed, 200, feed_xml(first, false));
    no_rest_api();
    paged(2, articles(4, 2));
    http_.on(kFeed + "?paged=3", 404, "");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5 4 3 2");
}

TEST_F(Backfill, SaysThatASiteHasNoHistory) {
    no_rest_api();
    http_.on(kFeed, 200, feed_xml(articles(6, 5)));
    paged(2, articles(6, 5));  // a site that does not know `paged`
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5");
    EXPECT_NE(store_.warnings().find("no older articles could be read"), std::string::npos);
    EXPECT_EQ(store_.cursors().back(), "");
}

TEST_F(Backfill, TakesAPageForPeopleAsNoHistory) {
    no_rest_api();
    http_.on(kFeed, 200, feed_xml(articles(6, 5)));
    http_.on(kFeed + "?paged=2", 200, "<!DOCTYPE html><html><body><p>Hej</p></body></html>");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5");
    EXPECT_NE(store_.warnings().find("no older articles could be read"), std::string::npos);
}

TEST_F(Backfill, ResumesThePagedFeedAfterAFailingStore) {
    http_.on(kFeed, 200, feed_xml(articles(6, 5), false));
    no_rest_api();
    paged(2, articles(4, 3));
    paged(3, articles(2, 1));
    http_.on(kFeed + "?paged=4", 404, "");
    store_.fails_at = 1;
    const Result<void> broken = backfill();
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().fault, Fault::storage);
    EXPECT_EQ(store_.ids(), "6 5");

    store_.fails_at = 99;
    request_.cursor = store_.pages.back().cursor;
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5 4 3 2 1");
    EXPECT_EQ(store_.cursors().back(), "");
}

TEST_F(Backfill, ResumesTheRestApiAtTheStoredPage) {
    request_.cursor = "rest:2";
    http_.on(kFeed, 200, feed_xml(articles(250, 241)));
    http_.on(rest_url(1), 200, rest_json(articles(250, 151)));
    http_.on(rest_url(2), 200, rest_json(articles(150, 149)), {{"x-wp-totalpages", "2"}});
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "150 149");
}

TEST_F(Backfill, BeginsAnewWhereTheCursorIsUnreadable) {
    http_.on(kFeed, 200, feed_xml(articles(2, 1)));
    http_.on(rest_url(1), 200, rest_json(articles(2, 1)), {{"x-wp-totalpages", "1"}});
    for (const char* cursor : {"rest:0", "rest:1001", "rest:-1", "rest:2x", "paged:", "7", "page:3",
                               "rest:99999999999999999999"}) {
        request_.cursor = cursor;
        store_ = {};
        ASSERT_TRUE(backfill()) << cursor;
        EXPECT_EQ(store_.ids(), "2 1") << cursor;
        EXPECT_NE(store_.warnings().find("begins anew"), std::string::npos) << cursor;
    }
}

TEST_F(Backfill, BeginsAnewWhereTheRestApiIsGone) {
    request_.cursor = "rest:3";
    http_.on(kFeed, 200, feed_xml(articles(2, 1)));
    no_rest_api();
    http_.on(kFeed + "?paged=2", 404, "");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "2 1");
    EXPECT_NE(store_.warnings().find("begins anew"), std::string::npos);
}

TEST_F(Backfill, WaitsWhenTheSiteAsksItTo) {
    http_.on(kFeed, 200, feed_xml(articles(6, 5)));
    http_.on(rest_url(1), 429, "", {{"retry-after", "60"}});
    const Result<void> end = backfill();
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().fault, Fault::rate_limited);
    EXPECT_EQ(end.error().retry_after, std::chrono::seconds{60});
    EXPECT_TRUE(store_.pages.empty());
}

TEST_F(Backfill, KeepsItsPlaceWhenAPageFails) {
    http_.on(kFeed, 200, feed_xml(articles(6, 5)));
    no_rest_api();
    paged(2, articles(4, 3));
    http_.on(kFeed + "?paged=3", 200, "<html>Databasfel</html>");
    const Result<void> end = backfill();
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().fault, Fault::bad_reply);
    EXPECT_EQ(store_.cursors(), (std::vector<std::string>{"paged:2", "paged:3"}));
}

TEST_F(Backfill, KeepsWhatOverlapsWhenAnArticleComesInBetween) {
    http_.on(kFeed, 200, feed_xml(articles(6, 5)));
    no_rest_api();
    paged(2, articles(5, 4));  // 7 was published meanwhile
    paged(3, articles(3, 3));
    http_.on(kFeed + "?paged=4", 410, "");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5 5 4 3");
}

TEST_F(Backfill, AddsThePageToAQuery) {
    request_.source.address = "https://site.example/?feed=rss2";
    http_.on(request_.source.address, 200, feed_xml(articles(6, 5)));
    no_rest_api();
    http_.on(request_.source.address + "&paged=2", 404, "");
    ASSERT_TRUE(backfill());
    EXPECT_EQ(store_.ids(), "6 5");
}

TEST_F(Backfill, ReportsAFeedThatCannotBeRead) {
    http_.on(kFeed, 404, "");
    const Result<void> end = backfill();
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().fault, Fault::not_found);
    EXPECT_EQ(end.error().what.find("source web: "), 0U);
}

}  // namespace
}  // namespace narvaro
