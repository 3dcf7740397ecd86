#pragma once
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include "core/coro.h"

namespace narvaro {

/// Runs `loop` until the task is done, and no longer; other work may be left on the loop.
/// An exception of the task is thrown here; a loop that runs dry first is one too.
template <class T>
T run(asio::io_context& loop, Task<T> task) {
    std::optional<T> value;
    std::exception_ptr error;
    bool done = false;
    asio::co_spawn(loop, std::move(task), [&](const std::exception_ptr& thrown, T result) {
        error = thrown;
        value.emplace(std::move(result));
        done = true;
    });
    loop.restart();
    while (!done && loop.run_one() > 0) {
    }
    if (error) std::rethrow_exception(error);
    if (!done) throw std::runtime_error("the task never ended");
    return std::move(*value);
}

inline void run(asio::io_context& loop, Task<void> task) {
    std::exception_ptr error;
    bool done = false;
    asio::co_spawn(loop, std::move(task), [&](const std::exception_ptr& thrown) {
        error = thrown;
        done = true;
    });
    loop.restart();
    while (!done && loop.run_one() > 0) {
    }
    if (error) std::rethrow_exception(error);
    if (!done) throw std::runtime_error("the task never ended");
}

/// The same on a loop of its own, for tasks that need no network.
template <class T>
T run(Task<T> task) {
    asio::io_context loop;
    return run(loop, std::move(task));
}

}  // namespace narvaro
