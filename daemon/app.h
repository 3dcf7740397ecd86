#pragma once
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/settings.h"
#include "daemon/clock.h"
#include "storage/store.h"

namespace narvaro {

/// What every command that looks at the database has: the checked configuration, the open database,
/// and what time it is.
struct App {
    Settings settings;
    Store store;
    sys_seconds now;
    Zone zone;  ///< the first plan's, else Europe/Stockholm
};

/// Reads the configuration and opens the database. What is wrong is said on stderr.
/// @param config  as given on the command line; empty: not given
/// @return the status to exit with when it cannot be had
tl::expected<App, int> open_app(const std::string& config);

/// The configuration, or every mistake on stderr and the status to exit with.
tl::expected<Settings, int> read_settings(const std::string& config);

std::filesystem::path database_file(const Settings& settings);

/// The configured sources as the store knows them.
std::vector<Source> sources_of(const Settings& settings);

}  // namespace narvaro
