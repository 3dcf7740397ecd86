#pragma once
#include <nlohmann/json_fwd.hpp>

#include "core/time.h"

namespace narvaro::sandbox {

/// What the targets of the plan of 2021 come to at `as_of`, counted from the script's own
/// annotations: {"as_of", "targets": {ID: {"value", "goal", "baseline", "progress", "of",
/// "periods"?, "same_span_last_year"?}}, "posts": [{"source", "id", "kind", "month", "published",
/// "labels", "hook"}]}. What is not known is null. Growth tells the level that truly holds then,
/// whatever a reader has last seen. Instants before 2021 give the levels alone.
nlohmann::json truth(sys_seconds as_of);

}  // namespace narvaro::sandbox
