#pragma once
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/rules.h"

namespace narvaro {

/// One thing of a text that may tie it to another text.
struct HookWord {
    std::string key;    ///< the stem; a number as "48" or "2,1"; a number with its noun "48 minut"
    std::string shown;  ///< as the text has it, folded
    enum class Kind { word, number, counted } kind = Kind::word;
    bool place = false;
};

/// What makes the words of posts and press items comparable: stop words, places, stems.
class HookVocabulary {
  public:
    explicit HookVocabulary(const HookRules& rules);

    /// The distinct words and numbers of a text. Never fails; linear in the length.
    std::vector<HookWord> words(std::string_view text) const;
    /// The text's folded words, blank before and after each: " läs mitt i vallentuna ".
    static std::string sequence(std::string_view text);

  private:
    std::unordered_set<std::string> stops_, stop_stems_, places_;
};

/// The Snowball stem of one folded Swedish word. Safe to call from any thread.
std::string swedish_stem(std::string_view word);

}  // namespace narvaro
