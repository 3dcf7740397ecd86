#include "daemon/app.h"

#include <iostream>
#include <sys/stat.h>

#include "daemon/commands/commands.h"

namespace narvaro {

std::filesystem::path database_file(const Settings& settings) {
    return settings.state / "narvaro.db";
}

std::vector<Source> sources_of(const Settings& settings) {
    std::vector<Source> sources;
    for (const ConfiguredSource& s : settings.sources) sources.push_back(s.source);
    return sources;
}

tl::expected<Settings, int> read_settings(const std::string& config) {
    auto settings = load_settings(config_path(config));
    if (settings) return std::move(*settings);
    for (const Problem& problem : settings.error()) std::cerr << to_string(problem) << "\n";
    return tl::unexpected{kExitConfiguration};
}

tl::expected<App, int> open_app(const std::string& config) {
    ::umask(0027);
    auto settings = read_settings(config);
    if (!settings) return tl::unexpected{settings.error()};
    const auto clock = clock_from_environment();
    if (!clock) return tl::unexpected{complain(clock.error())};
    const std::string zone_name =
        settings->plans.empty() ? "Europe/Stockholm" : settings->plans.front().zone;
    auto zone = Zone::find(zone_name);
    if (!zone) return tl::unexpected{complain(zone.error())};
    std::error_code made;
    std::filesystem::create_directories(settings->state, made);
    auto store = Store::open(database_file(*settings), OpenMode::read_write);
    if (!store) return tl::unexpected{complain(store.error())};
    const auto known = store->sync_sources(sources_of(*settings));
    if (!known) return tl::unexpected{complain(known.error())};
    return App{std::move(*settings), std::move(*store), (*clock)(), std::move(*zone)};
}

}  // namespace narvaro
