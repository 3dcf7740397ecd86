#include "proxy.h"

#include <thread>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "core/coro.h"
#include "wire.h"

namespace narvaro::sandbox {
namespace {

using asio::ip::tcp;
using Code = boost::system::error_code;

constexpr std::size_t kHeadLimit = 65536;
constexpr std::size_t kBodyLimit = 1024 * 1024;
const std::vector<std::string_view> kCanned{"status",   "html500", "retry_after",
                                            "redirect", "moved",   "no_feed"};
const std::vector<std::string_view> kWire{"cut",   "truncate", "slow", "hang",   "endless",
                                          "reset", "gzip",     "bomb", "chunked"};

struct Shared {
    State& state;
    std::uint16_t behind;
};

/// One request that has been read whole, and what to do with the connection afterwards.
struct Asked {
    Request request;
    std::string target;
    bool keep = false;
};

Task<Code> write(tcp::socket& socket, std::string bytes) {
    Code error;
    co_await asio::async_write(socket, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

/// Reads a head and its body. @return the head's text; empty at the end or on any error
Task<std::string> read_message(tcp::socket& socket, std::string& buffer, std::string& body,
                               std::size_t body_limit) {
    Code error;
    const std::size_t size = co_await asio::async_read_until(
        socket, asio::dynamic_buffer(buffer, kHeadLimit), "\r\n\r\n",
        asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return std::string{};
    std::string head = buffer.substr(0, size - 4);
    buffer.erase(0, size);
    const auto parsed = parse_head(head);
    const auto length = parsed ? content_length(parsed->headers) : std::nullopt;
    if (!length || *length > body_limit) co_return head;
    if (buffer.size() < *length) {
        const std::size_t missing = *length - buffer.size();
        co_await asio::async_read(socket, asio::dynamic_buffer(buffer),
                                  asio::transfer_exactly(missing),
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return std::string{};
    }
    body = buffer.substr(0, *length);
    buffer.erase(0, *length);
    co_return head;
}

Response bad_gateway() {
    return text_response(502, "text/plain; charset=utf-8", "the platforms do not answer\n");
}

Response response_of(const Head& head, std::string body) {
    Response response;
    const std::size_t space = head.first_line.find(' ');
    response.status = space == std::string::npos ? 502 : std::stoi(head.first_line.substr(space));
    for (const auto& [name, value] : head.headers) {
        if (name == "Content-Type") {
            response.content_type = value;
        } else if (name != "Connection" && name != "Content-Length") {
            response.headers.emplace_back(name, value);
        }
    }
    response.body = std::move(body);
    return response;
}

/// Asks the listener behind, on a connection of its own.
Task<Response> ask_behind(const Shared& shared, const Asked& asked) {
    tcp::socket socket{co_await asio::this_coro::executor};
    Code error;
    const tcp::endpoint there{asio::ip::address_v4::loopback(), shared.behind};
    co_await socket.async_connect(there, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return bad_gateway();
    std::string bytes = request_bytes(asked.request, asked.target);
    error = co_await write(socket, std::move(bytes));
    if (error) co_return bad_gateway();
    std::string buffer;
    std::string body;
    const std::string text =
        co_await read_message(socket, buffer, body, std::numeric_limits<std::size_t>::max());
    const auto head = parse_head(text);
    if (text.empty() || !head) co_return bad_gateway();
    co_return response_of(*head, std::move(body));
}

/// Waits until the client has gone.
Task<void> until_gone(tcp::socket& socket) {
    char block[1024];
    Code error;
    while (!error) {
        co_await socket.async_read_some(asio::buffer(block),
                                        asio::redirect_error(asio::use_awaitable, error));
    }
}

Task<void> drip(tcp::socket& socket, std::string bytes, std::chrono::milliseconds pause) {
    for (const char c : bytes) {
        std::string one(1, c);
        const Code error = co_await write(socket, std::move(one));
        if (error) co_return;
        co_await sleep_for(pause);
    }
}

Task<void> send_endless(tcp::socket& socket, Response response) {
    std::string bytes = reply_head(response, std::nullopt, false) + response.body;
    const std::string filler(65536, ' ');
    for (;;) {
        const Code error = co_await write(socket, std::move(bytes));
        if (error) co_return;
        bytes = filler;
    }
}

std::string chunked(Response response, bool keep) {
    response.headers.emplace_back("Transfer-Encoding", "chunked");
    std::string out = reply_head(response, std::nullopt, keep);
    for (std::string_view rest = response.body; !rest.empty();) {
        const std::string_view part = rest.substr(0, 1000);
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", part.size());
        out += std::string{size} + std::string{part} + "\r\n";
        rest.remove_prefix(part.size());
    }
    return out + "0\r\n\r\n";
}

void reset(tcp::socket& socket) {
    Code ignored;
    socket.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket.close(ignored);
}

std::chrono::milliseconds pause_of(const Mishap& mishap) {
    return std::chrono::milliseconds{mishap.value.is_number_integer() ? mishap.value.get<int>()
                                                                      : 100};
}

/// Sends the answer in the way of the fault. @return whether the connection may go on
Task<bool> send_badly(tcp::socket& socket, Response response, Mishap mishap, bool keep) {
    const std::size_t half = response.body.size() / 2;
    if (mishap.kind == "cut") {
        std::string bytes = reply_head(response, response.body.size(), false);
        bytes += response.body.substr(0, half);
        co_await write(socket, std::move(bytes));
        co_return false;
    }
    if (mishap.kind == "slow") {
        std::string bytes = reply_head(response, response.body.size(), false) + response.body;
        co_await drip(socket, std::move(bytes), pause_of(mishap));
        co_return false;
    }
    if (mishap.kind == "endless") {
        co_await send_endless(socket, std::move(response));
        co_return false;
    }
    std::string bytes;
    if (mishap.kind == "chunked") {
        bytes = chunked(std::move(response), keep);
    } else {
        const std::size_t megabytes =
            mishap.value.is_number_unsigned() ? mishap.value.get<std::size_t>() : 64;
        const bool folded = mishap.kind != "truncate";
        if (folded) response.headers.emplace_back("Content-Encoding", "gzip");
        if (mishap.kind == "gzip") response.body = gzip(response.body);
        if (mishap.kind == "bomb") response.body = gzip_bomb(megabytes);
        if (mishap.kind == "truncate") response.body.resize(half);
        bytes = reply_head(response, response.body.size(), keep) + response.body;
    }
    const Code error = co_await write(socket, std::move(bytes));
    co_return keep && !error;
}

Task<bool> send_well(tcp::socket& socket, const Asked& asked, Response response) {
    const bool bare = asked.request.method == "HEAD" || response.status == 304;
    std::string bytes = reply_head(response, response.body.size(), asked.keep);
    if (!bare) bytes += response.body;
    const Code error = co_await write(socket, std::move(bytes));
    co_return asked.keep && !error;
}

/// What a fault "headers" {"Cache-Control": "max-age=7200"} adds to an answer.
void add_headers(State& state, std::string_view target, Response& response) {
    const auto more = state.strike("headers", target);
    if (!more || !more->value.is_object()) return;
    for (const auto& [name, value] : more->value.items()) {
        if (!value.is_string()) continue;
        std::erase_if(response.headers, [&](const auto& h) { return h.first == name; });
        response.headers.emplace_back(name, value.get<std::string>());
    }
}

/// Answers one request. @return whether the connection may go on
Task<bool> answer(tcp::socket& socket, const Shared& shared, const Asked& asked) {
    const bool control = asked.request.path.starts_with("/sandbox/");
    if (control) {
        Response response = co_await ask_behind(shared, asked);
        co_return co_await send_well(socket, asked, std::move(response));
    }
    State& state = shared.state;
    const std::size_t entry = state.log(asked.request);
    const std::string target = asked.request.target();
    const auto mishap = state.strike_any(kWire, target);
    if (mishap && mishap->kind == "reset") {
        reset(socket);
        co_return false;
    }
    if (mishap && mishap->kind == "hang") {
        co_await until_gone(socket);
        co_return false;
    }
    const auto instead = state.strike_any(kCanned, target);
    std::optional<Response> response = instead ? canned(*instead) : std::nullopt;
    if (!response) response = co_await ask_behind(shared, asked);
    add_headers(state, target, *response);
    const bool conditional = asked.request.headers.contains("If-None-Match") ||
                             asked.request.headers.contains("If-Modified-Since");
    if (conditional && response->status == 200 && state.strike("always_304", target)) {
        response->status = 304;
        response->body.clear();
    }
    state.log_status(entry, response->status);
    if (mishap) {
        co_return co_await send_badly(socket, std::move(*response), *mishap, asked.keep);
    }
    co_return co_await send_well(socket, asked, std::move(*response));
}

/// What is wrong with a head before anybody is asked; empty: nothing.
std::optional<Response> refusal(const std::optional<Head>& head) {
    if (!head || !request_of(*head)) return text_response(400, "text/plain", "ill-formed\n");
    if (head->headers.contains("Transfer-Encoding")) return text_response(411, "text/plain", "");
    const auto length = content_length(head->headers);
    if (!length) return text_response(400, "text/plain", "ill-formed Content-Length\n");
    if (*length > kBodyLimit) return text_response(413, "text/plain", "");
    return std::nullopt;
}

Task<void> serve(tcp::socket socket, const Shared& shared) {
    std::string buffer;
    for (bool go_on = true; go_on;) {
        Asked asked;
        const std::string text =
            co_await read_message(socket, buffer, asked.request.body, kBodyLimit);
        if (text.empty()) co_return;
        const auto head = parse_head(text);
        if (const auto no = refusal(head)) {
            std::string bytes = reply_head(*no, no->body.size(), false) + no->body;
            co_await write(socket, std::move(bytes));
            co_return;
        }
        std::string body = std::move(asked.request.body);
        asked.request = *request_of(*head);
        asked.request.body = std::move(body);
        const std::size_t first = head->first_line.find(' ') + 1;
        asked.target = head->first_line.substr(first, head->first_line.rfind(' ') - first);
        asked.keep = wants_more(*head);
        go_on = co_await answer(socket, shared, asked);
    }
    Code ignored;
    if (socket.is_open()) socket.shutdown(tcp::socket::shutdown_both, ignored);
}

void report(std::exception_ptr failed) {
    if (!failed) return;
    try {
        std::rethrow_exception(failed);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "narvaro-sandbox: a connection ended: %s\n", e.what());
    }
}

Task<void> accept(tcp::acceptor& acceptor, const Shared& shared) {
    for (;;) {
        Code error;
        tcp::socket socket =
            co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            co_await sleep_for(std::chrono::milliseconds{100});  // out of descriptors: breathe
            continue;
        }
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), shared), report);
    }
}

}  // namespace

struct Proxy::Impl {
    Impl(State& state, std::uint16_t at, std::uint16_t behind)
        : shared{state, behind}, acceptor{loop, {asio::ip::address_v4::loopback(), at}} {
        asio::co_spawn(loop, accept(acceptor, shared), report);
        thread = std::thread{[this] { loop.run(); }};
    }
    ~Impl() {
        loop.stop();
        thread.join();
    }
    asio::io_context loop{1};
    Shared shared;
    tcp::acceptor acceptor;
    std::thread thread;
};

Proxy::Proxy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Proxy::~Proxy() = default;

Result<std::unique_ptr<Proxy>> Proxy::start(State& state, std::uint16_t port,
                                            std::uint16_t behind) {
    try {
        return std::unique_ptr<Proxy>{new Proxy{std::make_unique<Impl>(state, port, behind)}};
    } catch (const boost::system::system_error& e) {
        return fail(Fault::network,
                    "cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + e.what());
    }
}

std::uint16_t Proxy::port() const { return impl_->acceptor.local_endpoint().port(); }

}  // namespace narvaro::sandbox
