// Any bytes as a post's text: normalising is idempotent and leaves well-formed UTF-8; judging ends.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analytics/judge.h"
#include "analytics/normalise.h"
#include "analytics/tokens.h"
#include "config/rules_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const narvaro::Judge judge{narvaro::builtin_rules()};
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const std::string folded = narvaro::fold_text(text);
    if (narvaro::fold_text(folded) != folded) std::abort();
    const std::string clean = narvaro::clean_text(text);
    if (narvaro::clean_text(clean) != clean) std::abort();
    const narvaro::TokenText tokens = narvaro::tokenise(text);
    for (const narvaro::Token& token : tokens.tokens) {
        if (token.end < token.begin || token.end > tokens.folded.size()) std::abort();
    }
    narvaro::JudgeInput input;
    input.channel = narvaro::SourceKind::instagram;
    input.text = text;
    (void)judge.judge(input);
    return 0;
}
