#include "daemon/verdict_words.h"

#include "digest/figures.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

std::string answer(const Verdict& v, const Catalogue& words) {
    if (v.no_text) return "no text";
    std::string out = v.value ? "yes, " : "no, ";
    out +=
        number_words(v.score, words, 2) + " of " + number_words(v.threshold, words, 2) + " needed";
    if (!v.value && v.score < v.threshold && v.score > 0)
        out += " (" + number_words(v.threshold - v.score, words, 2) + " short)";
    return out;
}

}  // namespace

std::string verdict_words(const Verdict& v, const Catalogue& words, const std::string& indent) {
    std::string out = indent + v.label + ": " + answer(v, words) + "\n";
    for (const Reason& r : v.reasons) {
        out += indent + "    " + harmless_line(r.text);
        if (r.weight != 0) out += "  " + signed_words(r.weight, words);
        out += "\n";
    }
    if (!v.hook_item.empty()) out += indent + "    press item " + harmless_line(v.hook_item) + "\n";
    if (!v.rules_version.empty())
        out += indent + "    rules " + harmless_line(v.rules_version) + "\n";
    return out;
}

}  // namespace narvaro
