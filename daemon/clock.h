#pragma once
#include <functional>

#include "core/result.h"
#include "core/time.h"

namespace narvaro {

/// What time it is. Everything below main asks this and never the system, so that a test, or a
/// rehearsal of a past year, turns the clock.
using Clock = std::function<sys_seconds()>;

/// The system's clock; or, when the environment's NARVARO_NOW holds an instant (RFC 3339), one that
/// stands still there; with a "+" after it, it runs from there. That is how `./dev run` lives
/// through a year in a minute.
Result<Clock> clock_from_environment();

}  // namespace narvaro
