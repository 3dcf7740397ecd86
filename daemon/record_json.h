#pragma once
#include <nlohmann/json.hpp>

#include "core/record.h"

namespace narvaro {

/// A record as programs read it; `corrects` is null or the id of the record in whose place it
/// stands.
nlohmann::ordered_json record_json(const Record& record);

}  // namespace narvaro
