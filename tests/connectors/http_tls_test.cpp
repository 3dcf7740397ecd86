#include <memory>

#include <boost/asio/ssl.hpp>
#include <gtest/gtest.h>

#include "connectors/http_client.h"
#include "tests/connectors/loopback_server.h"
#include "tests/connectors/run_task.h"
#include "tests/connectors/tls_identity.h"

namespace narvaro {
namespace {

/// Answers each connection once over TLS, then closes it.
class TlsServer {
  public:
    using tcp = asio::ip::tcp;
    TlsServer(asio::io_context& loop, const Identity& identity, std::string answer,
              long options = 0)
        : state_{std::make_shared<State>(loop, identity, std::move(answer), options)} {
        asio::co_spawn(loop, serve(state_), [](const std::exception_ptr&) {});
    }
    ~TlsServer() {
        boost::system::error_code ignored;
        state_->acceptor.close(ignored);
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;
    std::string url(const std::string& host) const {
        return "https://" + host + ":" + std::to_string(state_->acceptor.local_endpoint().port()) +
               "/feed";
    }

  private:
    struct State {
        State(asio::io_context& loop, const Identity& identity, std::string text, long options)
            : acceptor{loop, tcp::endpoint{asio::ip::make_address("127.0.0.1"), 0}},
              tls{asio::ssl::context::tls_server},
              answer{std::move(text)} {
            tls.use_certificate_file(identity.certificate_file, asio::ssl::context::pem);
            tls.use_private_key_file(identity.key_file, asio::ssl::context::pem);
            tls.set_options(options);
            if (options != 0) SSL_CTX_set_cipher_list(tls.native_handle(), "ALL:@SECLEVEL=0");
        }
        tcp::acceptor acceptor;
        asio::ssl::context tls;
        std::string answer;
    };

    static Task<void> serve(std::shared_ptr<State> state) {
        for (;;) {
            boost::system::error_code error;
            tcp::socket socket = co_await state->acceptor.async_accept(
                asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            asio::ssl::stream<tcp::socket> stream{std::move(socket), state->tls};
            co_await stream.async_handshake(asio::ssl::stream_base::server,
                                            asio::redirect_error(asio::use_awaitable, error));
            if (error) continue;
            std::string head;
            co_await asio::async_read_until(stream, asio::dynamic_buffer(head), "\r\n\r\n",
                                            asio::redirect_error(asio::use_awaitable, error));
            co_await asio::async_write(stream, asio::buffer(state->answer),
                                       asio::redirect_error(asio::use_awaitable, error));
        }
    }
    std::shared_ptr<State> state_;
};

constexpr long kDay = 86'400;

Result<HttpReply> get_over_tls(const Identity& identity, const std::string& ca_file,
                               const std::string& host = "localhost", long server_options = 0) {
    asio::io_context loop;
    TlsServer server{loop, identity, http_answer(200, "hemligt", "Connection: close\r\n"),
                     server_options};
    HttpOptions options;
    options.private_hosts = {"localhost", "127.0.0.1"};
    options.ca_file = ca_file;
    HttpClient http{loop, options};
    HttpRequest request;
    request.url = server.url(host);
    return run(loop, http.get(request));
}

std::string what(const Result<HttpReply>& reply) {
    if (reply) return "no error";
    EXPECT_EQ(reply.error().fault, Fault::network);
    return reply.error().what.substr(reply.error().what.find(": ") + 2);
}

TEST(HttpTls, ReadsFromAServerWhoseCertificateIsTrusted) {
    const Identity good = make_identity("good", "DNS:localhost", 0, kDay);
    const Result<HttpReply> reply = get_over_tls(good, good.certificate_file);
    ASSERT_TRUE(reply) << reply.error().what;
    EXPECT_EQ(reply->body, "hemligt");
}

TEST(HttpTls, RefusesACertificateThatNobodyVouchesFor) {
    const Identity good = make_identity("own", "DNS:localhost", 0, kDay);
    const Identity other = make_identity("other", "DNS:localhost", 0, kDay);
    EXPECT_EQ(what(get_over_tls(good, {})), "the TLS certificate is self-signed and not trusted");
    EXPECT_NE(what(get_over_tls(good, other.certificate_file)).find("the TLS certificate"),
              std::string::npos);
}

TEST(HttpTls, RefusesACertificateOutOfItsTime) {
    const Identity old = make_identity("old", "DNS:localhost", -2 * kDay, -kDay);
    const Identity young = make_identity("young", "DNS:localhost", kDay, 2 * kDay);
    EXPECT_EQ(what(get_over_tls(old, old.certificate_file)), "the TLS certificate has expired");
    EXPECT_EQ(what(get_over_tls(young, young.certificate_file)),
              "the TLS certificate is not valid yet");
}

TEST(HttpTls, RefusesACertificateForAnotherHost) {
    const Identity other = make_identity("elsewhere", "DNS:vallentuna.example", 0, kDay);
    EXPECT_EQ(what(get_over_tls(other, other.certificate_file)),
              "the TLS certificate is for another host name");
    const Identity name = make_identity("name", "DNS:localhost", 0, kDay);
    EXPECT_EQ(what(get_over_tls(name, name.certificate_file, "127.0.0.1")),
              "the TLS certificate is for another host name");
}

TEST(HttpTls, RefusesTlsOlderThanOneTwo) {
    const Identity good = make_identity("ancient", "DNS:localhost", 0, kDay);
    const long only_old = SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3;
    EXPECT_EQ(what(get_over_tls(good, good.certificate_file, "localhost", only_old)),
              "no TLS 1.2 or newer was agreed on");
}

TEST(HttpTls, SaysThatTheOtherSideSpeaksNoTls) {
    asio::io_context loop;
    LoopbackServer server{loop,
                          [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    HttpOptions options;
    options.private_hosts = {"127.0.0.1"};
    HttpClient http{loop, options};
    HttpRequest request;
    request.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
    request.timeout = std::chrono::milliseconds{300};
    EXPECT_FALSE(run(loop, http.get(request)));
}

TEST(HttpTls, RefusesARedirectFromHttpsToHttp) {
    const Identity good = make_identity("down", "DNS:localhost", 0, kDay);
    asio::io_context loop;
    LoopbackServer plain{loop,
                         [](const std::string&) { return ServerReply{http_answer(200, "")}; }};
    TlsServer server{
        loop, good,
        http_answer(301, "",
                    "Connection: close\r\nLocation: " + plain.url("/x", "localhost") + "\r\n")};
    HttpOptions options;
    options.private_hosts = {"localhost"};
    options.ca_file = good.certificate_file;
    HttpClient http{loop, options};
    HttpRequest request;
    request.url = server.url("localhost");
    const Result<HttpReply> reply = run(loop, http.get(request));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().fault, Fault::refused);
    EXPECT_NE(reply.error().what.find("from https to http"), std::string::npos);
    EXPECT_TRUE(plain.heads().empty());
}

TEST(HttpTls, NamesAFileOfCertificatesThatCannotBeRead) {
    const Identity good = make_identity("nofile", "DNS:localhost", 0, kDay);
    const Result<HttpReply> reply = get_over_tls(good, "/does/not/exist.pem");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().fault, Fault::config);
}

}  // namespace
}  // namespace narvaro
