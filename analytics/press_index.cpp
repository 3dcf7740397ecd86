#include "analytics/press_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "analytics/normalise.h"

namespace narvaro {
namespace {

constexpr std::size_t kAlike = 5;      ///< letters
constexpr std::size_t kInflected = 7;  ///< letters; what follows is an ending

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The first or last kAlike letters, or empty when the word is shorter.
std::string edge(std::string_view word, bool start) {
    if (count_characters(word) < kAlike) return {};
    std::size_t letters = 0, at = start ? 0 : word.size();
    if (start) {
        while (letters < kAlike || (at < word.size() && continues(word[at])))
            letters += continues(word[at++]) ? 0 : 1;
        return std::string(word.substr(0, at));
    }
    while (letters < kAlike) letters += continues(word[--at]) ? 0 : 1;
    return std::string(word.substr(at));
}

constexpr std::array<std::string_view, 20> kEndings = {
    "n",  "en", "et", "t",  "s",    "ns",   "ens",  "ets", "a",  "an",
    "ar", "er", "or", "na", "arna", "erna", "orna", "are", "as", "de"};

/// "razzia" and "razzian": one is the other with an ending of declension.
bool same_but_ending(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    return b.starts_with(a) &&
           std::find(kEndings.begin(), kEndings.end(), b.substr(a.size())) != kEndings.end();
}

std::optional<sys_seconds> time_of(const PressItem& item) {
    if (item.published && item.first_seen) return std::min(*item.published, *item.first_seen);
    return item.published ? item.published : item.first_seen;
}

std::string section_of(const LinkParts& link) {
    const std::size_t end = link.path.find('/', 1);
    // An article right under the host is in no section.
    return end == std::string::npos ? std::string() : link.path.substr(0, end);
}

}  // namespace

std::size_t common_start(std::string_view a, std::string_view b) {
    const auto split = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    auto n = static_cast<std::size_t>(split.first - a.begin());
    while (n > 0 && n < a.size() && continues(a[n])) --n;
    return count_characters(a.substr(0, n));
}

std::size_t common_end(std::string_view a, std::string_view b) {
    const auto split = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    const auto n = static_cast<std::size_t>(split.first - a.rbegin());
    return count_characters(a.substr(a.size() - n));
}

PressIndex::PressIndex(const HookRules& rules, const std::vector<PressItem>& items,
                       const std::vector<std::string>& documents)
    : vocabulary_(rules) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto ta = time_of(items[a]), tb = time_of(items[b]);
        return std::tuple(!ta.has_value(), ta, std::tie(items[a].id)) <
               std::tuple(!tb.has_value(), tb, std::tie(items[b].id));
    });
    for (const std::string& domain : rules.press_domains)
        press_hosts_.insert(link_parts("https://" + domain + "/").host);
    for (const std::size_t i : order) add_item(rules, items[i]);
    index_edges();
    count_documents(documents);
    documents_ = std::max(static_cast<double>(std::max(1, rules.document_floor)),
                          static_cast<double>(items.size() + documents.size()));
}

void PressIndex::add_item(const HookRules& rules, const PressItem& item) {
    const auto number = static_cast<std::uint32_t>(items_.size());
    const LinkParts link = link_parts(item.url);
    IndexedItem out;
    out.id = item.id;
    out.title = item.title;
    out.host = link.host;
    out.time = time_of(item);
    for (const auto& [who, names] : rules.outlets) {
        if (who != item.source && who != link.host) continue;
        for (const std::string& name : names) out.outlet.push_back(HookVocabulary::sequence(name));
    }
    if (out.time) ++timed_;
    if (!link.host.empty()) {
        by_link_.emplace(link.key(), number);
        sections_[link.host].insert(section_of(link));
    }
    items_.push_back(std::move(out));
    add_words(number, item);
}

void PressIndex::add_words(std::uint32_t item, const PressItem& from) {
    const auto title = vocabulary_.words(from.title);
    const auto both = vocabulary_.words(from.title + "\n" + from.summary);
    for (const HookWord& w : both) {
        const bool in_title = std::any_of(title.begin(), title.end(),
                                          [&](const HookWord& t) { return t.key == w.key; });
        IndexedWord& word = words_[word_id(w)];
        word.uses.push_back({item, in_title});
        ++word.documents;
    }
}

