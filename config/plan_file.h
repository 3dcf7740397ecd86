#pragma once
// Plan files, checked against the configuration that names them. Inside config/ only.
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.h"
#include "core/plan.h"
#include "core/source.h"

namespace narvaro {

/// What a plan may refer to.
struct PlanContext {
    std::vector<Source> sources;           ///< in the files' order
    std::set<std::string> broken_sources;  ///< configured, with mistakes that are reported already
    std::vector<std::string> places;       ///< groups of [places]
    std::vector<std::string> labels;
    bool complete = true;  ///< not: a file could not be read, and may hold what is missed here
};

/// Everything that is wrong goes to `problems`. @return the plan, when nothing is
std::optional<Plan> read_plan(std::string_view text, const std::string& file,
                              const PlanContext& context, std::vector<Problem>& problems);

/// [target.ID]. @param plan  its period must be known for a milestone's `by` to be checked
std::optional<Target> read_target(const std::string& id, TableReader reader,
                                  const std::optional<Plan>& plan, const PlanContext& context);

/// The `goal` and `baseline` of a target whose kind is known and whose other parts are read.
void read_goal(TableReader& reader, const std::optional<Plan>& plan, const PlanContext& context,
               Target& target);
void read_baseline(TableReader& reader, Target& target);

}  // namespace narvaro
