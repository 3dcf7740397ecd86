#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "config/secrets.h"
#include "config/settings.h"
#include "connectors/connector.h"
#include "storage/store.h"

namespace narvaro {

/// How one poll of one source went, for the log and for who asked.
struct PollReport {
    std::string source;
    std::vector<Error> failures;  ///< empty: all went well; else the whole poll or edges of it
    bool stored = false;          ///< something was read, be it that nothing is new
    std::int64_t posts_new = 0;
    std::int64_t posts_revised = 0;
    std::int64_t samples_new = 0;
    std::vector<std::string> warnings;
};

/// Told after each stored page of a back-fill: how many posts so far, and the oldest one's instant.
using PageSeen = std::function<void(std::size_t posts, std::optional<sys_seconds> oldest)>;

/// Polls a source and stores what comes home, outcome and next poll included, in one transaction.
/// Settings, store and network outlive it.
class Poller {
  public:
    Poller(Http& http, const Settings& settings, Store& store, Environment environment)
        : http_(http), settings_(settings), store_(store), environment_(std::move(environment)) {}

    Task<PollReport> poll(const ConfiguredSource& source, sys_seconds now);

    /// History from `since` on; a page a transaction; resumes where a broken-off one stopped.
    Task<PollReport> backfill(const ConfiguredSource& source, sys_seconds since, sys_seconds now,
                              PageSeen seen);

  private:
    Result<PollRequest> request_for(const ConfiguredSource& source, sys_seconds now) const;
    void keep_failure(const ConfiguredSource& source, Error error, sys_seconds now,
                      PollReport& report);
    void keep(const ConfiguredSource& source, const Observations& seen, sys_seconds now,
              PollReport& report);

    Http& http_;
    const Settings& settings_;
    Store& store_;
    Environment environment_;
};

/// The hosts that the configuration names: these may be private addresses.
std::set<std::string> configured_hosts(const Settings& settings);

}  // namespace narvaro
