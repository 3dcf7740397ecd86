#include <cstdio>

#include "daemon/commands/commands.h"
#include "digest/plain_text.h"

namespace narvaro {

int complain(const Error& error) {
    std::fprintf(stderr, "narvaro: %s\n", harmless_line(error.what).c_str());
    if (!error.remedy.empty())
        std::fprintf(stderr, "    -> %s\n", harmless_line(error.remedy).c_str());
    if (error.fault == Fault::config) return kExitConfiguration;
    return error.fault == Fault::usage ? kExitUsage : kExitFailed;
}

}  // namespace narvaro
