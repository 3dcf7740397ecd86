#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"

namespace narvaro {

/// The bytes of a file of at most 16 MiB. The error says why it cannot be had, without the path:
/// "No such file or directory".
Result<std::string> file_text(const std::filesystem::path& path);

/// The *.toml of a directory in name order; none when the directory does not exist. Hidden files
/// and directories are left out. The error says why it cannot be read.
Result<std::vector<std::filesystem::path>> toml_files_in(const std::filesystem::path& directory);

}  // namespace narvaro
