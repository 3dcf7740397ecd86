#include "analytics/lexicon_scan.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "analytics/normalise.h"

namespace narvaro {
namespace {

constexpr std::size_t kSkipped = 2;  ///< words that "…" in a phrase stands for, at most

bool letter_start(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// The end or the beginning of a part, short enough to be read: a hostile word can be a megabyte.
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

}  // namespace

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

void LexiconScan::tag(std::size_t i) {
    const std::string_view w = text_.view(text_.tokens[i]);
    bool excluded = meaning(keys(w), w.size()).excluded_length == w.size() && !w.empty();
    lex_.excluded_tags_.walk(w, [&](std::int32_t, std::size_t) { excluded = true; });
    if (excluded) return drop("#" + clipped(w, false), false);
    std::int32_t found = Trie::kNone;
    std::size_t length = 0;
    lex_.tags_.walk(w, [&](std::int32_t s, std::size_t n) {
        found = s;
        length = n;
    });
    if (found == Trie::kNone) return glued(i);
    const std::int32_t id = lex_.tag_terms_[static_cast<std::size_t>(found)];
    add(id, term(id).weight, i, i, "#" + dotted({}, w.substr(0, length), w.substr(length)));
}

void LexiconScan::block(std::string_view word, std::vector<Range>& blocked) const {
    for (std::size_t at = 0; at < word.size(); ++at) {
        if (!letter_start(word[at])) continue;
        std::size_t longest = 0;
        lex_.words_.walk(word.substr(at), [&](std::int32_t s, std::size_t n) {
            if (slot(s).exclude_prefix) longest = n;
        });
        if (longest > 0) blocked.push_back({at, at + longest});
    }
}

/// The longest term at `at` that may stand there: in the middle only one long enough not to be
/// part of another word by chance.
LexiconScan::Meaning LexiconScan::glued_term(std::string_view word, std::size_t at) const {
    constexpr double kStrong = 0.8;
    constexpr std::size_t kStrongLetters = 5, kWeakLetters = 6;
    Meaning best;
    lex_.words_.walk(word.substr(at), [&](std::int32_t s, std::size_t n) {
        const bool last = at + n == word.size();
        std::int32_t id = slot(s).prefix;
        if (last && slot(s).word >= 0 && (at == 0 || id < 0)) id = slot(s).word;
        if (id < 0) return;
        const std::size_t letters = count_characters(word.substr(at, n));
        const bool strong = std::abs(term(id).weight) >= kStrong;
        if (at > 0 && letters < (strong ? kStrongLetters : kWeakLetters)) return;
        // "räddamiljön": in a longer word the root's own weight counts, not that of the bare form.
        if (at > 0 && best.term >= 0 &&
            std::abs(term(best.term).weight) > std::abs(term(id).weight))
            return;
        best.term = id;
        best.length = n;
    });
    return best;
}

void LexiconScan::glued(std::size_t i) {
    const Token& t = text_.tokens[i];
    const std::string_view w = text_.view(t);
    const std::string sign = t.kind == Token::Kind::hashtag ? "#" : "";
    std::vector<Range> taken;
    block(w, taken);
    if (!taken.empty()) drop(sign + clipped(w, false), false);
    std::size_t next_block = 0;
    std::vector<Range> hits;
    for (std::size_t at = 0; at < w.size();) {
        while (next_block < taken.size() && taken[next_block].to <= at) ++next_block;
        const Meaning m = letter_start(w[at]) ? glued_term(w, at) : Meaning{};
        const bool blocked = next_block < taken.size() && taken[next_block].from < at + m.length;
        if (m.term < 0 || blocked) {
            ++at;
            continue;
        }
        add(m.term, term(m.term).weight, i, i,
            sign + dotted(w.substr(0, at), w.substr(at, m.length), w.substr(at + m.length)));
        hits.push_back({at, at + m.length});
        at += m.length;
    }
    taken.insert(taken.end(), hits.begin(), hits.end());
    if (t.part_end - t.first_part > 1) tag_parts(i, taken);
}

/// The parts between capitals, as words of their own, where nothing longer has matched.
void LexiconScan::tag_parts(std::size_t i, std::vector<Range>& taken) {
    const Token& t = text_.tokens[i];
    std::sort(taken.begin(), taken.end(),
              [](const Range& a, const Range& b) { return a.from < b.from; });
    std::size_t covered = 0;  // the furthest end of what begins before the part's end
    std::size_t next = 0;
    for (std::size_t p = t.first_part; p < t.part_end; ++p) {
        const TagPart& part = text_.parts[p];
        const std::size_t from = part.begin - t.begin, to = part.end - t.begin;
        for (; next < taken.size() && taken[next].from < to; ++next)
            covered = std::max(covered, taken[next].to);
        if (covered > from) continue;
        const std::string_view w = text_.view(part);
        const Meaning m = meaning(keys(w), w.size());
        if (m.term < 0 || m.excluded) continue;
        add(m.term, term(m.term).weight, i, i,
            "#" + dotted({}, w.substr(0, m.length), w.substr(m.length)));
    }
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
