#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"

namespace narvaro {

/// The file's bytes. @return Fault::usage when it cannot be read, or is larger than `at_most`
Result<std::string> read_file(const std::filesystem::path& path, std::size_t at_most = 256U << 20U);

/// Replaces the file whole: written beside it, synced, renamed. A reader sees the old or the new,
/// never a part. @return Fault::storage
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same for a secret and a line end: readable by its owner alone, from the first byte on.
Result<void> write_secret(const std::filesystem::path& path, const Secret& secret);

}  // namespace narvaro
