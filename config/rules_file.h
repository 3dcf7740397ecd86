#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/problem.h"
#include "core/rules.h"

namespace narvaro {

/// The rules that are compiled in (config/rules/*.toml), labels by name. A mistake in them is a
/// bug: the program ends.
const Rules& builtin_rules();

/// One label's rules as a file says them. With `extends = "builtin"` (the default where a built-in
/// of the label exists) the file's entries come after the built-in's, one with the same match and
/// kind takes the place of the built-in's, and single values replace theirs; with "none" the file
/// stands alone. A copy of the built-in file is the built-in. @param file  names the file in
/// problems
tl::expected<LabelRules, std::vector<Problem>> parse_label_rules(std::string_view label,
                                                                 std::string_view toml,
                                                                 const std::string& file);
tl::expected<HookRules, std::vector<Problem>> parse_hook_rules(std::string_view toml,
                                                               const std::string& file);

/// Puts the rules of one file in the place of those of its name. @param problems  gets every
/// mistake, and then the rules stay as they were
void replace_rules(const std::filesystem::path& file, Rules& rules, std::vector<Problem>& problems);

/// The built-in rules, extended or replaced by the *.toml of a directory, in name order. hooks.toml
/// is for news hooks; any other name is a label's. A directory that does not exist, or none, leaves
/// the built-in ones; so does a file with mistakes for its label. @param problems  gets every
/// mistake
Rules load_rules(const std::filesystem::path& directory, std::vector<Problem>& problems);

}  // namespace narvaro
