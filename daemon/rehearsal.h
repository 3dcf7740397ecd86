#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "analytics/judge.h"
#include "config/problem.h"
#include "core/rules.h"
#include "core/target_result.h"
#include "daemon/app.h"

namespace narvaro {

/// A post whose label would change.
struct Flip {
    StoredPost post;
    Verdict before, after;
    bool decided = false;  ///< a person decided: the label stays as it is
};

/// A target of a plan whose value or state would move.
struct TargetMove {
    const Plan* plan;
    const Target* target;
    TargetResult before, after;
    bool moves() const { return before != after; }
};

struct RulesDiff {
    std::int64_t posts = 0;  ///< judged
    std::vector<Flip> flips;
    std::vector<TargetMove> targets;  ///< all targets of all plans
};

/// The rules with those of the files in their place; a file is named after its label, or
/// hooks.toml.
/// @return every mistake of every file
tl::expected<Rules, std::vector<Problem>> rules_with(
    Rules rules, const std::vector<std::filesystem::path>& files);

/// Judges the whole archive by both rules and evaluates the plans by both. Stores nothing.
Result<RulesDiff> compare_rules(const App& app, const Rules& changed);

}  // namespace narvaro
