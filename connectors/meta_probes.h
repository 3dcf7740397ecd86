#pragma once
#include <string>
#include <vector>

#include "connectors/connector.h"

namespace narvaro {

/// A permission of Meta's, and what of narvaro needs it.
struct NeededScope {
    std::string scope;  ///< as Meta names it: "read_insights"
    std::string what;   ///< "the cities of the Page's followers"
};

/// What a token for these kinds of sources needs, each permission once.
/// Source: Meta reference, section 2.6.
std::vector<NeededScope> needed_scopes(const std::vector<SourceKind>& kinds);

/// How one endpoint answered a question that costs little.
struct ProbeResult {
    std::string what;        ///< "the Page's posts"
    std::string permission;  ///< what the token needs for it
    bool answered = false;
    bool empty = false;            ///< answered with nothing, which may be a missing permission
    std::optional<Error> error{};  ///< when it was not answered
};

/// Asks every endpoint that a source is polled by, one thing of each, in the order of the poll.
/// Stops after a token that is refused or a limit that is reached.
Task<std::vector<ProbeResult>> probe_source(Http& http, PollRequest request);

}  // namespace narvaro
