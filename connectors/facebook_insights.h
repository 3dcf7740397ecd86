#pragma once
#include <optional>

#include "connectors/connector.h"
#include "connectors/graph.h"
#include "connectors/meta_edges.h"

namespace narvaro {

/// Reads a Page's insights into `edges`: the figures of request.metrics in one call, one by one
/// where Meta refuses them together, then the cities of the followers. A name that was found dead
/// costs no call: it leaves a gap that says since when.
/// @param followers  as the Page's node told; empty: not told
/// Source: Meta reference, sections 3.6 and 3.7.
Task<void> read_page_insights(const PollRequest& request, Graph& graph, MetaEdges& edges,
                              std::optional<std::int64_t> followers);

}  // namespace narvaro
