#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/label.h"
#include "core/rules.h"
#include "core/source.h"

namespace narvaro {

/// What is known of one publication when it is judged.
struct JudgeInput {
    SourceKind channel = SourceKind::website;
    std::string text;  ///< any bytes; for articles the title, a line feed and the text
    std::vector<std::string> links;
    /// Accounts tagged, credited or co-authoring, as the platform gives them: with or without @,
    /// a name ("Ung Vänster Norrort") or the account's address.
    std::vector<std::string> mentions;
    std::optional<std::string> parent_id;        ///< "PAGE_POST" of the post that this one shares
    std::optional<std::pair<int, int>> ad_ages;  ///< youngest and oldest of an ad's audience
};

class Lexicon;

/// All label rules, compiled once. Immutable: copies share it, threads may use it at once.
class Judge {
  public:
    explicit Judge(const Rules& rules);

    /// One verdict per label rule, in the order of the label names. Linear in the length of the
    /// text. A text of nothing gives `no_text`, and false unless the platform proves the label.
    std::vector<Verdict> judge(const JudgeInput& input) const;

  private:
    std::vector<std::shared_ptr<const Lexicon>> lexicons_;
};

/// "climate 4 (1a2b3c4d)": what a verdict says of the rules that made it.
std::string rules_version(const std::string& name, int version, const std::string& hash);

}  // namespace narvaro
