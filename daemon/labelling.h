#pragma once
#include <cstdint>
#include <vector>

#include "analytics/judge.h"
#include "core/rules.h"
#include "storage/store.h"

namespace narvaro {

/// Judges stored posts by the rules, and matches them to press items. Cheap when nothing is new.
/// Posts whose verdict is of other rules, or of a former text, are judged again; people's decisions
/// stay.
class Labeller {
  public:
    explicit Labeller(const Rules& rules);

    /// @return how many verdicts are new
    Result<std::int64_t> run(Store& store, sys_seconds now) const;

    /// "climate 4 (1a2b3c4d)", one for each label, news_hook included.
    std::vector<std::string> versions() const;

  private:
    Result<std::int64_t> judge_texts(Store& store, sys_seconds now) const;
    Result<std::int64_t> match_hooks(Store& store, sys_seconds now) const;
    Result<std::int64_t> match(Store& store, const std::vector<StoredPost>& posts,
                               sys_seconds now) const;
    Result<std::vector<StoredPost>> posts_near_new_press(const Store& store, sys_seconds now) const;

    HookRules hooks_;
    Judge judge_;
    std::vector<LabelVersion> label_versions_;
    LabelVersion hook_version_;
};

/// What the judge needs to know of a stored post.
JudgeInput judge_input(const StoredPost& post);

}  // namespace narvaro
