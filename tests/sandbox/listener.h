#pragma once
#include <cstdint>
#include <memory>

#include "core/result.h"
#include "state.h"

namespace narvaro::sandbox {

/// cpprestsdk's http_listener on a loopback port of its own. Only the proxy may reach it: it bears
/// no malformed request. The handler is called on cpprestsdk's two threads.
class Listener {
  public:
    static Result<std::unique_ptr<Listener>> start(Handler handler);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    std::uint16_t port() const;

  private:
    struct Impl;
    explicit Listener(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace narvaro::sandbox
