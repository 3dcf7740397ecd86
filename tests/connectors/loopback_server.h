#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "core/coro.h"

namespace narvaro {

/// What the server does with one request: bytes as they go to the wire, well-formed or not.
struct ServerReply {
    std::string bytes;
    std::chrono::milliseconds delay{0};  ///< before the first byte
    std::string repeat{};                ///< then sent again and again until the client leaves
    bool close = false;                  ///< then the connection is closed
};

/// "HTTP/1.1 STATUS X" with a Content-Length.
inline std::string http_answer(int status, const std::string& body,
                               const std::string& headers = {}) {
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
           body;
}

/// A server on a loopback address and a free port, on the test's own loop. It keeps what it was
/// asked, and how many requests were under way at a time.
class LoopbackServer {
  public:
    using tcp = asio::ip::tcp;
    /// @param head  request line and headers, each line ended by CR LF
    using Handler = std::function<ServerReply(const std::string& head)>;

    LoopbackServer(asio::io_context& loop, Handler handler,
                   const std::string& address = "127.0.0.1")
        : state_{std::make_shared<State>(loop, std::move(handler), address)} {
        asio::co_spawn(loop, accept(state_), report);
    }
    ~LoopbackServer() {
        boost::system::error_code ignored;
        state_->acceptor.close(ignored);
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    unsigned short port() const { return state_->acceptor.local_endpoint().port(); }
    /// "http://HOST:PORT" + path
    std::string url(const std::string& path, const std::string& host = "127.0.0.1") const {
        return "http://" + host + ":" + std::to_string(port()) + path;
    }
    const std::vector<std::string>& heads() const { return state_->heads; }
    int connections() const { return state_->connections; }
    int most_at_a_time() const { return state_->most; }

  private:
    struct State {
        State(asio::io_context& loop, Handler answer, const std::string& address)
            : acceptor{loop, tcp::endpoint{asio::ip::make_address(address), 0}},
              handler{std::move(answer)} {}
        tcp::acceptor acceptor;
        Handler handler;
        std::vector<std::string> heads;
        int connections = 0;
        int now = 0;
        int most = 0;
    };

    static void report(const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    }

    static Task<void> accept(std::shared_ptr<State> state) {
        auto executor = co_await asio::this_coro::executor;
        for (;;) {
            boost::system::error_code error;
            tcp::socket socket = co_await state->acceptor.async_accept(
                asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            ++state->connections;
            asio::co_spawn(executor, serve(state, std::move(socket)), report);
        }
    }

    static Task<void> serve(std::shared_ptr<State> state, tcp::socket socket) {
        std::string buffer;
        for (;;) {
            boost::system::error_code error;
            const std::size_t size =
                co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n",
                                                asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            state->heads.push_back(buffer.substr(0, size));
            buffer.erase(0, size);
            state->most = std::max(state->most, ++state->now);
            const ServerReply reply = state->handler(state->heads.back());
            co_await sleep_for(reply.delay);
            co_await asio::async_write(socket, asio::buffer(reply.bytes),
                                       asio::redirect_error(asio::use_awaitable, error));
            --state->now;
            while (!error && !reply.repeat.empty()) {
                co_await asio::async_write(socket, asio::buffer(reply.repeat),
                                           asio::redirect_error(asio::use_awaitable, error));
            }
            if (error || reply.close) co_return;
        }
    }

    std::shared_ptr<State> state_;
};

}  // namespace narvaro
