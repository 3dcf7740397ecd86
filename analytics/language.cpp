#include "analytics/language.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace narvaro {
namespace {

constexpr std::size_t kEnoughWords = 5;

/// Words that the neighbours' languages write alike ("en", "det", "har") say nothing and are left
/// out.
constexpr std::array<std::string_view, 58> kLittleWords = {
    "alla",   "allt",  "att",  "bara",  "bli",    "blir",   "dem",  "dig",   "din",  "där",
    "efter",  "eller", "era",  "ett",   "från",   "få",     "får",  "för",   "går",  "gör",
    "hur",    "här",   "idag", "igen",  "ihop",   "ikväll", "inga", "ingen", "inte", "kl",
    "kommer", "mer",   "mig",  "mot",   "mycket", "måste",  "ni",   "nu",    "när",  "och",
    "också",  "oss",   "på",   "redan", "sin",    "ska",    "som",  "så",    "upp",  "ut",
    "utan",   "vad",   "vara", "vid",   "vill",   "vår",    "våra", "är"};

bool is_little_word(std::string_view word) {
    return std::find(kLittleWords.begin(), kLittleWords.end(), word) != kLittleWords.end();
}

}  // namespace

bool looks_foreign(const TokenText& text) {
    std::size_t words = 0;
    for (const Token& token : text.tokens) {
        if (token.kind != Token::Kind::word) continue;
        if (is_little_word(text.view(token))) return false;
        ++words;
    }
    return words >= kEnoughWords;
}

}  // namespace narvaro
