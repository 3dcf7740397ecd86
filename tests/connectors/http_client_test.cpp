#include "connectors/http_client.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/connectors/loopback_server.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

HttpOptions loopback_options() {
    HttpOptions options;
    options.private_hosts = {"127.0.0.1", "localhost"};
    return options;
}

HttpRequest request_for(const std::string& url) {
    HttpRequest request;
    request.url = url;
    return request;
}

bool has_line(const std::string& head, const std::string& line) {
    return head.find("\r\n" + line + "\r\n") != std::string::npos;
}

Task<void> fetch(Http& http, std::string url, int& left, std::vector<Result<HttpReply>>& into) {
    Result<HttpReply> reply = co_await http.get(request_for(url));
    into.push_back(std::move(reply));
    --left;
}

/// Asks for all addresses at once; `replies` takes the answers in the order of their coming.
void fetch_all(asio::io_context& loop, Http& http, const std::vector<std::string>& urls,
               std::vector<Result<HttpReply>>& replies) {
    int left = static_cast<int>(urls.size());
    for (const std::string& url : urls) {
        asio::co_spawn(loop, fetch(http, url, left, replies), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
    }
    loop.restart();
    while (left > 0 && loop.run_one() > 0) {
    }
}

TEST(HttpClient, BringsStatusBodyAndHeadersInLowerCase) {
    asio::io_context loop;
    LoopbackServer server{
        loop, [](const std::string&) {
            return ServerReply{http_answer(404, "borta", "X-Thing:  one \r\nX-THING: two\r\n")};
        }};
    HttpClient http{loop, loopback_options()};
    const Result<HttpReply> reply = run(loop, http.get(request_for(server.url("/a?b=c#d"))));
    ASSERT_TRUE(reply) << reply.error().what;
    EXPECT_EQ(reply->status, 404);
    EXPECT_EQ(reply->body, "borta");
    EXPECT_EQ(reply->header("x-thing"), "two");
    EXPECT_EQ(reply->url, server.url("/a?b=c"));
    EXPECT_FALSE(reply->moved_permanently);
}

TEST(HttpClient, SaysWhoItIsAndWhichCompressionItReads) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    HttpClient http{loop, loopback_options()};
    ASSERT_TRUE(run(loop, http.get(request_for(server.url("/")))));
    const std::string head = server.heads().at(0);
    EXPECT_TRUE(has_line(head, std::string{"User-Agent: narvaro/"} + kVersion)) << head;
    const std::size_t accept = head.find("Accept-Encoding: ");
    ASSERT_NE(accept, std::string::npos);
    EXPECT_NE(head.find("gzip", accept), std::string::npos);
}

TEST(HttpClient, SendsValidatorsByteForByte) {
    asio::io_context loop;
    LoopbackServer server{
        loop, [](const std::string&) { return ServerReply{"HTTP/1.1 304 Not Modified\r\n\r\n"}; }};
    HttpClient http{loop, loopback_options()};
    HttpRequest request = request_for(server.url("/feed"));
    request.validators = Validators{R"(W/"a, b\"c  d")", "Sön, 1 mar 2021 25:00"};
    const Result<HttpReply> reply = run(loop, http.get(request));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 304);
    const std::string head = server.heads().at(0);
    EXPECT_TRUE(has_line(head, R"(If-None-Match: W/"a, b\"c  d")")) << head;
    EXPECT_TRUE(has_line(head, "If-Modified-Since: Sön, 1 mar 2021 25:00")) << head;
}

TEST(HttpClient, AsksUnconditionallyWithoutValidators) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    HttpClient http{loop, loopback_options()};
    HttpRequest request = request_for(server.url("/feed"));
    request.validators = Validators{};
    ASSERT_TRUE(run(loop, http.get(request)));
    EXPECT_EQ(server.heads().at(0).find("If-"), std::string::npos);
}

