#include "daemon/environment.h"

#include <cstdlib>

namespace narvaro {

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return {};
        return std::string{value};
    };
}

}  // namespace narvaro
