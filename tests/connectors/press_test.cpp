#include <gtest/gtest.h>

#include "connectors/connector.h"
#include "tests/connectors/run_task.h"
#include "tests/connectors/scripted_http.h"
#include "tests/connectors/web_articles.h"

namespace narvaro {
namespace {

using std::chrono::seconds;

const std::string kFeed = "https://mitti.example/rss/vallentuna";

PollRequest press_request() {
    PollRequest request;
    request.source.id = "mitti";
    request.source.kind = SourceKind::press;
    request.source.address = kFeed;
    request.now = parse_instant("2021-03-01T12:00:00Z").value();
    return request;
}

TEST(PollPress, TurnsItemsIntoPressPosts) {
    ScriptedHttp http;
    std::vector<Article> items = articles(60, 59);
    items[0].html = R"(<p>Ny <a href="https://kommunen.example/skola">skola</a></p>)";
    http.then(200, feed_xml(items), {{"content-type", "application/rss+xml; charset=UTF-8"}});
    const Result<Observations> seen = run(poll_press(http, press_request()));
    ASSERT_TRUE(seen) << seen.error().what;
    ASSERT_EQ(seen->posts.size(), 2U);
    Post expected;
    expected.remote_id = "https://site.example/?p=60";
    expected.kind = PostKind::press;
    expected.published = parse_instant("2021-03-01T12:00:00Z");
    expected.title = "Rubrik 60";
    expected.text = "Ny skola";
    expected.url = "https://site.example/artikel-60/";
    expected.media_type = "text";
    expected.links = {"https://kommunen.example/skola"};
    expected.second_key = "site.example/artikel-60";
    EXPECT_EQ(seen->posts[0], expected);
    EXPECT_TRUE(seen->samples.empty());
    EXPECT_TRUE(seen->complete.empty());  // items scroll out of a feed
    EXPECT_FALSE(seen->not_modified);
    EXPECT_EQ(http.urls(), std::vector<std::string>{kFeed});
    EXPECT_FALSE(http.asked()[0].validators);
}

TEST(PollPress, GivesNoSecondKeyWhereTheLinkIsNotTheItemsOwn) {
    ScriptedHttp http;
    const auto item = [](const char* guid, const char* link) {
        return std::string{"<item><guid>"} + guid + "</guid><title>t</title><link>" + link +
               "</link></item>";
    };
    http.then(200, "<rss><channel><link>https://www.site.example/</link>" +
                       item("home", "https://site.example/?utm_source=rss") +
                       item("shared 1", "https://site.example/live") +
                       item("shared 2", "http://www.site.example/live/") +
                       item("own", "https://site.example/1") + item("none", "") +
                       "</channel></rss>");
    const Result<Observations> seen = run(poll_press(http, press_request()));
    ASSERT_TRUE(seen) << seen.error().what;
    std::vector<std::string> keys;
    for (const Post& post : seen->posts) keys.push_back(post.second_key);
    EXPECT_EQ(keys, (std::vector<std::string>{"", "", "", "site.example/1", ""}));
}

TEST(PollPress, PassesOnADateInTheFutureAsItIsSaid) {
    ScriptedHttp http;
    http.then(200, feed_xml(articles(300, 300)));
    const Result<Observations> seen = run(poll_press(http, press_request()));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->posts.at(0).published, parse_instant("2021-10-27T12:00:00Z"));
}

TEST(PollPress, AsksWithTheStoredValidatorsAndReplacesThemAsASet) {
    ScriptedHttp http;
    PollRequest request = press_request();
    request.validators = Validators{"\"old\"", "Mon, 01 Mar 2021 00:00:00 GMT"};
    http.then(200, feed_xml({}), {{"etag", "W/\"new\""}});
    const Result<Observations> seen = run(poll_press(http, request));
    ASSERT_TRUE(seen) << seen.error().what;
    EXPECT_EQ(http.asked()[0].validators, request.validators);
    EXPECT_EQ(seen->validators, (Validators{"W/\"new\"", ""}));
}

TEST(PollPress, ReadsA200WhoseValidatorsAreTheStoredOnes) {
    ScriptedHttp http;
    PollRequest request = press_request();
    request.validators = Validators{"\"stuck\"", ""};
    http.then(200, feed_xml(articles(3, 1)), {{"etag", "\"stuck\""}});
    const Result<Observations> seen = run(poll_press(http, request));
    ASSERT_TRUE(seen) << seen.error().what;
    EXPECT_EQ(seen->posts.size(), 3U);
}

TEST(PollPress, ForgetsValidatorsThatTheServerNoLongerSends) {
    ScriptedHttp http;
    PollRequest request = press_request();
    request.validators = Validators{"\"old\"", ""};
    http.then(200, feed_xml(articles(1, 1)));
    EXPECT_EQ(run(poll_press(http, request))->validators, Validators{});
}

TEST(PollPress, TakesA304AsASuccessWithoutNews) {
    ScriptedHttp http;
    PollRequest request = press_request();
    request.validators = Validators{"\"old\"", ""};
    http.then(304, "", {{"etag", "\"other\""}, {"cache-control", "max-age=7200"}});
    const Result<Observations> seen = run(poll_press(http, request));
    ASSERT_TRUE(seen);
    EXPECT_TRUE(seen->not_modified);
    EXPECT_FALSE(seen->validators);
    EXPECT_TRUE(seen->posts.empty());
    EXPECT_EQ(seen->ask_again_after, seconds{7200});
}

TEST(PollPress, TakesA304ThatNobodyAskedForAsAnError) {
    ScriptedHttp http;
    http.then(304, "");
    const Result<Observations> seen = run(poll_press(http, press_request()));
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().fault, Fault::bad_reply);
}

