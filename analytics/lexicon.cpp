#include "analytics/lexicon.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>
#include <utility>

#include "analytics/normalise.h"

namespace narvaro {
namespace {

/// A shorter word without its å ä ö is too often another word: "träd" and "trad", "ån" and "an".
constexpr std::size_t kShortestPlain = 6;
/// A weak word is a common one, and so is its neighbour without å ä ö: "källare" and "kallare".
constexpr double kWeakestPlain = 0.7;

std::string joined(const std::vector<PhraseWord>& phrase) {
    std::string out;
    for (const PhraseWord& w : phrase) {
        if (w.kind == PhraseWord::Kind::skip || w.kind == PhraseWord::Kind::number) return {};
        out += w.text;
    }
    return out;
}

PhraseWord parse_number(std::string_view inside) {
    PhraseWord word;
    word.kind = PhraseWord::Kind::number;
    const std::size_t dash = std::min(inside.find('-'), inside.size());
    std::from_chars(inside.data(), inside.data() + dash, word.least);
    word.most = word.least;
    if (dash < inside.size())
        std::from_chars(inside.data() + dash + 1, inside.data() + inside.size(), word.most);
    return word;
}

PhraseWord parse_word(std::string_view text) {
    PhraseWord word;
    if (text == "...") {  // what "…" folds to
        word.kind = PhraseWord::Kind::skip;
        return word;
    }
    if (text.size() > 2 && text.front() == '{' && text.back() == '}')
        return parse_number(text.substr(1, text.size() - 2));
    if (text.size() > 1 && text.front() == '^') {
        word.opens = true;
        text.remove_prefix(1);
    }
    if (text.size() > 1 && text.back() == '*') {
        word.kind = PhraseWord::Kind::begins;
        text.remove_suffix(1);
    }
    word.text = text;
    word.plain = without_diacritics(text);
    return word;
}

std::string squeeze_tag(const std::string& folded) {
    std::string out;
    for (const char c : folded)
        if (c != '#' && c != '_' && c != ' ') out += c;
    return out;
}

std::vector<std::string> squeezed(const std::vector<std::string>& handles) {
    std::vector<std::string> out;
    out.reserve(handles.size());
    for (const std::string& h : handles) out.push_back(squeezed_handle(h));
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

std::vector<PhraseWord> parse_phrase(std::string_view folded) {
    std::vector<PhraseWord> out;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        if (end > at) out.push_back(parse_word(folded.substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

Lexicon::Lexicon(const LabelRules& rules)
    : rules_(rules), allow_(squeezed(rules.allow_handles)), deny_(squeezed(rules.deny_handles)) {
    for (const Compound& c : rules_.compounds) roots_.add(fold_text(c.root));
    add_terms();
    add_excludes();
    add_contexts();
    add_plain_keys();
    add_roots();
    words_.freeze();
    roots_.freeze();
    tags_.freeze();
    handles_.freeze();
    excluded_tags_.freeze();
    excluded_handles_.freeze();
}

Lexicon::Slot& Lexicon::slot(const std::string& key) {
    const auto at = static_cast<std::size_t>(words_.add(key));
    if (at >= slots_.size()) slots_.resize(at + 1);
    return slots_[at];
}

bool Lexicon::is_root(std::string_view key) const { return roots_.find(key) != Trie::kNone; }

/// A term written twice counts as it stands last: a file that extends another comes after it.
void Lexicon::add_terms() {
    std::map<std::pair<std::string, Term::Kind>, const Term*> sorted;
    for (const Term& t : rules_.terms) sorted[{fold_text(t.match), t.kind}] = &t;
    std::int32_t id = 0;
    for (const auto& [key, term] : sorted) add_term(id++, *term);
}

void Lexicon::add_term(std::int32_t id, const Term& term) {
    CompiledTerm compiled;
    compiled.kind = term.kind;
    compiled.weight = term.weight;
    compiled.match = fold_text(term.match);
    const std::string match = compiled.match;
    if (term.kind == Term::Kind::phrase) compiled.phrase = parse_phrase(match);
    terms_.push_back(std::move(compiled));
    switch (term.kind) {
        case Term::Kind::phrase:
            add_phrase(id);
            break;
        case Term::Kind::emoji:
            emoji_.emplace(match, id);
            break;
        case Term::Kind::hashtag:
            tags_.add(squeeze_tag(match));
            tag_terms_.resize(tags_.size(), id);
            break;
        case Term::Kind::handle:
            handles_.add(squeezed_handle(match));
            handle_terms_.resize(handles_.size(), id);
            break;
        case Term::Kind::ending:  // excludes only
            break;
        case Term::Kind::prefix:
        case Term::Kind::word:
            add_key(match, term.kind, id);
            for (const std::string& form : term.forms) add_key(fold_text(form), term.kind, id);
            break;
    }
}

void Lexicon::add_key(const std::string& key, Term::Kind kind, std::int32_t id) {
    Slot& s = slot(key);
    if (id < 0)
        (kind == Term::Kind::prefix ? s.exclude_prefix : s.exclude_word) = true;
    else if (std::int32_t& term = kind == Term::Kind::prefix ? s.prefix : s.word; term < 0)
        term = id;
    std::string plain = without_diacritics(key);
    const bool told =
        id < 0 || std::abs(terms_[static_cast<std::size_t>(id)].weight) >= kWeakestPlain;
    if (plain != key && ((told && plain.size() >= kShortestPlain) || is_root(key)))
        plain_.push_back({std::move(plain), kind, id});
}

/// Last, so that no word written without its diacritics hides one that is written so rightly.
void Lexicon::add_plain_keys() {
    for (const PlainKey& p : plain_) {
        Slot& s = slot(p.key);
        const bool prefix = p.kind == Term::Kind::prefix;
        if (p.id < 0) {
            (prefix ? s.exclude_prefix : s.exclude_word) = true;
        } else if (std::int32_t& term = prefix ? s.prefix : s.word; term < 0) {
            term = p.id;
        }
    }
    plain_.clear();
}

void Lexicon::add_phrase(std::int32_t id) {
    const auto& phrase = terms_[static_cast<std::size_t>(id)].phrase;
    if (phrase.empty()) return;
    const PhraseWord& first = phrase.front();
    if (first.kind == PhraseWord::Kind::number) {
        number_phrases_.push_back(id);
        return;
    }
    const bool begins = first.kind == PhraseWord::Kind::begins;
    auto enter = [&](const std::string& key) {
        Slot& s = slot(key);
        (begins ? s.phrases_begin : s.phrases).push_back(id);
    };
    enter(first.text);
    if (first.plain != first.text) enter(first.plain);
    // "#FridaysForFuture" is the phrase, too.
    const std::string tag = joined(phrase);
    if (count_characters(tag) >= 8 && tags_.find(tag) == Trie::kNone) {
        tags_.add(tag);
        tag_terms_.resize(tags_.size(), id);
    }
}

void Lexicon::add_excludes() {
    for (const Exclude& e : rules_.excludes) {
        const std::string match = fold_text(e.match);
        if (e.kind == Term::Kind::hashtag)
            excluded_tags_.add(squeeze_tag(match));
        else if (e.kind == Term::Kind::handle)
            excluded_handles_.add(squeezed_handle(match));
        else if (e.kind == Term::Kind::ending)
            excluded_endings_.push_back(match);
        else
            add_key(match, e.kind, -1);
    }
}

void Lexicon::add_contexts() {
    for (const Context& c : rules_.contexts) {
        CompiledContext compiled;
        compiled.weight = c.weight;
        for (const auto& words : c.before)
            compiled.before.push_back(parse_phrase(fold_text(words)));
        for (const auto& words : c.after) compiled.after.push_back(parse_phrase(fold_text(words)));
        const auto id = static_cast<std::int32_t>(contexts_.size());
        contexts_.push_back(std::move(compiled));
        std::string key = fold_text(c.match);
        const bool begins = !key.empty() && key.back() == '*';
        if (begins) key.pop_back();
        const std::string plain = without_diacritics(key);
        (begins ? slot(key).contexts_begin : slot(key).contexts).push_back(id);
        if (plain != key)
            (begins ? slot(plain).contexts_begin : slot(plain).contexts).push_back(id);
    }
}

void Lexicon::add_roots() {
    Trie roots;
    auto enter = [&](const std::string& root, const std::vector<std::string>& before) {
        const auto at = static_cast<std::size_t>(roots.add(root));
        if (at >= allowed_.size()) allowed_.resize(at + 1);
        for (const std::string& b : before) {
            allowed_[at].push_back(fold_text(b));
            std::string plain = without_diacritics(allowed_[at].back());
            if (plain != allowed_[at].back()) allowed_[at].push_back(std::move(plain));
        }
    };
    for (const Compound& c : rules_.compounds) {
        const std::string root = fold_text(c.root);
        enter(root, c.allow_before);
        const std::string plain = without_diacritics(root);
        if (plain != root) enter(plain, c.allow_before);
    }
    roots_ = std::move(roots);
}

}  // namespace narvaro
