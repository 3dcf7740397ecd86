#pragma once
#include <filesystem>
#include <memory>

#include "storage/sqlite.h"

namespace narvaro {

/// Opens, and where needed makes and migrates, the database for writing.
std::unique_ptr<Database> open_to_write(const std::filesystem::path& file);
/// Opens an existing database with today's schema for reading alone.
std::unique_ptr<Database> open_to_read(const std::filesystem::path& file);

}  // namespace narvaro
