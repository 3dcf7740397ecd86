#pragma once
#include <filesystem>
#include <string>

#include "config/settings.h"
#include "digest/week.h"

namespace narvaro {

struct WrittenDigest {
    std::filesystem::path path;  ///< the text
    std::string hash;            ///< of the text, hexadecimal
};

/// Writes a digest to STATE/digests/: 2021-W46.txt in the configured language, and 2021-W46.json.
Result<WrittenDigest> write_digest(const Settings& settings, const DigestWeek& digest);

}  // namespace narvaro