std::uint32_t PressIndex::word_id(const HookWord& word) {
    const auto next = static_cast<std::uint32_t>(words_.size());
    const auto [it, fresh] = by_key_.try_emplace(word.key, next);
    if (fresh) {
        IndexedWord indexed;
        indexed.key = word.key;
        indexed.kind = word.kind;
        indexed.place = word.place;
        words_.push_back(std::move(indexed));
    }
    return it->second;
}

void PressIndex::count_documents(const std::vector<std::string>& documents) {
    for (const std::string& text : documents)
        for (const HookWord& w : vocabulary_.words(text))
            if (const auto it = by_key_.find(w.key); it != by_key_.end())
                ++words_[it->second].documents;
}

std::optional<std::uint32_t> PressIndex::find(const std::string& key) const {
    const auto it = by_key_.find(key);
    if (it == by_key_.end()) return std::nullopt;
    return it->second;
}

std::vector<PressIndex::Alike> PressIndex::alike(const std::string& key, std::uint32_t from,
                                                 std::uint32_t to) const {
    std::vector<Alike> out;
    const std::size_t letters = count_characters(key);
    auto compare = [&](const Edges& edges, bool start) {
        std::vector<std::uint32_t> words;
        look(edges, edge(key, start), from, to, words);
        for (const std::uint32_t w : words) {
            const std::string& other = words_[w].key;
            if (other == key) continue;
            const std::size_t theirs = count_characters(other);
            const std::size_t shorter = std::min(letters, theirs),
                              longer = std::max(letters, theirs);
            const std::size_t common = start ? common_start(key, other) : common_end(key, other);
            // A common start may be a common first part; a common end must be a whole word.
            if (start ? common * 10 >= shorter * 6 : common + 1 >= shorter)
                out.push_back({w, start && ((common >= kInflected && common + 3 >= longer) ||
                                            same_but_ending(key, other))});
        }
    };
    compare(by_start_, true);
    compare(by_end_, false);
    return out;
}

/// The distinct words of a bucket that items of [from, to) use.
void PressIndex::look(const Edges& edges, const std::string& at, std::uint32_t from,
                      std::uint32_t to, std::vector<std::uint32_t>& words) {
    const auto bucket = at.empty() ? edges.end() : edges.find(at);
    if (bucket == edges.end()) return;
    const auto& uses = bucket->second;
    const auto first = std::lower_bound(uses.begin(), uses.end(), EdgeUse{from, 0});
    for (auto use = first; use != uses.end() && use->item < to; ++use) words.push_back(use->word);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
}

void PressIndex::index_edges() {
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
        if (words_[w].kind != HookWord::Kind::word) continue;
        for (const bool start : {true, false}) {
            const std::string letters = edge(words_[w].key, start);
            if (letters.empty()) continue;
            auto& bucket = (start ? by_start_ : by_end_)[letters];
            for (const IndexedWord::Use& use : words_[w].uses) bucket.push_back({use.item, w});
        }
    }
    for (Edges* edges : {&by_start_, &by_end_}) {
        for (auto& [letters, uses] : *edges) std::sort(uses.begin(), uses.end());
    }
}

std::pair<std::uint32_t, std::uint32_t> PressIndex::between(sys_seconds first,
                                                            sys_seconds last) const {
    const auto end = items_.begin() + timed_;
    const auto from = std::lower_bound(
        items_.begin(), end, first, [](const IndexedItem& i, sys_seconds t) { return i.time < t; });
    const auto to = std::upper_bound(
        from, end, last, [](sys_seconds t, const IndexedItem& i) { return t < i.time; });
    return {static_cast<std::uint32_t>(from - items_.begin()),
            static_cast<std::uint32_t>(to - items_.begin())};
}

double PressIndex::rarity(std::uint32_t documents) const {
    return std::log(documents_ / std::max(1.0, static_cast<double>(documents)));
}

std::optional<std::uint32_t> PressIndex::item_of(const LinkParts& link) const {
    const auto it = link.path.empty() ? by_link_.end() : by_link_.find(link.key());
    if (it == by_link_.end()) return std::nullopt;
    return it->second;
}

/// A host that is known only from its items (a municipality's site) is press where its items are.
bool PressIndex::press_article(const LinkParts& link) const {
    if (!looks_like_article(link)) return false;
    if (press_hosts_.contains(link.host)) return true;
    const auto it = sections_.find(link.host);
    return it != sections_.end() && it->second.contains(section_of(link));
}

}  // namespace narvaro
