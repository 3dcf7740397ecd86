#pragma once
// The one way to Asio's coroutines. Boost 1.74 forgets <utility>, and clang needs to be told that
// it has coroutines (both macros are set in cmake/Settings.cmake).
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace narvaro {

namespace asio = boost::asio;

/// A coroutine's return type on the loop: `asio::awaitable<Result<T>>`.
template <class T>
using Task = asio::awaitable<T>;

/// Waits on the loop; returns early, without an error, when the loop ends.
inline Task<void> sleep_for(std::chrono::milliseconds time) {
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor, time};
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace narvaro
