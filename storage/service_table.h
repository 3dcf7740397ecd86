#pragma once
#include <optional>
#include <string>

#include "storage/sqlite.h"

namespace narvaro {

void set_service_state(Database& db, const std::string& key,
                       const std::optional<std::string>& value);
std::optional<std::string> service_state(Database& db, const std::string& key);

}  // namespace narvaro
