#include "analytics/hook_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>

#include <libstemmer.h>

#include "analytics/normalise.h"
#include "analytics/tokens.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kTellingStem = 5;
constexpr std::size_t kMostWords = 4000;  ///< of one text; a press item has some fifty

using NumberWord = std::pair<std::string_view, int>;

constexpr std::array<NumberWord, 21> kSmallNumbers = {{
    {"noll", 0},    {"två", 2},      {"tre", 3},      {"fyra", 4},     {"fem", 5},
    {"sex", 6},     {"sju", 7},      {"åtta", 8},     {"nio", 9},      {"tio", 10},
    {"elva", 11},   {"tolv", 12},    {"tretton", 13}, {"fjorton", 14}, {"femton", 15},
    {"sexton", 16}, {"sjutton", 17}, {"arton", 18},   {"nitton", 19},  {"en", 1},
    {"ett", 1},
}};
constexpr std::array<NumberWord, 8> kTens = {{
    {"tjugo", 20},
    {"trettio", 30},
    {"fyrtio", 40},
    {"femtio", 50},
    {"sextio", 60},
    {"sjuttio", 70},
    {"åttio", 80},
    {"nittio", 90},
}};

constexpr std::array<std::string_view, 12> kMonths = {
    "januari", "februari", "mars",      "april",   "maj",      "juni",
    "juli",    "augusti",  "september", "oktober", "november", "december"};

/// 0 to 99 in words; -1: no number.
int below_hundred(std::string_view word) {
    for (const auto& [name, value] : kSmallNumbers)
        if (word == name) return value;
    for (const auto& [name, value] : kTens) {
        if (!word.starts_with(name)) continue;
        const std::string_view rest = word.substr(name.size());
        if (rest.empty()) return value;
        const int unit = below_hundred(rest);
        return unit >= 1 && unit <= 9 ? value + unit : -1;
    }
    return -1;
}

/// Splits at the first `unit` ("hundra"): how many of it, and the rest. -1: the word is no number.
int with_unit(std::string_view word, std::string_view unit, int size,
              int (*smaller)(std::string_view)) {
    const std::size_t at = word.find(unit);
    if (at == std::string_view::npos) return smaller(word);
    const std::string_view rest = word.substr(at + unit.size());
    const int count = at == 0 ? 1 : smaller(word.substr(0, at));
    const int more = rest.empty() ? 0 : smaller(rest);
    return count < 1 || more < 0 ? -1 : count * size + more;
}

int below_thousand(std::string_view word) { return with_unit(word, "hundra", 100, below_hundred); }

/// A Swedish number word to 999 999: "sju", "hundratjugo", "tvåtusen"; -1: no number.
int number_word(std::string_view word) {
    constexpr std::size_t kLongest = 64;
    return word.size() > kLongest ? -1 : with_unit(word, "tusen", 1000, below_thousand);
}

struct StemmerFree {
    void operator()(sb_stemmer* s) const noexcept { sb_stemmer_delete(s); }
};

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Numbers of a text in reading order, with the token where each ends.
class NumberReader {
  public:
    explicit NumberReader(const TokenText& text) : text_(text) {}

    /// The number that begins at token i, moved behind it; empty: none that could tie two texts.
    std::string read(std::size_t& i) const {
        const Token& t = text_.tokens[i];
        const std::string_view v = text_.view(t);
        const std::size_t first = i;
        std::string out;
        if (t.kind == Token::Kind::number && all_digits(v) && v.size() <= 12) {
            out = v;
            while (v.size() <= 3 && i + 1 < text_.tokens.size() && thousands(i + 1, out))
                out += word(++i);
            if (i + 1 < text_.tokens.size() && text_.tokens[i + 1].gap == Gap::comma_in &&
                all_digits(word(i + 1)) && word(i + 1).size() <= 2)
                out += "," + std::string(word(++i));
        } else if (const int n = t.kind == Token::Kind::word ? spelled(first) : -1; n >= 0) {
            out = std::to_string(n);
            if (i + 2 < text_.tokens.size() && word(i + 1) == "komma" && digit_word(i + 2) >= 0) {
                out += "," + std::to_string(digit_word(i + 2));
                i += 2;
            }
        }
        return !out.empty() && clock_or_date(first, i, out) ? std::string() : out;
    }

  private:
    std::string_view word(std::size_t i) const { return text_.view(text_.tokens[i]); }

