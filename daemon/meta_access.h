#pragma once
#include "config/secrets.h"
#include "config/settings.h"
#include "connectors/connector.h"

namespace narvaro {

/// Gives a poll of a Meta source what it needs to ask: address, pace, token and secret, and the
/// accounts that are organisations. The secrets are masked in the log from now on.
Result<void> add_meta_access(const ConfiguredSource& source, const Settings& settings,
                             const Environment& environment, PollRequest& request);

}  // namespace narvaro
