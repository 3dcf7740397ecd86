#pragma once
#include "http.h"
#include "state.h"

namespace narvaro::sandbox {

/// Meta's Graph API below /graph/: Page, Instagram account, ads account, tokens. Never a 304.
Response graph(State& state, const Request& request);

}  // namespace narvaro::sandbox
