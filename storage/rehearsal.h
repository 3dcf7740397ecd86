#pragma once
#include <span>

#include "storage/sqlite.h"
#include "storage/stored.h"

namespace narvaro {

/// While it lives, this connection counts posts by what changed rules would say; a person's word
/// still wins. Nothing of it is stored, and no other connection sees it.
class Rehearsal {
  public:
    Rehearsal(Database& db, std::span<const RehearsedLabel> labels);
    ~Rehearsal();
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

  private:
    Database& db_;
};

}  // namespace narvaro
