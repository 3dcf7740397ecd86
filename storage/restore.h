#pragma once
#include <filesystem>
#include <optional>

namespace narvaro {

/// Puts a copy of the backup in the place of the database. The backup is looked through first, and
/// is left as it is. The former file is kept beside the new one, as FILE.before-restore or with the
/// next free number behind it. Whatever fails leaves the former file in its place.
/// @return where the former file is now; empty: there was none
std::optional<std::filesystem::path> restore_database(const std::filesystem::path& backup,
                                                      const std::filesystem::path& file);

}  // namespace narvaro
