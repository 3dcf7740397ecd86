#pragma once
#include <chrono>
#include <optional>

#include "connectors/http.h"

namespace narvaro {

/// How much of Meta's limits is used up, as the headers of an answer tell.
struct GraphUsage {
    double percent = 0;                          ///< the highest of all figures; may exceed 100
    std::optional<std::chrono::seconds> regain;  ///< until we are let in again; empty: not told
    bool operator==(const GraphUsage&) const = default;
};

/// Reads X-App-Usage, X-Business-Use-Case-Usage and X-Ad-Account-Usage.
/// @return empty when the answer has none of them, or none that can be read
std::optional<GraphUsage> graph_usage(const HttpReply& reply);

}  // namespace narvaro
