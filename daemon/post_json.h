#pragma once
#include <nlohmann/json.hpp>

#include "storage/store.h"

namespace narvaro {

/// A stored post as programs read it (spec section 6).
nlohmann::ordered_json post_json(const StoredPost& post);

/// A verdict with its reasons.
nlohmann::ordered_json verdict_json(const Verdict& verdict);

/// On one line; text that is no UTF-8 is replaced.
std::string dumped(const nlohmann::ordered_json& json);

}  // namespace narvaro
