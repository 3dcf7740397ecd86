#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace narvaro {

/// Tells our own network being down from a host that is gone: a name that is not found, or a host
/// without a route, is the host's failure only when another host has answered of late, or when it
/// is the only one and has failed so three times running.
class Reach {
  public:
    /// What came of asking the host. @return true: it is our own network that is down
    bool is_down(const std::string& host, const std::optional<Error>& error, sys_seconds now);

    /// Since when nobody could be reached; empty: all is well, as far as is known.
    std::optional<sys_seconds> down_since() const { return down_since_; }

  private:
    std::optional<sys_seconds> answered_at_;   ///< when any host last answered
    std::map<std::string, int> out_of_reach_;  ///< hosts since then, and how often each
    std::optional<sys_seconds> down_since_;
};

}  // namespace narvaro
