#pragma once
#include <optional>

#include "analytics/hooks.h"
#include "storage/store.h"

namespace narvaro {

/// Matches posts to the stored press. What a post is matched against depends on its month alone,
/// not on which posts are judged with it: the press and our own posts from a year before that month
/// to a day after it. Keeps the last month's index; make a new archive when the press has grown.
class PressArchive {
  public:
    PressArchive(const Store& store, HookRules rules) : store_(store), rules_(std::move(rules)) {}

    Result<Verdict> match(const StoredPost& post);

  private:
    Result<void> turn_to(const std::optional<date::year_month>& month);

    const Store& store_;
    HookRules rules_;
    std::optional<HookMatcher> matcher_;
    std::optional<date::year_month> month_;  ///< of matcher_; empty: of posts without a date
};

/// Title and text, as rules read them.
std::string judged_text(const StoredPost& post);

}  // namespace narvaro
