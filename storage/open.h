#pragma once
#include <filesystem>
#include <memory>

#include "storage/sqlite.h"

namespace narvaro {

/// Opens, and where needed makes and migrates, the database for writing.
std::unique_ptr<Database> open_to_write(const std::filesystem::path& file);
/// Opens an existing database with today's schema for reading alone.
std::unique_ptr<Database> open_to_read(const std::filesystem::path& file);

enum class Access { read, write };
/// Opens an existing file whatever its schema, and changes nothing.
std::unique_ptr<Database> open_as_it_is(const std::filesystem::path& file, Access access);

}  // namespace narvaro
