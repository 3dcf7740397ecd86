#pragma once
#include "http.h"
#include "state.h"

namespace narvaro::sandbox {

/// The association's WordPress below /site/.
Response wordpress(State& state, const Request& request);
/// Three papers below /press/: mitti (RSS 2.0), norrort (Atom 1.0), roslagen (RSS in windows-1252).
Response press(State& state, const Request& request);

}  // namespace narvaro::sandbox
