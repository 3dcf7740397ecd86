#pragma once
#include <vector>

#include "core/plan.h"
#include "core/target_result.h"
#include "storage/store.h"

namespace narvaro {

/// What a target counted within a span, one unit a row, and what it nearly counted. The rows come
/// from the same rule as the counts: as many as `value` says, and for a share as `matched` says.
struct TargetEvidence {
    std::vector<Evidence> counted;  ///< posts, oldest first
    std::vector<Evidence> near;     ///< lack one label by little; oldest first
    std::vector<Record> records;    ///< that count, oldest first
    std::vector<Record> history;    ///< of that name, those that were corrected too
    std::vector<Sample> samples;    ///< growth: every reading, oldest first
    std::vector<Restatement> restated;
    std::vector<Audience> audiences;  ///< coverage: those that were live
};

Result<TargetEvidence> evidence_of(const Store& store, const Target& target, Span span, AsOf as_of);

/// Where the current figure of a target is counted: the current period of a rate, else the plan up
/// to the as-of instant.
Span counted_span(const Plan& plan, const Zone& zone, const TargetResult& result,
                  sys_seconds as_of);

}  // namespace narvaro
