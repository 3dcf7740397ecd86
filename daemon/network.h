#pragma once
#include <chrono>
#include <cstddef>

#include "config/settings.h"
#include "connectors/http_client.h"

namespace narvaro {

/// Least time between two requests to a host that is neither Meta's, which has a pace of its own,
/// nor this machine.
inline constexpr std::chrono::seconds kHostGap{1};

/// How many polls are under way at a time; each holds memory while it waits for its host.
inline constexpr std::size_t kPollsAtOnce = 200;

/// How the network is used with this configuration.
HttpOptions http_options(const Settings& settings);

}  // namespace narvaro