TEST(HttpClient, SendsTheTokenAndHeadersOfTheRequest) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    HttpClient http{loop, loopback_options()};
    HttpRequest request = request_for(server.url("/me"));
    request.bearer = Secret{"EAAtoken"};
    request.headers = {{"Accept", "application/json"}, {"X-Empty", ""}};
    ASSERT_TRUE(run(loop, http.get(request)));
    const std::string head = server.heads().at(0);
    EXPECT_TRUE(has_line(head, "Authorization: Bearer EAAtoken")) << head;
    EXPECT_TRUE(has_line(head, "Accept: application/json")) << head;
    EXPECT_TRUE(has_line(head, "X-Empty:")) << head;
}

TEST(HttpClient, SendsNoTokenWithoutTlsOverTheInternet) {
    asio::io_context loop;
    HttpOptions options;
    options.private_hosts = {"93.184.216.34"};  // being configured does not help; nothing is sent
    HttpClient http{loop, options};
    HttpRequest request = request_for("http://93.184.216.34/me?key=sekret");
    request.bearer = Secret{"EAAtoken"};
    const Result<HttpReply> reply = run(loop, http.get(request));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().fault, Fault::refused);
    EXPECT_EQ(reply.error().what, "93.184.216.34/me: refused: a token is not sent without TLS");
}

TEST(HttpClient, RefusesLineBreaksInHeadersWithoutShowingThem) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    HttpClient http{loop, loopback_options()};
    std::vector<HttpRequest> bad(6, request_for(server.url("/")));
    bad[0].headers = {{"X-A", "sekret\r\nX-B: 1"}};
    bad[1].headers = {{"X-A\nX-B", "sekret"}};
    bad[2].bearer = Secret{"sekret\r\nHost: b"};
    bad[3].validators = Validators{"sekret\n", ""};
    bad[4].validators = Validators{"", std::string{"sekret\0", 7}};
    bad[5].headers = {{"", "sekret"}};
    for (const HttpRequest& request : bad) {
        const Result<HttpReply> reply = run(loop, http.get(request));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().fault, Fault::refused);
        EXPECT_EQ(reply.error().what.find("sekret"), std::string::npos) << reply.error().what;
    }
    EXPECT_TRUE(server.heads().empty());
}

TEST(HttpClient, AsksAHostOneRequestAtATime) {
    asio::io_context loop;
    LoopbackServer server{loop, [](const std::string&) {
                              return ServerReply{http_answer(200, "x"),
                                                 std::chrono::milliseconds{5}};
                          }};
    HttpClient http{loop, loopback_options()};
    std::vector<std::string> urls;
    urls.reserve(12);
    for (int i = 0; i < 12; ++i) urls.push_back(server.url("/" + std::to_string(i)));
    std::vector<Result<HttpReply>> replies;
    fetch_all(loop, http, urls, replies);
    ASSERT_EQ(replies.size(), urls.size());
    for (std::size_t i = 0; i < replies.size(); ++i) {
        ASSERT_TRUE(replies[i]) << replies[i].error().what;
        EXPECT_EQ(replies[i]->url, urls[i]);  // in the order of their coming
    }
    EXPECT_EQ(server.most_at_a_time(), 1);
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, AsksSeveralHostsAtOnceButNeverMoreThanItsLimit) {
    asio::io_context loop;
    HttpOptions options = loopback_options();
    std::vector<std::string> urls;
    std::vector<std::unique_ptr<LoopbackServer>> servers;
    std::vector<Result<HttpReply>> replies;
    std::size_t asked = 0;
    std::size_t most = 0;
    for (int i = 1; i <= 40; ++i) {
        const std::string host = "127.0.1." + std::to_string(i);
        options.private_hosts.insert(host);
        const auto answer = [&](const std::string&) {
            most = std::max(most, ++asked - replies.size());
            return ServerReply{http_answer(200, "x"), std::chrono::milliseconds{30}};
        };
        servers.push_back(std::make_unique<LoopbackServer>(loop, answer, host));
        for (int n = 0; n < 3; ++n) urls.push_back(servers.back()->url("/", host));
    }
    HttpClient http{loop, options};
    fetch_all(loop, http, urls, replies);
    ASSERT_EQ(replies.size(), 120U);
    for (const auto& reply : replies) EXPECT_TRUE(reply) << reply.error().what;
    for (const auto& server : servers) EXPECT_EQ(server->most_at_a_time(), 1);
    EXPECT_GT(most, 1U);
    EXPECT_LE(most, 16U);
}

