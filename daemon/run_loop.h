#pragma once
#include <exception>
#include <optional>
#include <utility>

#include "core/coro.h"

namespace narvaro {

/// Runs one coroutine on the loop until it is done, and returns what it returns.
template <class T>
T run_on(asio::io_context& loop, Task<T> task) {
    std::optional<T> result;
    std::exception_ptr failure;
    asio::co_spawn(loop, std::move(task), [&](const std::exception_ptr& error, T value) {
        if (error)
            failure = error;
        else
            result.emplace(std::move(value));
    });
    loop.restart();
    while (!result && !failure && loop.run_one() > 0) {
    }
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
}

}  // namespace narvaro
