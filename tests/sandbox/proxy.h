#pragma once
#include <cstdint>
#include <memory>

#include "core/result.h"
#include "state.h"

namespace narvaro::sandbox {

/// The public port of the sandbox, on loopback, with a thread of its own: parses strictly, keeps
/// the log, hands requests on to the listener behind, and plays the faults of the wire. Every
/// request is answered by itself; connections are kept alive as HTTP/1.1 says.
class Proxy {
  public:
    /// @param port       0: any that is free
    /// @param behind     port of the listener
    static Result<std::unique_ptr<Proxy>> start(State& state, std::uint16_t port,
                                                std::uint16_t behind);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;
    std::uint16_t port() const;

  private:
    struct Impl;
    explicit Proxy(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace narvaro::sandbox
