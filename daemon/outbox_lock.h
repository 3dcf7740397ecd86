#pragma once
#include <filesystem>
#include <optional>
#include <utility>

#include "core/result.h"

namespace narvaro {

/// Whoever sends mail holds it, so that the service and `narvaro digest --send` never send at once.
/// The kernel gives it back when its holder ends, however that comes about.
class OutboxLock {
  public:
    /// Does not wait. @return empty while another holds it
    static Result<std::optional<OutboxLock>> take(const std::filesystem::path& state);

    OutboxLock(OutboxLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    OutboxLock& operator=(OutboxLock&&) = delete;
    ~OutboxLock();

  private:
    explicit OutboxLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace narvaro
