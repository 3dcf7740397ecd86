#pragma once
#include <string>

#include "core/rules.h"

namespace narvaro::testing_rules {

/// The rules that ship, read from config/rules/ without the checks of config/.
Rules shipped();

/// A label's rules from TOML text, for tests that need a small file of their own.
LabelRules label_rules(const std::string& label, const std::string& toml);

}  // namespace narvaro::testing_rules
