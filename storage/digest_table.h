#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// @return false, and nothing is stored, when that week has that revision already
bool add_composition(Database& db, const Composition& composition,
                     std::span<const DigestFile> files);
std::optional<Composition> find_composition(Database& db, IsoWeek week, int revision);
std::optional<Composition> newest_composition(Database& db, IsoWeek week);
std::vector<Composition> all_compositions(Database& db);
std::vector<DigestFile> digest_files(Database& db, IsoWeek week, int revision,
                                     const std::string& language);
std::optional<DigestFile> find_digest_file(Database& db, IsoWeek week, int revision,
                                           const std::string& language, const std::string& name);

}  // namespace narvaro
