#include "sandbox.h"

#include "control.h"
#include "graph.h"
#include "listener.h"
#include "proxy.h"
#include "sites.h"
#include "state.h"

namespace narvaro::sandbox {
namespace {

Response route(State& state, const Request& request) {
    const std::string& path = request.path;
    if (path.starts_with("/sandbox/")) return control(state, request);
    if (path.starts_with("/graph/")) return graph(state, request);
    if (request.method != "GET")
        return text_response(405, "text/plain; charset=utf-8", "GET only\n");
    if (path.starts_with("/site/")) return wordpress(state, request);
    if (path.starts_with("/press/")) return press(state, request);
    return not_found();
}

}  // namespace

Sandbox::Sandbox() = default;
Sandbox::~Sandbox() = default;

Result<std::unique_ptr<Sandbox>> Sandbox::start(std::uint16_t port, sys_seconds clock) {
    std::unique_ptr<Sandbox> out{new Sandbox};
    out->state_ = std::make_unique<State>(clock);
    State& state = *out->state_;
    auto listener = Listener::start([&state](const Request& r) { return route(state, r); });
    if (!listener) return tl::unexpected<Error>{listener.error()};
    out->listener_ = std::move(*listener);
    auto proxy = Proxy::start(state, port, out->listener_->port());
    if (!proxy) return tl::unexpected<Error>{proxy.error()};
    out->proxy_ = std::move(*proxy);
    state.set_base(out->url());
    return out;
}

std::uint16_t Sandbox::port() const { return proxy_->port(); }

std::string Sandbox::url() const { return "http://127.0.0.1:" + std::to_string(port()); }

}  // namespace narvaro::sandbox
