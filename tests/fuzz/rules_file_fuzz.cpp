// Any bytes as a rules file: it is read or refused with a place; what is read can judge.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analytics/hooks.h"
#include "analytics/judge.h"
#include "config/rules_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto label = narvaro::parse_label_rules("own", text, "own.toml");
    if (label) {
        narvaro::Rules rules;
        rules.labels.push_back(*label);
        narvaro::JudgeInput input;
        input.text = "Klimatet, arbetsmiljön och #KlimatStrejk 2021: a b c d 🌍";
        (void)narvaro::Judge{rules}.judge(input);
    } else {
        for (const narvaro::Problem& problem : label.error()) {
            if (problem.line < 1 || problem.column < 1 || problem.text.empty()) std::abort();
        }
    }
    const auto hooks = narvaro::parse_hook_rules(text, "hooks.toml");
    if (hooks) (void)narvaro::HookMatcher{*hooks, {}}.match({"Simhallen läcker", {}, {}, {}});
    return 0;
}
