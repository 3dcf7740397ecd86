#pragma once
#include "config/settings.h"
#include "core/as_of.h"
#include "daemon/digest_hour.h"
#include "digest/week.h"
#include "storage/store.h"

namespace narvaro {

/// Gathers everything that the digest of a week says, from what is stored. The same stored facts,
/// rules and configuration give the same digest.
/// @param now   for a week that is still running, and for what has become of sources since
/// @param late  it is composed after its hour had been missed
/// @return Fault::usage when no plan is configured
Result<DigestWeek> gather_digest(const Settings& settings, const Store& store,
                                 const std::vector<std::string>& rules, IsoWeek week,
                                 sys_seconds now, bool late);

/// When digests are due; Monday at seven when nothing is configured.
DigestHour digest_hour(const Settings& settings);

/// The plan that a week belongs to: the one that covers most of it, else the last one.
const Plan* plan_of_week(const std::vector<Plan>& plans, IsoWeek week);

/// A stored post as the digest and `explain` show it, with why it has the labels that matter here.
/// @param labels  whose reasons are given; empty: none
DigestPost digest_post(const Evidence& evidence, const std::vector<std::string>& labels);

}  // namespace narvaro
