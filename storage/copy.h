#pragma once
#include <filesystem>
#include <string>

#include "storage/sqlite.h"

namespace narvaro {

/// Copies the database while others use it. The copy is written beside `file`, checked and synced,
/// and only then takes its name; whatever fails leaves what was there. Mode 0640.
void copy_database(Database& from, const std::filesystem::path& file);

/// "ok", or what SQLite finds damaged, a line each.
std::string quick_check(Database& db);

/// Makes an empty file of mode 0640, unless it exists.
void create_file(const std::filesystem::path& file);

}  // namespace narvaro
