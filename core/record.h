#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/time.h"

namespace narvaro {

/// A dated figure or event that a person entered: a member count, a newsletter issue, a re-share.
struct Record {
    std::int64_t id = 0;          ///< given by the store; 0: not stored yet
    std::string name;             ///< "members", "v-aktuellt", "uv-share"
    sys_seconds at;               ///< when it happened
    std::optional<double> value;  ///< empty for an event
    std::string note;
    std::string link;
    std::string who;
    sys_seconds recorded_at;  ///< when it was entered
    /// The record in whose place this one stands; that one no longer counts.
    std::optional<std::int64_t> corrects{};
    bool withdrawn = false;  ///< with `corrects`: it did not happen, and this counts nothing either
    bool operator==(const Record&) const = default;
};

}  // namespace narvaro
