#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "config/secrets.h"
#include "config/settings.h"
#include "connectors/connector.h"
#include "daemon/reach.h"
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
    std::optional<sys_seconds> put_off;  ///< not asked: its host wants to be left alone until then
    std::optional<Error> token_warning;  ///< the token ends soon, or is refused
    bool network_down = false;           ///< our own network is: no failure of the source
    std::optional<sys_seconds> next_poll;  ///< as stored; empty when that could not be stored
};

/// What is wanted of one poll.
struct PollOrder {
    sys_seconds now;
    std::string beat{};       ///< only this edge; empty: all of the source
    bool whole_feed = false;  ///< ask unconditionally, whatever validators are stored
    bool by_service = false;  ///< no person waits: keep to what a day may cost
};

/// Told after each stored page of a back-fill: how many posts so far, and the oldest one's instant.
using PageSeen = std::function<void(std::size_t posts, std::optional<sys_seconds> oldest)>;

/// Polls a source and stores what comes home, outcome and next poll included, in one transaction.
/// Settings, store and network outlive it.
class Poller {
  public:
    Poller(Http& http, const Settings& settings, Store& store, Environment environment);

    Task<PollReport> poll(const ConfiguredSource& source, PollOrder order);

    /// History from `since` on; a page a transaction; resumes where a broken-off one stopped.
    Task<PollReport> backfill(const ConfiguredSource& source, sys_seconds since, sys_seconds now,
                              PageSeen seen);

    /// Since when no host at all could be reached; empty: all is well, as far as is known.
    std::optional<sys_seconds> network_down_since() const { return reach_.down_since(); }

  private:
    Result<PollRequest> request_for(const ConfiguredSource& source, const SourceStatus& status,
                                    const PollOrder& order) const;
    /// Until when the host of the source wants to be left alone; empty: it may be asked.
    Result<std::optional<sys_seconds>> patience(const Source& source, const PollOrder& order) const;
    void put_off(const Source& source, sys_seconds until, const PollOrder& order,
                 PollReport& report);
    void keep_failure(const ConfiguredSource& source, Error error, const PollOrder& order,
                      PollReport& report);
    /// @param known  the source as it was before the poll; null: it is looked up
    void keep(const ConfiguredSource& source, const Observations& seen, const PollOrder& order,
              PollReport& report, const SourceStatus* known);
    void count_calls(int calls, sys_seconds now, PollReport& report);
    void note_next_poll(PollReport& report) const;
    /// Once a day: what Meta says of the source's token is kept, and what a person should know of
    /// it is put into the report.
    Task<void> look_at_token(const ConfiguredSource& source, MetaAccess access, sys_seconds now,
                             PollReport& report);

    Http& http_;
    const Settings& settings_;
    Store& store_;
    Environment environment_;
    Reach reach_;
    std::set<std::string> addresses_;  ///< of all configured feeds
};

/// "name:port" of where a source is asked: what a host's wish to be left alone is kept under.
std::string host_of(const Source& source, const Settings& settings);

/// The hosts that the configuration names: these may be private addresses.
std::set<std::string> configured_hosts(const Settings& settings);

}  // namespace narvaro
