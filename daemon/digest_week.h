#pragma once
#include "config/settings.h"
#include "core/as_of.h"
#include "daemon/digest_context.h"
#include "daemon/digest_hour.h"
#include "digest/week.h"
#include "storage/store.h"

namespace narvaro {

/// Which digest of a week is gathered.
struct DigestMoment {
    IsoWeek week;
    int revision = 1;
    sys_seconds composed_at;
    bool late = false;  ///< composed after its hour had been missed
};

/// Gathers everything that the digest of a week says, from what was stored by `context.known_by`.
/// The same stored facts, plan, rules and context give the same digest, whatever was stored since.
/// @return Fault::usage when no plan is configured
Result<DigestWeek> gather_digest(const Settings& settings, const Store& store,
                                 const DigestMoment& moment, const DigestContext& context);

/// When digests are due; Monday at seven when nothing is configured.
DigestHour digest_hour(const Settings& settings);

/// The plan that a week belongs to: the one that covers most of it, else the last one.
const Plan* plan_of_week(const std::vector<Plan>& plans, IsoWeek week);

/// A stored post as the digest and `explain` show it, with why it has the labels that matter here.
/// @param labels  whose reasons are given; empty: none
DigestPost digest_post(const Evidence& evidence, const std::vector<std::string>& labels);

}  // namespace narvaro
