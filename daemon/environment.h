#pragma once
#include "config/secrets.h"

namespace narvaro {

/// The environment of this process, as resolving secrets asks for it.
Environment process_environment();

}  // namespace narvaro
