#include "daemon/who.h"

#include <pwd.h>
#include <unistd.h>

namespace narvaro {

std::string who_is_asking() {
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr ? user->pw_name : "uid " + std::to_string(::getuid());
}

}  // namespace narvaro