    /// "en" is an article, unless it begins "en komma fem".
    int spelled(std::size_t i) const {
        const std::string_view v = word(i);
        if (v == "en" || v == "ett")
            return i + 2 < text_.tokens.size() && word(i + 1) == "komma" ? 1 : -1;
        return number_word(v);
    }
    int digit_word(std::size_t i) const {
        const std::string_view v = word(i);
        if (v == "en" || v == "ett") return 1;
        const int n = number_word(v);
        return n <= 9 ? n : -1;
    }
    bool thousands(std::size_t i, const std::string& so_far) const {
        const Gap g = text_.tokens[i].gap;
        return (g == Gap::space || g == Gap::point) && word(i).size() == 3 && all_digits(word(i)) &&
               so_far.size() <= 9 && so_far[0] != '0';
    }
    bool clock_or_date(std::size_t first, std::size_t last, const std::string& number) const {
        if (number.size() > 4) return false;
        if (first > 0) {
            const std::string_view before = word(first - 1);
            if (before == "kl" || before == "klockan") return true;
            if (text_.tokens[first].gap == Gap::point) return true;
        }
        if (last + 1 >= text_.tokens.size()) return false;
        const std::string_view after = word(last + 1);
        if (text_.tokens[last + 1].gap == Gap::point && all_digits(after)) return true;
        return std::any_of(kMonths.begin(), kMonths.end(), [&](std::string_view m) {
            return after == m || after == m.substr(0, 3);
        });
    }

    const TokenText& text_;
};

}  // namespace

namespace {

std::string stem_once(std::string_view word) {
    thread_local const std::unique_ptr<sb_stemmer, StemmerFree> stemmer(
        sb_stemmer_new("swedish", "UTF_8"));
    if (!stemmer || word.empty() || word.size() > kLongestWord * 4) return std::string(word);
    const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
    const sb_symbol* stem = sb_stemmer_stem(stemmer.get(), bytes, static_cast<int>(word.size()));
    if (stem == nullptr) return std::string(word);  // out of memory inside the stemmer
    const auto length = static_cast<std::size_t>(sb_stemmer_length(stemmer.get()));
    return {reinterpret_cast<const char*>(stem), length};
}

}  // namespace

/// Stemmed twice: once leaves "verkstaden" at "verkstad", and "verkstad" at "verkst".
std::string swedish_stem(std::string_view word) { return stem_once(stem_once(word)); }

HookVocabulary::HookVocabulary(const HookRules& rules) {
    for (const std::string& w : rules.stop_words) {
        const std::string folded = fold_text(w);
        stops_.insert(folded);
        // A short stem is shared by strangers: "viktig" and "Viktor".
        if (std::string stem = swedish_stem(folded); count_characters(stem) >= kTellingStem)
            stop_stems_.insert(std::move(stem));
    }
    for (const std::string& p : rules.places) {
        const TokenText text = tokenise(p);
        for (const Token& t : text.tokens) {
            const std::string w(text.view(t));
            if (!stops_.contains(w)) places_.insert(swedish_stem(w));
        }
    }
}

std::vector<HookWord> HookVocabulary::words(std::string_view text) const {
    const TokenText taken = tokenise(text);
    const NumberReader numbers(taken);
    std::vector<HookWord> out;
    std::unordered_set<std::string> seen;
    auto add = [&](std::string key, std::string shown, HookWord::Kind kind, bool place) {
        if (out.size() < kMostWords && seen.insert(key).second)
            out.push_back({std::move(key), std::move(shown), kind, place});
    };
    for (std::size_t i = 0; i < taken.tokens.size(); ++i) {
        const Token& t = taken.tokens[i];
        if (t.kind == Token::Kind::emoji || t.kind == Token::Kind::handle) continue;
        std::string number = numbers.read(i);
        if (!number.empty()) {
            // The noun after it: "fyra veckor" ties where neither "fyra" nor "veckor" would.
            if (i + 1 < taken.tokens.size() && taken.tokens[i + 1].kind == Token::Kind::word &&
                taken.tokens[i + 1].gap <= Gap::hyphen) {
                const std::string noun(taken.view(taken.tokens[i + 1]));
                if (noun.size() > 2 && number_word(noun) < 0)
                    add(number + " " + swedish_stem(noun), number + " " + noun,
                        HookWord::Kind::counted, false);
            }
            std::string shown = number;
            add(std::move(number), std::move(shown), HookWord::Kind::number, false);
            continue;
        }
        const std::string w(taken.view(t));
        if (t.kind == Token::Kind::number || w.size() < 2 || w.size() > kLongestWord) continue;
        if (stops_.contains(w)) continue;
        std::string stem = swedish_stem(w);
        if (stop_stems_.contains(stem)) continue;
        const bool place = places_.contains(stem);
        add(std::move(stem), w, HookWord::Kind::word, place);
    }
    return out;
}

std::string HookVocabulary::sequence(std::string_view text) {
    const TokenText taken = tokenise(text);
    std::string out = " ";
    for (const Token& t : taken.tokens) {
        out += taken.view(t);
        out += ' ';
    }
    return out;
}

}  // namespace narvaro
