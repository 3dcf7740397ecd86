#include "daemon/clock.h"

#include <cstdlib>
#include <string>

namespace narvaro {

Result<Clock> clock_from_environment() {
    const char* now = std::getenv("NARVARO_NOW");
    if (now == nullptr || *now == '\0') {
        return Clock{[] { return date::floor<seconds>(std::chrono::system_clock::now()); }};
    }
    const auto instant = parse_instant(now);
    if (!instant) {
        return fail(Fault::usage, "NARVARO_NOW=\"" + std::string{now} + "\" is not an instant",
                    "write it as 2021-06-30T12:00:00Z, or unset it");
    }
    return Clock{[t = *instant] { return t; }};
}

}  // namespace narvaro
