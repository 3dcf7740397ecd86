#include "analytics/lexicon_scan.h"

#include <algorithm>
#include <string>

namespace narvaro {
bool letter_start(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::string clipped(std::string_view part, bool keep_end) {
    constexpr std::size_t kShown = 60;
    if (part.size() <= kShown) return std::string(part);
    std::size_t at = keep_end ? part.size() - kShown : kShown;
    while (at > 0 && at < part.size() && !letter_start(part[at])) --at;
    return keep_end ? "…" + std::string(part.substr(at)) : std::string(part.substr(0, at)) + "…";
}

std::string dotted(std::string_view before, std::string_view match, std::string_view after) {
    std::string out = clipped(before, true);
    if (!before.empty()) out += "·";
    out += clipped(match, false);
    if (!after.empty()) out += "·" + clipped(after, false);
    return out;
}

LexiconScan::Keys LexiconScan::keys(std::string_view word) const {
    Keys out;
    lex_.words_.walk(word, [&](std::int32_t s, std::size_t length) {
        if (out.count < Keys::kMost)
            out.found[out.count++] = {s, static_cast<std::uint32_t>(length)};
    });
    return out;
}

LexiconScan::Meaning LexiconScan::meaning(const Keys& keys, std::size_t size) const {
    Meaning out;
    for (std::size_t k = 0; k < keys.count; ++k) {
        const auto [at, length] = keys.found[k];
        const Lexicon::Slot& s = slot(at);
        const bool whole = length == size;
        if (s.exclude_prefix || (whole && s.exclude_word)) {
            out.excluded = true;
            out.excluded_length = length;
        }
        const std::int32_t found = whole && s.word >= 0 ? s.word : s.prefix;
        if (found < 0) continue;
        out.term = found;
        out.length = length;
    }
    return out;
}

Scan LexiconScan::run() {
    std::size_t after_phrase = 0;
    for (std::size_t i = 0; i < text_.tokens.size(); ++i) {
        if (i < after_phrase) continue;
        const Token& t = text_.tokens[i];
        best_end_ = 0;
        switch (t.kind) {
            case Token::Kind::emoji: {
                const auto it = lex_.emoji_.find(text_.view(t));
                if (it == lex_.emoji_.end()) break;
                add(it->second, term(it->second).weight, i, i, std::string(text_.view(t)));
                out_.hits.back().emoji = true;
                break;
            }
            case Token::Kind::handle:
                lex_.scan_handle(std::string(text_.view(t)), out_);
                break;
            case Token::Kind::hashtag:
                tag(i);
                break;
            case Token::Kind::word:
            case Token::Kind::number:
                t.glued ? glued(i) : word(i);
                break;
        }
        after_phrase = best_end_;
    }
    return std::move(out_);
}

void LexiconScan::word(std::size_t i) {
    const std::string_view w = text_.view(text_.tokens[i]);
    const Keys found = keys(w);
    if (phrase(i, found)) return;
    const Meaning m = meaning(found, w.size());
    if (m.excluded || joined_excluded(i)) return drop(w, false);
    if (m.term >= 0 && ending_excluded(w.substr(m.length))) return drop(w, false);
    bool other_sense = false;
    const double weight = in_context(i, found, m.term < 0 ? 0 : term(m.term).weight, other_sense);
    if (m.term >= 0 && !other_sense) {
        add(m.term, weight, i, i, dotted({}, w.substr(0, m.length), w.substr(m.length)));
    } else if (other_sense) {
        if (weight == 0)
            drop(words_of(i == 0 || bounded(i) ? i : i - 1, i + 1), true);
        else
            add(m.term, weight, i, i, clipped(w, false));
    } else {
        compound(i);
    }
}

/// As meaning(), by prefixes alone: a form that is weak by itself ("miljön") is none in a compound.
LexiconScan::Meaning LexiconScan::stem_meaning(std::string_view word) const {
    Meaning out;
    lex_.words_.walk(word, [&](std::int32_t at, std::size_t length) {
        const Lexicon::Slot& s = slot(at);
        if (s.exclude_prefix || (length == word.size() && s.exclude_word)) out.excluded = true;
        if (s.prefix < 0) return;
        out.term = s.prefix;
        out.length = length;
    });
    return out;
}

/// "arbets-miljö" is excluded as "arbetsmiljö" is.
bool LexiconScan::joined_excluded(std::size_t i) {
    const Token& t = text_.tokens[i];
    if (i == 0 || t.gap != Gap::hyphen) return false;
    const Token& before = text_.tokens[i - 1];
    if (before.kind != Token::Kind::word || before.end != t.begin) return false;
    const std::string_view both(text_.folded.data() + before.begin, t.end - before.begin);
    const Meaning m = meaning(keys(both), both.size());
    return m.excluded && m.excluded_length > before.end - before.begin;
}

/// "havsörns·vägen" is a street: the ending stands behind what matched.
bool LexiconScan::ending_excluded(std::string_view rest) const {
    if (rest.size() < 4) return false;
    const auto& endings = lex_.excluded_endings_;
    return std::any_of(endings.begin(), endings.end(),
                       [&](const std::string& ending) { return rest.ends_with(ending); });
}

/// A root later in a word counts only after the first parts that the rules allow.
bool LexiconScan::compound(std::size_t i) {
    const std::string_view w = text_.view(text_.tokens[i]);
    for (std::size_t at = 1; at + 2 < w.size(); ++at) {
        if (!letter_start(w[at])) continue;
        std::int32_t root = Trie::kNone;
        lex_.roots_.walk(w.substr(at), [&](std::int32_t s, std::size_t) { root = s; });
        if (root == Trie::kNone) continue;
        const std::string_view first = w.substr(0, at);
        const std::string_view rest = w.substr(at);
        const auto& allowed = lex_.allowed_[static_cast<std::size_t>(root)];
        const bool counts = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& a) {
            return a == "*" || first.ends_with(a);
        });
        const Meaning m = stem_meaning(rest);
        if (counts && m.term >= 0 && !m.excluded) {
            add(m.term, term(m.term).weight, i, i, dotted(first, rest, {}));
            return true;
        }
        if (!m.excluded) out_.dropped.push_back({dotted(first, rest, {}), false});
        return false;
    }
    return false;
}

