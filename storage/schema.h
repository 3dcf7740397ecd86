#pragma once
#include <cstdint>
#include <filesystem>
#include <span>

#include "storage/sqlite.h"

namespace narvaro {

/// In the header of every narvaro database: "nrva".
inline constexpr std::int64_t kApplicationId = 0x6e727661;

/// Constant SQL whose last statement raises user_version by one. The list is append-only: what a
/// release has shipped is never edited.
using Migration = const char*;

std::span<const Migration> migrations();

/// The version of the schema in the file; 0 for an empty one. Throws a Refusal for another
/// program's database and for a schema newer than `known`.
std::int64_t schema_version(Database& db, std::size_t known);

/// Brings the schema up to the last of `steps`, each in a transaction of its own. Before a database
/// that holds something is changed, a copy is made as FILE.before-vN.
void migrate(Database& db, std::span<const Migration> steps, const std::filesystem::path& file);

}  // namespace narvaro
