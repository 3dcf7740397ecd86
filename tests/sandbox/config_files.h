#pragma once
#include <filesystem>
#include <string>

#include "core/result.h"

namespace narvaro::sandbox {

struct ConfigWish {
    std::string url;              ///< of a running sandbox
    std::filesystem::path state;  ///< where narvaro keeps its database
    std::filesystem::path out;    ///< folder that gets the files; made when missing
    std::filesystem::path plan;   ///< plan file that the configuration names
    bool app_secret = false;      ///< also write app_id and app_secret, so that proofs are sent
};

/// Writes narvaro.toml, meta-token (0600), records-2021.csv, and app-secret (0600) when wished.
Result<void> write_config(const ConfigWish& wish);

}  // namespace narvaro::sandbox