struct WishCase {
    const char* cache_control;
    const char* age;
    const char* retry_after;
    std::optional<seconds> wish;
};

TEST(PollPress, HandsOnHowLongTheServerWantsToBeLeftAlone) {
    const WishCase cases[] = {
        {"max-age=3600", "", "", seconds{3600}},
        {"public, Max-Age=\"3600\"", "", "", seconds{3600}},
        {"max-age=3600, must-revalidate", "600", "", seconds{3000}},
        {"max-age=3600", "3600", "", std::nullopt},
        {"max-age=3600", "9999", "", std::nullopt},
        {"max-age=3600, no-cache", "", "", std::nullopt},
        {"no-store,max-age=3600", "", "", std::nullopt},
        {"max-age=-1", "", "", std::nullopt},
        {"max-age=soon", "", "", std::nullopt},
        {"s-maxage=60", "", "", std::nullopt},
        {"", "", "", std::nullopt},
        {"", "", "90", seconds{90}},
        {"max-age=60", "", "90", seconds{90}},
        {"max-age=99999999999999999999", "", "", std::chrono::hours{24 * 366}},
    };
    for (const WishCase& c : cases) {
        ScriptedHttp http;
        http.then(
            200, feed_xml(articles(1, 1)),
            {{"cache-control", c.cache_control}, {"age", c.age}, {"retry-after", c.retry_after}});
        const Result<Observations> seen = run(poll_press(http, press_request()));
        ASSERT_TRUE(seen);
        EXPECT_EQ(seen->ask_again_after, c.wish) << c.cache_control << " / " << c.age;
    }
}

TEST(PollPress, FailsOnA200ThatIsNoFeedAndChangesNothing) {
    for (const char* body :
         {"", "<!DOCTYPE html><html><body><p>Logga in</p></body></html>", R"({"error":"nope"})"}) {
        ScriptedHttp http;
        http.then(200, body, {{"etag", "\"x\""}});
        const Result<Observations> seen = run(poll_press(http, press_request()));
        ASSERT_FALSE(seen) << body;
        EXPECT_EQ(seen.error().fault, Fault::bad_reply) << body;
        EXPECT_EQ(seen.error().what.find("source mitti: mitti.example/rss/vallentuna: "), 0U)
            << seen.error().what;
    }
}

TEST(PollPress, FailsWithWhatTheStatusMeans) {
    ScriptedHttp http;
    http.then(429, "", {{"retry-after", "600"}}).then(404, "").then(500, "");
    const Result<Observations> busy = run(poll_press(http, press_request()));
    EXPECT_EQ(busy.error().fault, Fault::rate_limited);
    EXPECT_EQ(busy.error().retry_after, seconds{600});
    EXPECT_EQ(run(poll_press(http, press_request())).error().fault, Fault::not_found);
    EXPECT_EQ(run(poll_press(http, press_request())).error().fault, Fault::network);
}

TEST(PollPress, HandsOnTheNetworksErrorWithTheSourcesName) {
    ScriptedHttp http;
    http.then(fail(Fault::refused, "mitti.example/x: refused: private address (loopback)", "r"));
    const Result<Observations> seen = run(poll_press(http, press_request()));
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error(), (Error{Fault::refused,
                                   "source mitti: mitti.example/x: refused: private address "
                                   "(loopback)",
                                   "r"}));
}

TEST(PollPress, TellsWhereAFeedWasAnsweredWhenThatIsForGood) {
    ScriptedHttp http;
    HttpReply reply = ScriptedHttp::make_reply(200, feed_xml(articles(1, 1)));
    reply.url = "https://ny.example/rss?x=1";
    reply.moved_permanently = true;
    http.then(reply);
    const Result<Observations> seen = run(poll_press(http, press_request()));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->permanent_address, "https://ny.example/rss?x=1");
    http.then(200, feed_xml(articles(1, 1)));
    EXPECT_EQ(run(poll_press(http, press_request()))->permanent_address, kFeed);
    reply.moved_permanently = false;  // a hop on the way was for now only
    http.then(reply);
    EXPECT_EQ(run(poll_press(http, press_request()))->permanent_address, "");
}

TEST(PollPress, AsksForTheWholeFeedWhenToldAndNoticesTheSameValidators) {
    ScriptedHttp http;
    PollRequest request = press_request();
    request.validators = Validators{"\"a\"", ""};
    request.unconditional = true;
    http.then(200, feed_xml(articles(1, 1)), {{"etag", "\"a\""}});
    EXPECT_TRUE(run(poll_press(http, request))->validators_repeated);
    EXPECT_FALSE(http.asked()[0].validators);
    http.then(200, feed_xml(articles(1, 1)), {{"etag", "\"b\""}});
    EXPECT_FALSE(run(poll_press(http, request))->validators_repeated);
}

}  // namespace
}  // namespace narvaro