TEST(HttpClient, LeavesAHostAloneForTheGap) {
    asio::io_context loop;
    std::vector<std::chrono::steady_clock::time_point> asked;
    LoopbackServer server{loop, [&](const std::string&) {
                              asked.push_back(std::chrono::steady_clock::now());
                              return ServerReply{http_answer(200, "")};
                          }};
    HttpOptions options = loopback_options();
    options.host_gap = std::chrono::milliseconds{60};
    HttpClient http{loop, options};
    std::vector<Result<HttpReply>> replies;
    fetch_all(loop, http, {server.url("/1"), server.url("/2"), server.url("/3")}, replies);
    ASSERT_EQ(asked.size(), 3U);
    // The gap lies between the sending; what passes until the server sees it may differ by a
    // little.
    EXPECT_GE(asked[2] - asked[0], std::chrono::milliseconds{100});
}

TEST(HttpClient, LeavesNoGapWhereItIsToldSo) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    HttpOptions options = loopback_options();
    options.host_gap = std::chrono::seconds{30};
    options.hosts_without_gap = {"127.0.0.1"};
    HttpClient http{loop, options};
    std::vector<Result<HttpReply>> replies;
    const auto start = std::chrono::steady_clock::now();
    fetch_all(loop, http, {server.url("/1"), server.url("/2"), server.url("/3")}, replies);
    EXPECT_EQ(replies.size(), 3U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

TEST(HttpClient, EndsWhatIsInFlightWhenItGoes) {
    asio::io_context loop;
    LoopbackServer server{loop, [](const std::string&) {
                              return ServerReply{http_answer(200, "late"), std::chrono::hours{1}};
                          }};
    auto http = std::make_unique<HttpClient>(loop, loopback_options());
    std::vector<Result<HttpReply>> replies;
    int left = 3;
    for (int i = 0; i < 3; ++i) {
        asio::co_spawn(loop, fetch(*http, server.url("/secret?x"), left, replies),
                       [](const std::exception_ptr&) {});
    }
    while (server.heads().empty()) loop.run_one();
    http.reset();
    while (left > 0 && loop.run_one() > 0) {
    }
    ASSERT_EQ(replies.size(), 3U);
    for (const auto& reply : replies) {
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().fault, Fault::network);
        EXPECT_NE(reply.error().what.find("the program is ending"), std::string::npos);
    }
}

TEST(HttpClient, MayBeForgottenWithItsLoop) {
    std::vector<Result<HttpReply>> replies;
    int left = 3;
    {
        asio::io_context loop;
        LoopbackServer server{loop, [](const std::string&) {
                                  return ServerReply{
                                      "HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nhalf",
                                      std::chrono::milliseconds{0}};
                              }};
        HttpClient http{loop, loopback_options()};
        for (int i = 0; i < 3; ++i) {
            asio::co_spawn(loop, fetch(http, server.url("/"), left, replies),
                           [](const std::exception_ptr&) {});
        }
        while (server.heads().empty()) loop.run_one();
    }
    EXPECT_TRUE(replies.empty());  // and no sanitizer has found anything
}

TEST(HttpClient, IgnoresProxiesOfTheEnvironment) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    ASSERT_EQ(setenv("http_proxy", "http://127.0.0.1:9", 1), 0);
    HttpClient http{loop, loopback_options()};
    const Result<HttpReply> reply = run(loop, http.get(request_for(server.url("/"))));
    ASSERT_EQ(unsetenv("http_proxy"), 0);
    EXPECT_TRUE(reply) << reply.error().what;
}

}  // namespace
}  // namespace narvaro
