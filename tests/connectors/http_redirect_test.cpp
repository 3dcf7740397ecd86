#include <map>

#include <gtest/gtest.h>

#include "connectors/http_client.h"
#include "tests/connectors/loopback_server.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

/// A server whose paths redirect as the table says; "" in place of a target answers 200.
class Redirects : public testing::Test {
  protected:
    struct Step {
        int status;
        std::string location;
    };

    Redirects()
        : server_{loop_, [this](const std::string& head) {
                      const std::string path = head.substr(4, head.find(' ', 4) - 4);
                      const auto found = steps_.find(path);
                      if (found == steps_.end()) return ServerReply{http_answer(200, "at " + path)};
                      const std::string location = "Location: " + found->second.location + "\r\n";
                      return ServerReply{http_answer(found->second.status, "moved", location)};
                  }} {
        options_.private_hosts = {"127.0.0.1", "localhost"};
    }

    Result<HttpReply> get(HttpRequest request, const std::string& host = "127.0.0.1") {
        HttpClient http{loop_, options_};
        request.url = server_.url(request.url, host);
        return run(loop_, http.get(std::move(request)));
    }
    Result<HttpReply> get(const std::string& path, const std::string& host = "127.0.0.1") {
        HttpRequest request;
        request.url = path;
        return get(std::move(request), host);
    }
    /// The error with host and port cut off.
    std::string what(const Result<HttpReply>& reply) {
        if (reply) return "no error";
        const std::string text = reply.error().what;
        const std::size_t port = text.find(":" + std::to_string(server_.port()));
        return port == std::string::npos ? text : text.substr(text.find('/', port));
    }

    asio::io_context loop_;
    std::map<std::string, Step> steps_;
    LoopbackServer server_;
    HttpOptions options_;
};

TEST_F(Redirects, AreFollowedAndSayWhereTheyLed) {
    steps_ = {{"/a", {301, "/b?x=1"}}, {"/b?x=1", {308, server_.url("/c")}}};
    const Result<HttpReply> reply = get("/a");
    ASSERT_TRUE(reply) << reply.error().what;
    EXPECT_EQ(reply->body, "at /c");
    EXPECT_EQ(reply->url, server_.url("/c"));
    EXPECT_TRUE(reply->moved_permanently);
}

TEST_F(Redirects, OfWhichOneIsForNowAreNotPermanent) {
    for (const int status : {302, 303, 307}) {
        steps_ = {{"/a", {301, "/b"}}, {"/b", {status, "/c"}}};
        const Result<HttpReply> reply = get("/a");
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, "at /c");
        EXPECT_FALSE(reply->moved_permanently) << status;
    }
}

TEST_F(Redirects, WithoutATargetAreAnAnswer) {
    steps_ = {{"/a", {302, ""}}, {"/b", {304, "/c"}}};
    EXPECT_EQ(get("/a")->status, 302);
    EXPECT_EQ(get("/b")->status, 304);
}

TEST_F(Redirects, InALoopAreToldSo) {
    steps_ = {{"/a", {302, "/b"}}, {"/b", {302, "/a"}}};
    const Result<HttpReply> reply = get("/a");
    EXPECT_EQ(what(reply), "/b: a redirect loop");
    EXPECT_EQ(reply.error().fault, Fault::bad_reply);
    EXPECT_EQ(server_.heads().size(), 2U);
}

TEST_F(Redirects, AreFollowedOnlySoFar) {
    for (int i = 0; i < 9; ++i) {
        steps_["/" + std::to_string(i)] = {302, "/" + std::to_string(i + 1)};
    }
    EXPECT_EQ(get("/4")->body, "at /9");
    EXPECT_EQ(what(get("/3")), "/8: more than 5 redirects");
    HttpRequest none;
    none.url = "/8";
    none.max_redirects = 0;
    EXPECT_EQ(what(get(none)), "/8: more than 0 redirects");
}

TEST_F(Redirects, ToAnotherSchemeAreRefused) {
    for (const char* target : {"ftp://127.0.0.1/x", "file:///etc/passwd", "gopher://127.0.0.1/x"}) {
        steps_ = {{"/a", {302, target}}};
        const Result<HttpReply> reply = get("/a");
        EXPECT_EQ(what(reply), "/a: redirect: the address is neither http nor https") << target;
        EXPECT_EQ(reply.error().fault, Fault::refused) << target;
    }
}

