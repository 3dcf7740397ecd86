#pragma once
#include "config/secrets.h"
#include "config/settings.h"
#include "connectors/connector.h"
#include "connectors/meta_calendar.h"
#include "connectors/meta_token.h"

namespace narvaro {

/// Gives a poll of a Meta source what it needs to ask: address, pace, token and secret, and the
/// accounts that are organisations. The secrets are masked in the log from now on.
Result<void> add_meta_access(const ConfiguredSource& source, const Settings& settings,
                             const Environment& environment, PollRequest& request);

/// The app that [meta] names; without a secret one that is not `known`.
Result<MetaApp> meta_app(const Settings& settings, const Environment& environment);

/// What the calendar of Meta's ends says of the configured version and metrics; empty without a
/// source of Meta's.
std::vector<MetaEnding> meta_endings(const Settings& settings, sys_seconds now);

/// Where the token of a source lies: its own, else [meta]'s. Empty: it has none, or needs none.
std::optional<SecretRef> token_ref(const ConfiguredSource& source, const Settings& settings);

}  // namespace narvaro
