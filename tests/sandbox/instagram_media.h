#pragma once
#include <set>
#include <string>

#include "graph_call.h"
#include "world.h"

namespace narvaro::sandbox {

/// The media node with all that the platform would tell of it.
Json media_json(const State& state, const Publication& p);
/// Names that `fields=` may hold.
const std::set<std::string>& media_fields();
GraphResult media_insights(const Call& call, const Publication& p);

}  // namespace narvaro::sandbox
