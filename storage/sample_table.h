#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "core/plan.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

enum class SampleOutcome {
    added,      ///< a row: a new value, or another one than was known for the instant
    confirmed,  ///< the value before it was read once more, and noted on its row
    repeated,   ///< nothing new
};

/// Stores one reading at its place in the series' history, in whatever order readings come.
SampleOutcome store_sample(Database& db, std::int64_t source, const Sample& sample,
                           sys_seconds now);
/// The samples of a read, after its posts have been stored.
void apply_samples(Database& db, std::int64_t source, const Observations& observations,
                   sys_seconds now, ApplyCounts& counts, std::vector<std::string>& warnings);

std::optional<Sample> sample_at(Database& db, const SeriesRef& series, sys_seconds t, AsOf as_of);
std::optional<Sample> sample_after(Database& db, const SeriesRef& series, sys_seconds t,
                                   AsOf as_of);
std::vector<Sample> samples_within(Database& db, const SeriesRef& series, Span span, AsOf as_of);
std::vector<Restatement> restatements_within(Database& db, const SeriesRef& series, Span span,
                                             AsOf as_of);
/// The newest reading of any series of the source, those by hand left out.
std::optional<sys_seconds> last_reading(Database& db, const std::string& source, AsOf as_of);
std::vector<Series> all_series(Database& db);
void each_sample(Database& db, AsOf as_of,
                 const std::function<bool(const std::string&, const Sample&)>& take);

}  // namespace narvaro
