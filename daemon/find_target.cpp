#include "daemon/find_target.h"

namespace narvaro {

Result<std::pair<const Plan*, const Target*>> find_target(const Settings& settings,
                                                          const std::string& id) {
    std::string known;
    for (auto plan = settings.plans.rbegin(); plan != settings.plans.rend(); ++plan) {
        for (const Target& target : plan->targets) {
            if (target.id == id) return std::pair{&*plan, &target};
            known += (known.empty() ? "" : ", ") + target.id;
        }
    }
    return fail(Fault::usage, "there is no target \"" + id + "\"; the plans have: " + known,
                "narvaro explain post POST explains a post");
}

Result<const Plan*> find_plan(const Settings& settings, const std::string& id) {
    if (settings.plans.empty()) {
        return fail(Fault::usage, "no plan is configured", "name a plan file under `plans`");
    }
    if (id.empty()) return &settings.plans.back();
    std::string known;
    for (const Plan& plan : settings.plans) {
        if (plan.id == id) return &plan;
        known += (known.empty() ? "" : ", ") + plan.id;
    }
    return fail(Fault::usage, "there is no plan \"" + id + "\"; configured: " + known);
}

}  // namespace narvaro
