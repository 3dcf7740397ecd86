#pragma once
// What the two kinds of rules files share. Inside config/ only.
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/reader.h"
#include "core/rules.h"

namespace narvaro {

using Problems = std::vector<Problem>;

/// @param base  what `extends = "builtin"` builds on; null: nothing, whatever the file says
tl::expected<LabelRules, Problems> label_rules_from(std::string_view label, std::string_view text,
                                                    const std::string& file,
                                                    const LabelRules* base);
tl::expected<HookRules, Problems> hook_rules_from(std::string_view text, const std::string& file,
                                                  const HookRules* base);

/// Whether the file builds on the built-in rules: `extends` is "builtin" or absent, not "none".
bool read_extends(TableReader& top);

/// FNV-1a of the base's hash and the file's bytes, 16 hexadecimal digits: a name for the bytes, not
/// a proof of them.
std::string rules_hash(std::string_view base_hash, std::string_view text);

/// Lower case for Latin letters, Å Ä Ö included: enough to see that two entries are the same.
std::string without_case(std::string_view text);

/// Adds the texts under `key` that are not there yet.
void add_texts(TableReader& top, const std::string& key, std::vector<std::string>& list);

}  // namespace narvaro
