// The only file that includes cpprestsdk: its macros break other headers.
// It still speaks of asio::io_service, which the rest of the project has switched off.
#undef BOOST_ASIO_NO_DEPRECATED
#include "listener.h"

#include <arpa/inet.h>
#include <cstdio>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#define _TURN_OFF_PLATFORM_STRING
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <cpprest/http_listener.h>
#include <pplx/threadpool.h>
#pragma clang diagnostic pop

namespace narvaro::sandbox {
namespace {

namespace rest = web::http;
using rest::experimental::listener::http_listener;

constexpr int kAttempts = 20;

/// Before anything else of cpprestsdk runs, and once: it would start forty threads.
void limit_threads() {
    static std::once_flag once;
    std::call_once(once, [] { crossplat::threadpool::initialize_with_threads(2); });
}

/// A port of loopback that was free a moment ago; 0: none. cpprestsdk cannot say which port it was
/// given, so it has to be told one.
std::uint16_t free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return 0;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::bind(fd, any, size) == 0 && ::getsockname(fd, any, &size) == 0;
    ::close(fd);
    return bound ? ntohs(address.sin_port) : std::uint16_t{0};
}

Request request_of(const rest::http_request& from) {
    Request request;
    request.method = from.method();
    request.path = url_decode(from.request_uri().path());
    request.query = from.request_uri().query();
    for (const auto& [name, value] : from.headers()) request.headers[name] = value;
    return request;
}

rest::http_response response_of(const Response& from) {
    rest::http_response response{static_cast<rest::status_code>(from.status)};
    for (const auto& [name, value] : from.headers) response.headers().add(name, value);
    if (from.status != 304) response.set_body(from.body, from.content_type);
    return response;
}

/// Goes on when the body has come: to wait for it here would block one of the two threads that
/// bring it.
void answer(const Handler& handler, rest::http_request from) {
    from.extract_string(true)
        .then([handler, from](const std::string& body) {
            Request request = request_of(from);
            request.body = body;
            return from.reply(response_of(handler(request)));
        })
        .then([from](const pplx::task<void>& done) {
            try {
                done.get();
            } catch (const std::exception& e) {
                std::fprintf(stderr, "narvaro-sandbox: %s\n", e.what());
                from.reply(rest::status_codes::InternalError, e.what());
            }
        });
}

}  // namespace

struct Listener::Impl {
    Impl(const std::string& url, std::uint16_t at, Handler handler) : listener(url), port(at) {
        listener.support([h = std::move(handler)](const rest::http_request& r) { answer(h, r); });
        listener.open().wait();
    }
    http_listener listener;
    std::uint16_t port;
};

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Listener>> Listener::start(Handler handler) {
    limit_threads();
    std::string why = "no free port";
    for (int i = 0; i < kAttempts; ++i) {
        const std::uint16_t port = free_port();
        if (port == 0) continue;
        try {
            const std::string url = "http://127.0.0.1:" + std::to_string(port) + "/";
            auto impl = std::make_unique<Impl>(url, port, handler);
            return std::unique_ptr<Listener>{new Listener{std::move(impl)}};
        } catch (const std::exception& e) {
            why = e.what();  // another program was faster: the next port
        }
    }
    return fail(Fault::network, "cannot listen on loopback: " + why);
}

Listener::~Listener() {
    try {
        impl_->listener.close().wait();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "narvaro-sandbox: closing the listener: %s\n", e.what());
    }
}

std::uint16_t Listener::port() const { return impl_->port; }

}  // namespace narvaro::sandbox
