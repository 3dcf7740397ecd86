#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "connectors/http_client.h"
#include "tests/connectors/loopback_server.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

constexpr char kChunked[] = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n";

/// One request to a server that plays `reply`. @return the error; an empty `what`: there was none
Error error_of(ServerReply reply, HttpRequest request = {}) {
    asio::io_context loop;
    LoopbackServer server{loop, [&](const std::string&) { return reply; }};
    HttpOptions options;
    options.private_hosts = {"127.0.0.1"};
    HttpClient http{loop, options};
    request.url = server.url("/feed/?key=sekret");
    const Result<HttpReply> answer = run(loop, http.get(request));
    if (answer) return Error{Fault::usage, {}, {}};
    const std::string place = "127.0.0.1:" + std::to_string(server.port()) + "/feed/: ";
    Error error = answer.error();
    EXPECT_EQ(error.what.substr(0, place.size()), place);
    EXPECT_EQ(error.what.find("sekret"), std::string::npos);
    error.what.erase(0, place.size());
    return error;
}

HttpRequest at_most(std::size_t bytes) {
    HttpRequest request;
    request.max_bytes = bytes;
    return request;
}

HttpRequest within(std::chrono::milliseconds time) {
    HttpRequest request;
    request.timeout = time;
    return request;
}

std::string bomb() {
    std::ifstream file{NARVARO_TEST_DATA "/connectors/web/zeros_32mib.gz", std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(HttpLimits, CountTheBodyAsItIsDecoded) {
    const std::string packed = bomb();
    ASSERT_GT(packed.size(), 10'000U);
    const Error error = error_of({http_answer(200, packed, "Content-Encoding: gzip\r\n")});
    EXPECT_EQ(error.fault, Fault::bad_reply);
    EXPECT_EQ(error.what, "the body is over the limit of 16 MiB");
}

TEST(HttpLimits, LetABodyOfExactlyTheLimitPass) {
    EXPECT_EQ(error_of({http_answer(200, std::string(1024, 'x'))}, at_most(1024)).what, "");
    EXPECT_EQ(error_of({http_answer(200, std::string(1025, 'x'))}, at_most(1024)).what,
              "the body is over the limit of 1 KiB");
    EXPECT_EQ(error_of({http_answer(200, "1234")}, at_most(3)).what,
              "the body is over the limit of 3 bytes");
}

TEST(HttpLimits, StopABodyThatNeverEnds) {
    const std::string chunk = "1000\r\n" + std::string(4096, 'x') + "\r\n";
    const Error error = error_of({kChunked, {}, chunk}, at_most(1U << 20U));
    EXPECT_EQ(error.fault, Fault::bad_reply);
    EXPECT_EQ(error.what, "the body is over the limit of 1 MiB");
}

TEST(HttpLimits, StopHeadersThatNeverEnd) {
    const Error many = error_of({"HTTP/1.1 200 X\r\n", {}, "X-A: b\r\n"});
    EXPECT_EQ(many.fault, Fault::bad_reply);
    EXPECT_EQ(many.what, "the header is over the limit of 64 KiB or 256 lines");
    const Error big =
        error_of({"HTTP/1.1 200 X\r\n", {}, "X-A: " + std::string(40'000, 'b') + "\r\n"});
    EXPECT_EQ(big.what, "the header is over the limit of 64 KiB or 256 lines");
    const Error early = error_of({"", {}, "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"});
    EXPECT_EQ(early.what, "the header is over the limit of 64 KiB or 256 lines");
}

TEST(HttpLimits, GiveUpOnASlowServer) {
    const Error silent = error_of({http_answer(200, "late"), std::chrono::hours{1}},
                                  within(std::chrono::milliseconds{150}));
    EXPECT_EQ(silent.fault, Fault::network);
    EXPECT_EQ(silent.what, "timed out after 150 ms, with 0 bytes read");
    const Error half = error_of({"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nhalf"},
                                within(std::chrono::milliseconds{150}));
    EXPECT_EQ(half.what, "timed out after 150 ms, with 4 bytes read");
}

struct BrokenCase {
    const char* bytes;
    Fault fault;
    const char* what;
};

TEST(HttpLimits, ABrokenAnswerIsNoAnswer) {
    constexpr BrokenCase cases[] = {
        {"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nhalf", Fault::network,
         "cut off after 4 bytes"},
        {"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", Fault::network,
         "cut off after 4 bytes"},
        {"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nhalf\r\n", Fault::network,
         "cut off after 0 bytes"},
        {"", Fault::network, "the server closed the connection without an answer"},
        {"SSH-2.0-OpenSSH_9.2\r\n", Fault::bad_reply, "what answers does not speak HTTP"},
        {"HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip",
         Fault::bad_reply, "the compressed body is damaged"},
    };
    for (const BrokenCase& c : cases) {
        const Error error = error_of({c.bytes, {}, {}, true});
        EXPECT_EQ(error.fault, c.fault) << c.bytes;
        EXPECT_EQ(error.what, c.what) << c.bytes;
    }
}

TEST(HttpLimits, SayThatNobodyListens) {
    asio::io_context loop;
    std::string url;
    {
        LoopbackServer gone{loop, [](const std::string&) { return ServerReply{}; }};
        url = gone.url("/x?key=sekret");
    }
    HttpOptions options;
    options.private_hosts = {"127.0.0.1"};
    HttpClient http{loop, options};
    HttpRequest request;
    request.url = url;
    const Result<HttpReply> reply = run(loop, http.get(request));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().fault, Fault::network);
    EXPECT_NE(reply.error().what.find("/x: connection refused"), std::string::npos);
    EXPECT_FALSE(reply.error().remedy.empty());
}

TEST(HttpLimits, SayThatANameDoesNotResolve) {
    asio::io_context loop;
    HttpClient http{loop, {}};
    HttpRequest request;
    request.url = "http://narvaro.invalid/feed?key=sekret";
    const Result<HttpReply> reply = run(loop, http.get(request));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().fault, Fault::offline);
    EXPECT_EQ(reply.error().what, "narvaro.invalid/feed: the host name does not resolve");
}

}  // namespace
}  // namespace narvaro
