#include "config/rules_file.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include "builtin_rules_files.h"
#include "config/file_text.h"
#include "config/rules_reading.h"
#include "core/label.h"

namespace narvaro {
namespace {

constexpr std::array kBuiltinLabels{kClimate, kUngVanster, kYouth};
constexpr char kHooksFile[] = "hooks.toml";

/// The bytes of a built-in file; empty when there is none.
std::string_view builtin_file(std::string_view label) {
    return embedded::builtin_rules_files(std::string{label} + ".toml");
}

[[noreturn]] void end_over(const Problems& problems) {
    for (const Problem& p : problems) std::cerr << "built-in rules: " << to_string(p) << "\n";
    std::abort();
}

Rules read_builtin() {
    Rules rules;
    for (const char* label : kBuiltinLabels) {
        const std::string file = std::string{label} + ".toml";
        auto parsed = label_rules_from(label, builtin_file(label), file, nullptr);
        if (!parsed) end_over(parsed.error());
        rules.labels.push_back(std::move(*parsed));
    }
    auto hooks = hook_rules_from(embedded::builtin_rules_files(kHooksFile), kHooksFile, nullptr);
    if (!hooks) end_over(hooks.error());
    rules.hooks = std::move(*hooks);
    return rules;
}

const LabelRules* builtin_label(std::string_view label) {
    for (const LabelRules& rules : builtin_rules().labels) {
        if (rules.label == label) return &rules;
    }
    return nullptr;
}

/// The label's rules, put in when they are new.
LabelRules& label_in(Rules& rules, const std::string& label) {
    auto& labels = rules.labels;
    const auto known = std::find_if(labels.begin(), labels.end(),
                                    [&](const LabelRules& r) { return r.label == label; });
    if (known != labels.end()) return *known;
    LabelRules fresh;
    fresh.label = label;
    return *labels.insert(labels.end(), std::move(fresh));
}

template <class T>
void take_over(tl::expected<T, Problems> parsed, T& rules, Problems& problems) {
    if (parsed)
        rules = std::move(*parsed);
    else
        problems.insert(problems.end(), parsed.error().begin(), parsed.error().end());
}

}  // namespace

const Rules& builtin_rules() {
    static const Rules rules = read_builtin();
    return rules;
}

tl::expected<LabelRules, Problems> parse_label_rules(std::string_view label, std::string_view text,
                                                     const std::string& file) {
    const LabelRules* base = builtin_label(label);
    if (base != nullptr && text == builtin_file(label)) return *base;
    return label_rules_from(label, text, file, base);
}

tl::expected<HookRules, Problems> parse_hook_rules(std::string_view text, const std::string& file) {
    const HookRules& base = builtin_rules().hooks;
    if (text == embedded::builtin_rules_files(kHooksFile)) return base;
    return hook_rules_from(text, file, &base);
}

void replace_rules(const std::filesystem::path& file, Rules& rules, Problems& problems) {
    const std::string label = file.stem().string();
    if (!is_identifier(label) || label == kNewsHook) {
        problems.push_back({file.string(), 1, 1,
                            "\"" + label + "\" is no name for a label; " +
                                (label == kNewsHook ? "news hooks are judged by hooks.toml"
                                                    : "allowed: small letters, digits, - and _")});
        return;
    }
    const auto text = file_text(file);
    if (!text) {
        problems.push_back({file.string(), 1, 1, "cannot be read: " + text.error().what});
        return;
    }
    if (label == "hooks")
        take_over(parse_hook_rules(*text, file.string()), rules.hooks, problems);
    else
        take_over(parse_label_rules(label, *text, file.string()), label_in(rules, label), problems);
}

Rules load_rules(const std::filesystem::path& directory, Problems& problems) {
    Rules rules = builtin_rules();
    if (directory.empty()) return rules;
    const auto files = toml_files_in(directory);
    if (!files) {
        problems.push_back(
            {directory.string(), 1, 1,
             "the rules cannot be read: " + files.error().what + "; name a directory"});
        return rules;
    }
    for (const auto& file : *files) replace_rules(file, rules, problems);
    std::sort(rules.labels.begin(), rules.labels.end(),
              [](const LabelRules& a, const LabelRules& b) { return a.label < b.label; });
    return rules;
}

}  // namespace narvaro