TEST_F(Redirects, ToNowhereAreABadAnswer) {
    steps_ = {{"/a", {302, "http://"}}};
    const Result<HttpReply> reply = get("/a");
    EXPECT_EQ(what(reply), "/a: redirect: the address cannot be read");
    EXPECT_EQ(reply.error().fault, Fault::bad_reply);
}

TEST_F(Redirects, ToAPrivateAddressAreRefused) {
    options_.private_hosts = {"localhost"};
    for (const char* host :
         {"127.0.0.2", "127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"}) {
        steps_ = {{"/a", {302, server_.url("/b?key=sekret", host)}}};
        const Result<HttpReply> reply = get("/a", "localhost");
        EXPECT_EQ(what(reply), "/b: refused: private address (loopback)") << host;
        EXPECT_EQ(reply.error().fault, Fault::refused) << host;
    }
    for (const std::string& head : server_.heads()) EXPECT_EQ(head.substr(0, 7), "GET /a ");
}

TEST_F(Redirects, ToAPrivateAddressOfTheConfigurationAreFollowed) {
    options_.private_hosts = {"LOCALHOST", "127.0.0.1"};
    steps_ = {{"/a", {302, server_.url("/b")}}};
    const Result<HttpReply> reply = get("/a", "localhost");
    ASSERT_TRUE(reply) << reply.error().what;
    EXPECT_EQ(reply->url, server_.url("/b"));
}

TEST_F(Redirects, OfARequestWithATokenAreRefused) {
    steps_ = {{"/same", {302, "/b"}}, {"/other", {302, server_.url("/b?t=sekret", "localhost")}}};
    HttpRequest request;
    request.bearer = Secret{"EAAtoken"};
    for (const auto& [path, host] :
         std::map<std::string, std::string>{{"/same", "127.0.0.1"}, {"/other", "localhost"}}) {
        request.url = path;
        const Result<HttpReply> reply = get(request);
        const std::string refusal =
            ": refused: a redirect to " + host + " of a request with a token";
        EXPECT_EQ(what(reply), path + refusal);
        EXPECT_EQ(reply.error().fault, Fault::refused);
        const std::string said = reply.error().what + reply.error().remedy;
        EXPECT_EQ(said.find("EAAtoken"), std::string::npos);
        EXPECT_EQ(said.find("sekret"), std::string::npos);
    }
    EXPECT_EQ(server_.heads().size(), 2U);
}

TEST_F(Redirects, TakeNoHeadersToAnotherHost) {
    steps_ = {{"/a", {302, server_.url("/b", "localhost")}}};
    HttpRequest request;
    request.url = "/a";
    request.headers = {{"X-Auth-Token", "sekret"}, {"Accept", "text/xml"}};
    request.validators = Validators{"\"v1\"", ""};
    ASSERT_TRUE(get(request));
    ASSERT_EQ(server_.heads().size(), 2U);
    EXPECT_NE(server_.heads()[0].find("sekret"), std::string::npos);
    EXPECT_EQ(server_.heads()[1].find("sekret"), std::string::npos);
    EXPECT_NE(server_.heads()[1].find("Accept: text/xml"), std::string::npos);
    EXPECT_NE(server_.heads()[1].find("If-None-Match: \"v1\""), std::string::npos);
}

TEST_F(Redirects, ShareTheTimeOfTheRequest) {
    LoopbackServer slow{loop_, [](const std::string& head) {
                            const std::string next =
                                head.find("/1 ") != std::string::npos ? "2" : "3";
                            return ServerReply{http_answer(302, "", "Location: /" + next + "\r\n"),
                                               std::chrono::milliseconds{120}};
                        }};
    HttpClient http{loop_, options_};
    HttpRequest request;
    request.url = slow.url("/1");
    request.timeout = std::chrono::milliseconds{200};
    const Result<HttpReply> reply = run(loop_, http.get(request));
    ASSERT_FALSE(reply);
    EXPECT_NE(reply.error().what.find("/2: timed out after 200 ms"), std::string::npos)
        << reply.error().what;
}

TEST_F(Redirects, DoNotMakeAPrivateHostPublic) {
    options_.private_hosts = {};
    const Result<HttpReply> reply = get("/a", "localhost");
    EXPECT_EQ(what(reply), "/a: refused: private address (loopback)");
    EXPECT_TRUE(server_.heads().empty());
}

}  // namespace
}  // namespace narvaro
