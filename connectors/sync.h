#pragma once
#include <deque>
#include <utility>

#include "core/coro.h"

namespace narvaro {

/// Something that happens once. `set` never resumes the waiter itself: the loop does, later. One
/// thread.
class Event {
  public:
    explicit Event(const asio::any_io_executor& loop)
        : timer_{loop, asio::steady_timer::time_point::max()} {}

    void set() {
        set_ = true;
        timer_.cancel();
    }
    bool is_set() const { return set_; }

    Task<void> wait() {
        boost::system::error_code ignored;
        while (!set_) {
            co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
    }

  private:
    asio::steady_timer timer_;
    bool set_ = false;
};

/// Lets `free` coroutines pass at a time, the others in the order of their coming. It outlives its
/// permits. One thread.
class Semaphore {
  public:
    Semaphore(asio::any_io_executor loop, int free) : loop_{std::move(loop)}, free_{free} {}
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    /// Gives its place back when it goes out of scope.
    class [[nodiscard]] Permit {
      public:
        explicit Permit(Semaphore* of) : of_{of} {}
        Permit(Permit&& other) noexcept : of_{std::exchange(other.of_, nullptr)} {}
        Permit& operator=(Permit&&) = delete;
        ~Permit() {
            if (of_ != nullptr) of_->release();
        }

      private:
        Semaphore* of_;
    };

    Task<Permit> acquire() {
        if (free_ > 0) {
            --free_;
            co_return Permit{this};
        }
        Waiter waiter{*this};
        co_await waiter.granted.wait();
        waiter.taken = true;
        co_return Permit{this};
    }

  private:
    /// A place in the queue; a coroutine that is destroyed while it waits leaves the queue, and
    /// passes on what it was given but never took.
    struct Waiter {
        explicit Waiter(Semaphore& semaphore) : of{semaphore}, granted{semaphore.loop_} {
            of.queue_.push_back(this);
        }
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;
        ~Waiter() {
            if (taken) return;
            if (granted.is_set()) {
                of.release();
            } else {
                std::erase(of.queue_, this);
            }
        }
        Semaphore& of;
        Event granted;
        bool taken = false;
    };

    void release() {
        if (queue_.empty()) {
            ++free_;
            return;
        }
        Waiter* next = queue_.front();
        queue_.pop_front();
        next->granted.set();
    }

    asio::any_io_executor loop_;
    int free_;
    std::deque<Waiter*> queue_;
};

}  // namespace narvaro
