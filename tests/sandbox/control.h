#pragma once
#include "http.h"
#include "state.h"

namespace narvaro::sandbox {

/// The handles of the sandbox below /sandbox/: clock, fault, faults, log, truth.
Response control(State& state, const Request& request);

}  // namespace narvaro::sandbox