void LexiconScan::add(std::int32_t term, double weight, std::size_t i, std::size_t last,
                      std::string shown) {
    Hit hit;
    hit.term = term;
    hit.weight = weight;
    hit.token = i;
    hit.last = last;
    hit.shown = std::move(shown);
    out_.hits.push_back(std::move(hit));
}

void LexiconScan::drop(std::string_view word, bool other_sense) {
    std::string shown = clipped(word, false);
    for (std::size_t at = 1; at < word.size() && !other_sense; ++at) {
        if (!letter_start(word[at])) continue;
        bool root = false;
        lex_.roots_.walk(word.substr(at), [&](std::int32_t, std::size_t) { root = true; });
        if (!root || word[0] == '#') continue;
        shown = dotted(word.substr(0, at), word.substr(at), {});
        break;
    }
    out_.dropped.push_back({std::move(shown), other_sense});
}

std::string LexiconScan::words_of(std::size_t from, std::size_t to) const {
    std::string out;
    for (std::size_t i = from; i < to; ++i) {
        if (i > from) out += text_.tokens[i].gap == Gap::hyphen ? "-" : " ";
        out += clipped(text_.view(text_.tokens[i]), false);
    }
    return out;
}

Scan Lexicon::scan(const TokenText& text) const { return LexiconScan(*this, text).run(); }

void Lexicon::scan_handle(const std::string& squeezed, Scan& into) const {
    if (squeezed.empty() || std::binary_search(deny_.begin(), deny_.end(), squeezed)) return;
    std::int32_t found = Trie::kNone;
    handles_.walk(squeezed, [&](std::int32_t s, std::size_t) { found = s; });
    bool excluded = false;
    excluded_handles_.walk(squeezed, [&](std::int32_t, std::size_t) { excluded = true; });
    Hit hit;
    hit.shown = "@" + squeezed;
    if (std::binary_search(allow_.begin(), allow_.end(), squeezed)) {
        hit.term = static_cast<std::int32_t>(terms_.size());
        hit.weight = rules_.threshold;
    } else if (found != Trie::kNone && !excluded) {
        hit.term = handle_terms_[static_cast<std::size_t>(found)];
        hit.weight = terms_[static_cast<std::size_t>(hit.term)].weight;
    } else {
        return;
    }
    into.hits.push_back(std::move(hit));
}

}  // namespace narvaro
