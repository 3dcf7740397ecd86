#pragma once
#include <cstdint>
#include <span>

#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

void clear_staged(Database& db);
/// A post's label staged before is replaced.
void stage_verdicts(Database& db, std::span<const PostVerdict> verdicts);
/// Puts the staged verdicts in the place of those in force and empties the stage. A post that
/// changed since it was judged keeps its former verdicts.
/// @param versions  the rules that judged: every staged post has a verdict of each
/// @return how many verdicts are new
std::int64_t swap_staged(Database& db, std::span<const LabelVersion> versions, sys_seconds now);

}  // namespace narvaro
