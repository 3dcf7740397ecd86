#pragma once
#include <string>
#include <vector>

#include "analytics/judge.h"
#include "core/places.h"
#include "core/rules.h"
#include "storage/stored.h"

namespace narvaro {

/// Why a press item is one to hook onto: it names a local place, or it is about the association's
/// own themes by the rules for posts.
class PressFit {
  public:
    PressFit(const Rules& rules, const Places& places) : judge_(rules), places_(places) {}

    /// Local places it names, then words of the themes; empty: it fits nothing.
    std::vector<std::string> reasons(const StoredPressItem& item) const;

  private:
    Judge judge_;
    const Places& places_;
};

}  // namespace narvaro
