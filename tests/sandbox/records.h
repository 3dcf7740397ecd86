#pragma once
#include <optional>
#include <span>
#include <string>

#include "core/time.h"

namespace narvaro::sandbox {

/// One line of what the association would enter by hand in 2021.
struct Entry {
    int month;
    int day;  ///< a bare date, which means noon in Stockholm
    const char* name;
    std::optional<double> value;
};

std::span<const Entry> entries();
sys_seconds moment_of(const Entry& entry);
/// All of them as CSV for `narvaro import`: at,source,metric,dimension,value
std::string records_csv();

}  // namespace narvaro::sandbox
