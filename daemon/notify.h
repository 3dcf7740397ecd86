#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace narvaro {

/// Words to the service manager; without one (no NOTIFY_SOCKET) they go nowhere.
void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
void notify_watchdog();
void notify_status(const std::string& status);

/// How often the watchdog wants a beat: half of WatchdogSec; empty when there is no watchdog.
std::optional<std::chrono::milliseconds> watchdog_interval();

}  // namespace narvaro
