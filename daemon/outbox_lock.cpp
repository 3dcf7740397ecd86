#include "daemon/outbox_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace narvaro {

Result<std::optional<OutboxLock>> OutboxLock::take(const std::filesystem::path& state) {
    const std::filesystem::path file = state / "outbox.lock";
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fail(Fault::storage,
                    "cannot open " + file.string() + ": " + std::generic_category().message(errno),
                    "let the user that runs narvaro write the state directory");
    }
    OutboxLock lock{fd};
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return std::nullopt;
    return std::optional<OutboxLock>{std::move(lock)};
}

OutboxLock::~OutboxLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace narvaro
