#pragma once
#include <span>
#include <string>
#include <vector>

#include "storage/store.h"

namespace narvaro {

/// What a person should see of a file before they trust it: lines that say the same twice, and
/// holes in a series that is otherwise regular. A line each; empty: nothing to mention.
/// @param one_a_day  the series tells of each day and leaves out those with nothing (new follows)
std::vector<std::string> import_remarks(std::span<const ImportedSample> samples, const Zone& zone,
                                        bool one_a_day);

/// Readings of one series and instant that contradict each other; empty: none.
std::vector<std::string> contradictions(std::span<const ImportedSample> samples, const Zone& zone);

}  // namespace narvaro
