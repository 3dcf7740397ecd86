#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace narvaro::sandbox {

class State;
class Listener;
class Proxy;

/// The platforms, simulated on loopback: Meta below /graph/, the association's website below
/// /site/, three papers below /press/, handles below /sandbox/. Runs on threads of its own until it
/// is destroyed.
class Sandbox {
  public:
    /// @param port   0: any that is free
    /// @param clock  what exists: nothing that is published later
    static Result<std::unique_ptr<Sandbox>> start(std::uint16_t port, sys_seconds clock);
    ~Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    std::uint16_t port() const;
    /// "http://127.0.0.1:PORT"
    std::string url() const;
    State& state() { return *state_; }

  private:
    Sandbox();
    std::unique_ptr<State> state_;
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<Proxy> proxy_;
};

}  // namespace narvaro::sandbox
