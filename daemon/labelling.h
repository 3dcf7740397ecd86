#pragma once
#include <cstdint>
#include <vector>

#include "analytics/judge.h"
#include "core/rules.h"
#include "daemon/press_archive.h"
#include "storage/store.h"

namespace narvaro {

/// Judges stored posts by the rules, and matches them to press items. People's decisions stay.
class Labeller {
  public:
    explicit Labeller(const Rules& rules);

    /// Judges posts that are new or changed, and matches again those near press items that came
    /// since. Cheap when nothing is new. Verdicts of other rules stay: see Rejudging.
    /// @return how many verdicts are new
    Result<std::int64_t> run(Store& store, sys_seconds now) const;

    /// All labels of the posts, news_hook included.
    Result<std::vector<PostVerdict>> judge(const std::vector<StoredPost>& posts,
                                           PressArchive& press) const;
    PressArchive press(const Store& store) const { return {store, hooks_}; }

    /// One for each label, news_hook included.
    const std::vector<LabelVersion>& label_versions() const { return versions_; }
    /// "climate 4 (1a2b3c4d)", in the same order.
    std::vector<std::string> versions() const;

  private:
    Result<std::int64_t> judge_new(Store& store, sys_seconds now) const;
    Result<std::int64_t> match_late_press(Store& store, sys_seconds now) const;
    Result<std::vector<StoredPost>> posts_near_new_press(const Store& store, sys_seconds now) const;

    HookRules hooks_;
    Judge judge_;
    std::vector<LabelVersion> versions_;
};

/// What the judge needs to know of a stored post.
JudgeInput judge_input(const StoredPost& post);

}  // namespace narvaro
