#include "daemon/clock.h"

#include <cstdlib>
#include <string>
#include <string_view>

namespace narvaro {

Result<Clock> clock_from_environment() {
    const char* now = std::getenv("NARVARO_NOW");
    if (now == nullptr || *now == '\0') {
        return Clock{[] { return date::floor<seconds>(std::chrono::system_clock::now()); }};
    }
    std::string_view text{now};
    const bool runs = text.ends_with('+');
    if (runs) text.remove_suffix(1);
    const auto instant = parse_instant(text);
    if (!instant) {
        return fail(Fault::usage, "NARVARO_NOW=\"" + std::string{now} + "\" is not an instant",
                    "write it as 2021-06-30T12:00:00Z, or unset it");
    }
    if (!runs) return Clock{[t = *instant] { return t; }};
    return Clock{[t = *instant, begun = std::chrono::steady_clock::now()] {
        return t + std::chrono::floor<seconds>(std::chrono::steady_clock::now() - begun);
    }};
}

}  // namespace narvaro
