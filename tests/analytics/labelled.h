#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analytics/hooks.h"
#include "analytics/judge.h"

namespace narvaro::testing_rules {

/// A post that people have judged.
struct LabelledPost {
    std::string id, trap, why;
    JudgeInput input;
    std::map<std::string, bool> labels;
};

struct LabelledHook {
    std::string id, trap;
    HookInput input;
    bool hook = false;
    std::string item;  ///< empty: unknown or none
};

struct HookSet {
    std::vector<PressItem> items;
    std::vector<LabelledHook> posts;
};

/// @return empty when there is no such file.
std::optional<std::vector<LabelledPost>> read_posts(const std::string& path);
std::optional<HookSet> read_hooks(const std::string& path);

/// Right and wrong answers of one label.
struct Score {
    int hits = 0, false_alarms = 0, misses = 0, quiet = 0;
    std::string errors;  ///< a line for each
    double f1() const {
        const int all = 2 * hits + false_alarms + misses;
        return all == 0 ? 1.0 : 2.0 * hits / all;
    }
    void count(bool is, bool said, const std::string& what) {
        ++(is ? (said ? hits : misses) : (said ? false_alarms : quiet));
        if (is != said) errors += (is ? "  missed " : "  wrong  ") + what + "\n";
    }
};

}  // namespace narvaro::testing_rules
