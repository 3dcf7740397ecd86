#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/metric_verdict.h"
#include "storage/sqlite.h"

namespace narvaro {

/// The newest word on each metric replaces the one before.
void keep_metric_verdicts(Database& db, std::int64_t source,
                          const std::vector<JudgedMetric>& judged);
void forget_metric_verdicts(Database& db, std::int64_t source);
/// By name.
std::vector<JudgedMetric> metric_verdicts(Database& db, std::int64_t source);

}  // namespace narvaro
