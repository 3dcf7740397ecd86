#pragma once
#include <string>

#include "files.h"

namespace narvaro {

/// Line 1 to 4 of a plan; what follows begins on line 5.
inline constexpr char kPlanHead[] = "[plan]\nid = \"p\"\nfrom = 2021-01-01\nto = 2021-12-31\n";

/// A plan beside the sound configuration.
class PlanFile : public ConfigTest {
  protected:
    std::string plan_mistakes(const std::string& plan) const {
        write("plan.toml", plan);
        return mistakes(std::string{"plans = [\"plan.toml\"]\n"} + kSound);
    }
};

struct PlanCase {
    const char* name;
    const char* text;
    const char* lines;
};
inline std::string name_of_case(const testing::TestParamInfo<PlanCase>& info) {
    return info.param.name;
}

}  // namespace narvaro
