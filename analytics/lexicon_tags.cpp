#include <algorithm>
#include <cmath>
#include <string>

#include "analytics/lexicon_scan.h"
#include "analytics/normalise.h"

namespace narvaro {

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

}  // namespace narvaro
