#include "core/result.h"

namespace narvaro {

const char* name_of(Fault fault) {
    switch (fault) {
        case Fault::auth:
            return "auth";
        case Fault::permission:
            return "permission";
        case Fault::rate_limited:
            return "rate_limited";
        case Fault::network:
            return "network";
        case Fault::offline:
            return "offline";
        case Fault::bad_reply:
            return "bad_reply";
        case Fault::refused:
            return "refused";
        case Fault::not_found:
            return "not_found";
        case Fault::config:
            return "config";
        case Fault::storage:
            return "storage";
        case Fault::usage:
            return "usage";
        case Fault::internal:
            return "internal";
    }
    return "unknown";
}

}  // namespace narvaro
