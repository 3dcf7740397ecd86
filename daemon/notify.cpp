#include "daemon/notify.h"

#include <cstdint>

#include <systemd/sd-daemon.h>

namespace narvaro {
namespace {

constexpr int kKeepEnvironment = 0;

/// A lost word to the service manager harms nothing that we could mend.
void tell(const std::string& words) {
    static_cast<void>(sd_notify(kKeepEnvironment, words.c_str()));
}

}  // namespace

void notify_ready(const std::string& status) { tell("READY=1\nSTATUS=" + status); }
void notify_reloading() { tell("RELOADING=1"); }
void notify_stopping() { tell("STOPPING=1"); }
void notify_watchdog() { tell("WATCHDOG=1"); }
void notify_status(const std::string& status) { tell("STATUS=" + status); }

std::optional<std::chrono::milliseconds> watchdog_interval() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(kKeepEnvironment, &microseconds) <= 0) return {};
    return std::chrono::milliseconds{static_cast<std::int64_t>(microseconds / 2 / 1000)};
}

}  // namespace narvaro
