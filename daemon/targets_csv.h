#pragma once
#include <string>
#include <string_view>

#include "core/plan.h"
#include "core/target_result.h"
#include "digest/week.h"

namespace narvaro {

/// The columns of targets as CSV, as a line.
std::string targets_csv_header();
/// One target as a line of CSV, with the figures of `target_json`.
std::string target_csv_line(const std::string& plan, sys_seconds as_of, const Target& target,
                            const TargetResult& result, const Zone& zone,
                            std::string_view language);

/// The targets of a digest: what `narvaro targets --format csv` prints as of its instant.
std::string targets_csv(const DigestWeek& week, std::string_view language);

}  // namespace narvaro
