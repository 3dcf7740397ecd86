#include <algorithm>
#include <charconv>
#include <string>

#include "analytics/lexicon_scan.h"

namespace narvaro {
namespace {

constexpr std::size_t kSkipped = 2;  ///< words that "…" in a phrase stands for, at most

}  // namespace

/// Whether a sentence or line begins at this token: phrases and neighbours do not reach over it.
bool LexiconScan::bounded(std::size_t i) const {
    const Gap g = text_.tokens[i].gap;
    return g == Gap::sentence || g == Gap::line;
}

bool LexiconScan::fits(const PhraseWord& w, const Token& t) const {
    if (t.kind != Token::Kind::word && t.kind != Token::Kind::number) return false;
    const std::string_view v = text_.view(t);
    switch (w.kind) {
        case PhraseWord::Kind::word:
            return v == w.text || v == w.plain;
        case PhraseWord::Kind::begins:
            return v.starts_with(w.text) || v.starts_with(w.plain);
        case PhraseWord::Kind::number: {
            int value = 0;
            const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), value);
            return t.kind == Token::Kind::number && error == std::errc{} && v.size() <= 5 &&
                   value >= w.least && value <= w.most;
        }
        case PhraseWord::Kind::skip:
            break;
    }
    return false;
}

/// Where the phrase from its word `from` on ends when it begins at token `i`; 0: it does not.
std::size_t LexiconScan::phrase_end(const std::vector<PhraseWord>& p, std::size_t from,
                                    std::size_t i) const {
    for (; from < p.size(); ++from, ++i) {
        if (p[from].kind == PhraseWord::Kind::skip) {
            for (std::size_t skipped = 0; skipped <= kSkipped; ++skipped) {
                const std::size_t end = phrase_end(p, from + 1, i + skipped);
                if (end != 0) return end;
                if (i + skipped >= text_.tokens.size() || bounded(i + skipped)) return 0;
            }
            return 0;
        }
        if (i >= text_.tokens.size() || !fits(p[from], text_.tokens[i])) return 0;
        if (p[from].opens && i > 0 && text_.tokens[i].gap < Gap::other) return 0;
        if (from > 0 && bounded(i)) return 0;
    }
    return i;
}

void LexiconScan::try_phrase(std::size_t i, std::int32_t id) {
    const std::size_t end = phrase_end(term(id).phrase, 0, i);
    if (end == 0 || end < best_end_) return;
    if (end == best_end_) {  // the rarer sense wins: fewer gaps first, then the lower number
        if (term(best_phrase_).phrase.size() >= term(id).phrase.size()) return;
    }
    best_end_ = end;
    best_phrase_ = id;
}

bool LexiconScan::phrase(std::size_t i, const Keys& keys) {
    const Token& t = text_.tokens[i];
    const std::size_t size = text_.view(t).size();
    for (std::size_t k = 0; k < keys.count; ++k) {
        const Lexicon::Slot& s = slot(keys.found[k].first);
        if (keys.found[k].second == size)
            for (const std::int32_t id : s.phrases) try_phrase(i, id);
        for (const std::int32_t id : s.phrases_begin) try_phrase(i, id);
    }
    if (t.kind == Token::Kind::number)
        for (const std::int32_t id : lex_.number_phrases_) try_phrase(i, id);
    if (best_end_ == 0) return false;
    const double weight = term(best_phrase_).weight;
    if (weight == 0)
        drop(words_of(i, best_end_), true);
    else
        add(best_phrase_, weight, i, best_end_ - 1, words_of(i, best_end_));
    return true;
}

bool LexiconScan::neighbour(const CompiledContext& c, std::size_t i) const {
    for (const auto& words : c.before) {
        if (words.empty() || words.size() > i) continue;
        const std::size_t start = i - words.size();
        if (phrase_end(words, 0, start) == i && !bounded(i)) return true;
    }
    for (const auto& words : c.after) {
        if (words.empty() || i + 1 >= text_.tokens.size() || bounded(i + 1)) continue;
        if (phrase_end(words, 0, i + 1) != 0) return true;
    }
    return false;
}

double LexiconScan::in_context(std::size_t i, const Keys& keys, double weight,
                               bool& other_sense) const {
    const std::size_t size = text_.view(text_.tokens[i]).size();
    double found = weight;
    auto look = [&](const std::vector<std::int32_t>& ids) {
        for (const std::int32_t id : ids) {
            const CompiledContext& c = lex_.contexts_[static_cast<std::size_t>(id)];
            if (!neighbour(c, i)) continue;
            found = other_sense ? std::min(found, c.weight) : c.weight;
            other_sense = true;
        }
    };
    for (std::size_t k = 0; k < keys.count; ++k) {
        const Lexicon::Slot& s = slot(keys.found[k].first);
        if (keys.found[k].second == size) look(s.contexts);
        look(s.contexts_begin);
    }
    return found;
}

}  // namespace narvaro
