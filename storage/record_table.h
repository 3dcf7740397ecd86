#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// Throws a Refusal with Fault::usage for a record without name or with a number that is none, and
/// for a correction that cannot be; Fault::not_found when what it corrects is not there.
AddedRecord add_record(Database& db, const Record& record);
std::vector<Record> records_within(Database& db, const std::string& name, Span span, AsOf as_of);
std::vector<Record> all_records(Database& db, AsOf as_of);
/// Those that were corrected or withdrawn too.
std::vector<Record> record_history(Database& db, AsOf as_of);

// A record's values as a series; of several at one instant, the last entered.
std::optional<Sample> record_at(Database& db, const std::string& name, sys_seconds t, AsOf as_of);
std::optional<Sample> record_after(Database& db, const std::string& name, sys_seconds t,
                                   AsOf as_of);
std::vector<Sample> record_samples(Database& db, const std::string& name, Span span, AsOf as_of);

}  // namespace narvaro
