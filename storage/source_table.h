#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/source.h"
#include "storage/sqlite.h"

namespace narvaro {

void sync_sources(Database& db, std::span<const Source> sources);
/// Throws a Refusal with Fault::not_found.
std::int64_t source_key(Database& db, const std::string& name);
/// Keys of the named sources, each once; unknown names have none. No names: all sources.
std::vector<std::int64_t> source_keys(Database& db, std::span<const std::string> names);

}  // namespace narvaro
