#pragma once
#include <string>

namespace narvaro {

/// The login name of who runs this program; it stands beside what they enter.
std::string who_is_asking();

}  // namespace narvaro
