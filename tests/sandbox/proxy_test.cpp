#include "proxy.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "testing.h"
#include "wire.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

using std::chrono::milliseconds;
constexpr char kNow[] = "2021-06-15T06:00:00Z";
constexpr char kFeed[] = "/press/mitti/rss";

std::string get_text(const char* target, const char* more = "Connection: close\r\n") {
    return std::string{"GET "} + target + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

/// Content-Length as told and the bytes of body that came.
std::pair<std::size_t, std::size_t> told_and_came(const std::string& bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return {0, 0};
    const auto head = parse_head(bytes.substr(0, end));
    return {content_length(head->headers).value_or(0), bytes.size() - end - 4};
}

TEST(Proxy, KeepsAConnectionForRequestsInARow) {
    Running sandbox{kNow};
    const auto bytes = talk(sandbox->port(), get_text(kFeed, "") + get_text("/site/none/", "") +
                                                 get_text("/press/norrort/atom"));
    ASSERT_TRUE(bytes);
    std::vector<int> statuses;
    for (auto i = bytes->find("HTTP/1.1 "); i != std::string::npos;
         i = bytes->find("HTTP/1.1 ", i + 1)) {
        statuses.push_back(std::atoi(bytes->c_str() + i + 9));
    }
    EXPECT_EQ(statuses, (std::vector<int>{200, 404, 200}));
}

TEST(Proxy, ServesManyAtOnce) {
    Running sandbox{kNow};
    const std::string expected = sandbox.get(kFeed).body;
    std::vector<std::thread> clients;
    std::atomic<int> same = 0;
    for (int i = 0; i < 16; ++i) {
        clients.emplace_back([&] {
            for (int k = 0; k < 5; ++k) same += sandbox.get(kFeed).body == expected ? 1 : 0;
        });
    }
    for (std::thread& c : clients) c.join();
    EXPECT_EQ(same, 80);
}

TEST(Proxy, AnswersHeadWithoutABody) {
    Running sandbox{kNow};
    const auto bytes =
        talk(sandbox->port(),
             std::string{"HEAD "} + kFeed + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(bytes);
    EXPECT_TRUE(bytes->starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_GT(told_and_came(*bytes).first, 0U);
    EXPECT_EQ(told_and_came(*bytes).second, 0U);
}

struct Refused {
    const char* bytes;
    const char* line;
};

TEST(Proxy, RefusesWhatWouldEndTheListener) {
    Running sandbox{kNow};
    for (const Refused& r :
         {Refused{"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "HTTP/1.1 411"},
          Refused{"GET / HTTP/9.9\r\n\r\n", "HTTP/1.1 400"},
          Refused{"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", "HTTP/1.1 400"},
          Refused{"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", "HTTP/1.1 413"},
          Refused{"nonsense\r\n\r\n", "HTTP/1.1 400"}}) {
        const auto bytes = talk(sandbox->port(), r.bytes);
        ASSERT_TRUE(bytes);
        EXPECT_TRUE(bytes->starts_with(r.line)) << r.bytes << *bytes;
    }
    EXPECT_EQ(sandbox.get(kFeed).status, 200);
}

TEST(Proxy, TakesRawBracesInAnAddress) {
    Running sandbox{kNow};
    const std::string target =
        std::string{"/graph/v26.0/"} + kPage +
        "?fields=id,instagram_business_account{username}&access_token=" + kToken;
    EXPECT_EQ(Json::parse(sandbox.get(target).body)["instagram_business_account"]["username"],
              kHandle);
}

TEST(WireFaults, CutEndsInTheMiddleOfTheBody) {
    Running sandbox{kNow};
    sandbox.fault("/press/mitti", "cut");
    const auto bytes = talk(sandbox->port(), get_text(kFeed));
    const auto [told, came] = told_and_came(*bytes);
    EXPECT_EQ(came, told / 2);
    EXPECT_GT(came, 0U);
    EXPECT_EQ(sandbox.get("/press/norrort/atom").status, 200) << "another path";
}

TEST(WireFaults, TruncateSendsHalfAsIfItWereAll) {
    Running sandbox{kNow};
    const std::string whole = sandbox.get(kFeed).body;
    sandbox.fault("/press/mitti", "truncate", nullptr, 1);
    const Reply half = sandbox.get(kFeed);
    EXPECT_EQ(half.status, 200);
    EXPECT_EQ(half.body, whole.substr(0, whole.size() / 2));
    EXPECT_EQ(sandbox.get(kFeed).body, whole) << "only once";
}

TEST(WireFaults, SlowDripsByteByByte) {
    Running sandbox{kNow};
    sandbox.fault("/press/mitti", "slow", 20);
    const auto bytes = talk(sandbox->port(), get_text(kFeed), milliseconds{500});
    EXPECT_GT(bytes->size(), 2U);
    EXPECT_LT(bytes->size(), 60U);
}

TEST(WireFaults, HangSaysNothingAndOthersAreServed) {
    Running sandbox{kNow};
    sandbox.fault("/press/mitti", "hang");
    std::thread waiting{
        [&] { EXPECT_EQ(talk(sandbox->port(), get_text(kFeed), milliseconds{400}).value(), ""); }};
    EXPECT_EQ(sandbox.get("/press/norrort/atom").status, 200);
    waiting.join();
}

TEST(WireFaults, EndlessNeverStops) {
    Running sandbox{kNow};
    sandbox.fault("/press/mitti", "endless");
    const auto bytes =
        talk(sandbox->port(), get_text(kFeed), std::chrono::seconds{20}, 8 * 1024 * 1024);
    EXPECT_GE(bytes->size(), 8U * 1024 * 1024);
    EXPECT_EQ(told_and_came(*bytes).first, 0U) << "no Content-Length";
}

TEST(WireFaults, ResetClosesWithoutAWord) {
    Running sandbox{kNow};
    sandbox.fault("/press/mitti", "reset");
    EXPECT_EQ(talk(sandbox->port(), get_text(kFeed)).value(), "");
}

TEST(WireFaults, GzipAndChunkedCarryTheSameBody) {
    Running sandbox{kNow};
    const std::string whole = sandbox.get(kFeed).body;
    sandbox.fault("/press/mitti", "gzip", nullptr, 1);
    const Reply packed = sandbox.get(kFeed);
    EXPECT_EQ(packed.headers.at("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.body, gzip(whole));
    sandbox.fault("/press/mitti", "chunked", nullptr, 1);
    const Reply chunked = sandbox.get(kFeed);
    EXPECT_EQ(chunked.headers.at("Transfer-Encoding"), "chunked");
    EXPECT_TRUE(chunked.body.starts_with("3e8\r\n" + whole.substr(0, 1000) + "\r\n"));
    EXPECT_TRUE(chunked.body.ends_with("\r\n0\r\n\r\n"));
}

TEST(WireFaults, ABombIsSmallOnTheWire) {
    const std::string bomb = gzip_bomb(32);
    EXPECT_LT(bomb.size(), 256U * 1024);
    EXPECT_TRUE(bomb.starts_with("\x1f\x8b\x08"));
}

TEST(CannedFaults, AnswerInPlaceOfThePlatform) {
    Running sandbox{kNow};
    sandbox.fault("/press", "status", 503, 1);
    EXPECT_EQ(sandbox.get(kFeed).status, 503);
    sandbox.fault("/press", "html500", nullptr, 1);
    const Reply html = sandbox.get(kFeed);
    EXPECT_EQ(html.status, 500);
    EXPECT_EQ(html.headers.at("Content-Type"), "text/html; charset=UTF-8");
    sandbox.fault("/press", "retry_after", 120, 1);
    const Reply later = sandbox.get(kFeed);
    EXPECT_EQ(later.status, 429);
    EXPECT_EQ(later.headers.at("Retry-After"), "120");
    sandbox.fault("/press", "redirect", "http://10.0.0.1/", 1);
    const Reply moved = sandbox.get(kFeed);
    EXPECT_EQ(moved.status, 302);
    EXPECT_EQ(moved.headers.at("Location"), "http://10.0.0.1/");
    EXPECT_EQ(sandbox.get(kFeed).status, 200);
}

TEST(CannedFaults, PlayFeedsThatMoveAndPagesThatAreNone) {
    Running sandbox{kNow};
    sandbox.fault("/press", "moved", "/press/mitti/feed.xml", 1);
    const Reply moved = sandbox.get(kFeed);
    EXPECT_EQ(moved.status, 301);
    EXPECT_EQ(moved.headers.at("Location"), "/press/mitti/feed.xml");
    EXPECT_EQ(sandbox.get("/press/mitti/feed.xml").body, sandbox.get("/press/mitti/rss").body);
    for (const char* form : {"html", "json", ""}) {
        sandbox.fault("/press", "no_feed", form, 1);
        const Reply none = sandbox.get(kFeed);
        EXPECT_EQ(none.status, 200);
        EXPECT_EQ(none.headers.at("ETag"), "\"no-feed\"");
        EXPECT_EQ(none.body.empty(), std::string{form}.empty());
    }
}

TEST(AnswerFaults, AddHeadersAndSay304ForEver) {
    Running sandbox{kNow};
    sandbox.fault("/press", "headers", {{"Cache-Control", "max-age=60"}, {"ETag", "\"x\""}}, 1);
    const Reply dressed = sandbox.get(kFeed);
    EXPECT_EQ(dressed.headers.at("Cache-Control"), "max-age=60");
    EXPECT_EQ(dressed.headers.at("ETag"), "\"x\"");
    EXPECT_FALSE(sandbox.get(kFeed).headers.contains("Cache-Control"));
    sandbox.fault("/press", "always_304");
    EXPECT_EQ(sandbox.get(kFeed).status, 200);
    EXPECT_EQ(sandbox.get(kFeed, "If-None-Match: \"old\"\r\n").status, 304);
}

TEST(Control, SetsTheClockAndRefusesNonsense) {
    Running sandbox{kNow};
    EXPECT_EQ(Json::parse(sandbox.get("/sandbox/clock").body)["clock"], kNow);
    EXPECT_EQ(ask(sandbox->port(), "POST", "/sandbox/clock", R"({"clock":"2021-07-01T06:00:00Z"})")
                  ->status,
              200);
    EXPECT_EQ(sandbox->state().clock(), at("2021-07-01T06:00:00Z"));
    EXPECT_EQ(ask(sandbox->port(), "POST", "/sandbox/clock", "2021-08-01T06:00:00Z")->status, 200);
    EXPECT_EQ(sandbox->state().clock(), at("2021-08-01T06:00:00Z"));
    EXPECT_EQ(ask(sandbox->port(), "POST", "/sandbox/clock", "tomorrow")->status, 400);
    EXPECT_EQ(sandbox->state().clock(), at("2021-08-01T06:00:00Z"));
}

TEST(Control, TakesFaultsAndRefusesUnknownOnes) {
    Running sandbox{kNow};
    const auto post = [&](const char* body) {
        return ask(sandbox->port(), "POST", "/sandbox/fault", body)->status;
    };
    EXPECT_EQ(post(R"({"path":"/press/mitti","kind":"html500","times":2})"), 200);
    EXPECT_EQ(post(R"({"path":"/press/mitti","kind":"flood"})"), 400);
    EXPECT_EQ(post(R"({"path":"/press/mitti","kind":"cut","often":2})"), 400);
    EXPECT_EQ(post("["), 400);
    EXPECT_EQ(sandbox.get(kFeed).status, 500);
    EXPECT_EQ(Json::parse(sandbox.get("/sandbox/faults").body)[0]["times"], 1);
    EXPECT_EQ(ask(sandbox->port(), "DELETE", "/sandbox/faults")->status, 200);
    EXPECT_EQ(sandbox.get(kFeed).status, 200);
}

TEST(Control, LogsWhatWasAskedWithoutSecrets) {
    Running sandbox{kNow};
    sandbox.get(std::string{kFeed} + "?a=1",
                "User-Agent: narvaro/0.1.0\r\nIf-None-Match: \"x\"\r\n");
    sandbox.call(std::string{kPage} + "?fields=id&access_token=" + kToken);
    sandbox.get("/sandbox/clock");
    const std::string text = sandbox.get("/sandbox/log").body;
    EXPECT_EQ(text.find(kToken), std::string::npos);
    const Json log = Json::parse(text);
    ASSERT_EQ(log.size(), 2U);
    EXPECT_EQ(log[0]["path"], std::string{kFeed} + "?a=1");
    EXPECT_EQ(log[0]["headers"],
              Json({{"User-Agent", "narvaro/0.1.0"}, {"If-None-Match", "\"x\""}}));
    EXPECT_EQ(log[0]["status"], 200);
    EXPECT_EQ(log[1]["headers"]["Authorization"], "present");
    EXPECT_EQ(log[1]["path"],
              std::string{"/graph/v26.0/"} + kPage + "?fields=id&access_token=hidden");
    ask(sandbox->port(), "DELETE", "/sandbox/log");
    EXPECT_EQ(sandbox.get("/sandbox/log").body, "[]\n");
}

TEST(Control, TellsTheTruth) {
    Running sandbox{kNow};
    const Json told = Json::parse(sandbox.get("/sandbox/truth?as_of=2021-12-31T22:59:59Z").body);
    EXPECT_EQ(told["targets"]["fb-followers"]["value"], 470);
    EXPECT_EQ(sandbox.get("/sandbox/truth?as_of=then").status, 400);
    EXPECT_EQ(sandbox.get("/sandbox/other").status, 404);
}

}  // namespace
}  // namespace narvaro::sandbox
