#include "analytics/judge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "analytics/language.h"
#include "analytics/lexicon.h"
#include "analytics/tokens.h"

namespace narvaro {
namespace {

/// What weighs less is found in any text, and does not make another hit less lonely.
constexpr double kWeakest = 0.25;

constexpr int kYoungest = 13, kOldest = 30;  ///< what an ad for the young may reach at most

/// Small words that join the items of a list, or lead one in.
constexpr std::array<std::string_view, 5> kListJoiners = {"och", "samt", "eller", "and", "&"};
constexpr std::array<std::string_view, 10> kListLeaders = {"för", "om",    "i",    "på",  "till",
                                                           "av",  "kring", "inom", "vår", "mot"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Finds out whether a token is one of at least three short items of a list: "skola, vård, klimat".
class TopicList {
  public:
    explicit TopicList(const TokenText& text) : text_(text) {}

    bool holds(std::size_t i) const {
        if (follows_from_all(i)) return true;
        std::size_t from = i;
        if (from > 0 && !breaks(from) && is_one_of(kListLeaders, word(from - 1))) --from;
        const int left = items_left(from), right = items_right(i);
        // "bostäder, vård och klimat över en korv": the list ends here, the sentence goes on.
        if (left >= 2 && joiner(from - 1)) return true;
        return left >= 0 && right >= 0 && left + right >= 2;
    }

  private:
    /// "allt från hyror till klimat": one of many, though no comma says so.
    bool follows_from_all(std::size_t i) const {
        constexpr std::size_t kReach = 9;  // words
        for (std::size_t at = i; at >= 2 && i - at < kReach; --at) {
            if (text_.tokens[at].gap >= Gap::sentence) return false;
            if (word(at - 1) == "från" && word(at - 2) == "allt") return true;
        }
        return false;
    }

    std::string_view word(std::size_t i) const { return text_.view(text_.tokens[i]); }
    bool joiner(std::size_t i) const { return is_one_of(kListJoiners, word(i)); }
    bool comma(std::size_t i) const {
        const Gap g = text_.tokens[i].gap;
        return g == Gap::comma || g == Gap::comma_in || g == Gap::slash;
    }
    bool breaks(std::size_t i) const { return text_.tokens[i].gap >= Gap::comma || comma(i); }

    /// Whether a new item begins at token i: after a comma, a line feed, or "och".
    bool item_begins(std::size_t i) const {
        return comma(i) || text_.tokens[i].gap == Gap::line || (i > 0 && joiner(i - 1));
    }

    /// Items before the one that begins at `at`; -1 when `at` stands within a longer item.
    int items_left(std::size_t at) const {
        int count = 0;
        while (at > 0) {
            if (!item_begins(at)) return breaks(at) || count > 0 ? count : -1;
            std::size_t end = joiner(at - 1) ? at - 1 : at;
            if (end == 0) return count;
            ++count;
            std::size_t begin = end - 1;
            for (int words = 1; begin > 0 && !breaks(begin) && !joiner(begin - 1); --begin)
                if (++words > 2) return count;  // the head: "vi talar om skola, vård"
            if (begin > 0 && breaks(begin) && !item_begins(begin)) return count;
            at = begin;
        }
        return count;
    }

    /// Items after the one that ends with token `at`; -1 when the item goes on.
    int items_right(std::size_t at) const {
        int count = 0;
        const std::size_t size = text_.tokens.size();
        while (at + 1 < size) {
            std::size_t next = at + 1;
            if (!breaks(next) && !joiner(next)) return count > 0 ? count : -1;
            if (breaks(next) && !item_begins(next)) return count;
            if (joiner(next)) ++next;
            if (next >= size) return count;
            ++count;
            std::size_t end = next;
            for (int words = 1; end + 1 < size && !breaks(end + 1) && !joiner(end + 1); ++end)
                if (++words > 2) return count;
            at = end;
        }
        return count;
    }

    const TokenText& text_;
};

std::string in_swedish(double factor) {
    const int tenths = static_cast<int>(std::lround(factor * 100));
    std::string out = std::to_string(tenths / 100) + "," + std::to_string(tenths % 100 / 10);
    if (tenths % 10 != 0) out += std::to_string(tenths % 10);
    return out;
}

struct Sum {
    double score = 0;
    bool words = false;        ///< something beside emoji speaks for the label
    std::size_t positive = 0;  ///< hits that weigh something
    std::size_t only = 0;      ///< index of the single positive hit
};

/// Distinct hits: a term counts once, with the strongest of its weights.
Sum add_up(const std::vector<Hit>& hits) {
    Sum sum;
    std::map<std::int32_t, double> by_term;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const Hit& h = hits[i];
        auto [it, fresh] = by_term.try_emplace(h.term, h.weight);
        if (!fresh && std::abs(h.weight) > std::abs(it->second)) it->second = h.weight;
        if (h.weight <= 0) continue;
        sum.words = sum.words || !h.emoji;
        if (h.weight < kWeakest) continue;
        ++sum.positive;
        sum.only = i;
    }
    for (const auto& [term, weight] : by_term) sum.score += weight;
    return sum;
}

void damp(const LabelRules& rules, const TokenText& text, const std::vector<Hit>& hits, Sum& sum,
          std::vector<Reason>& reasons) {
    if (sum.positive != 1) return;
    const Hit& hit = hits[sum.only];
    auto apply = [&](double factor, const std::string& why) {
        const double before = sum.score;
        sum.score *= factor;
        reasons.push_back({why + ": ×" + in_swedish(factor), sum.score - before});
    };
    if (rules.damping.list_mention < 1 && !text.tokens.empty() && TopicList(text).holds(hit.token))
        apply(rules.damping.list_mention, "ensam i en uppräkning");
    if (rules.damping.lone_hit_factor < 1 &&
        text.characters > static_cast<std::size_t>(std::max(0, rules.damping.lone_hit_over)))
        apply(rules.damping.lone_hit_factor, "ensam träff i en lång text");
}

void explain(const Scan& scan, std::vector<Reason>& reasons) {
    for (const Hit& h : scan.hits) {
        const bool told = std::any_of(reasons.begin(), reasons.end(),
                                      [&](const Reason& r) { return r.text == h.shown; });
        if (!told && reasons.size() < 100) reasons.push_back({h.shown, h.weight});
    }
    for (const Dropped& d : scan.dropped) {
        Reason r{d.shown + (d.other_sense ? ": annan betydelse" : ": undantaget"), 0};
        if (reasons.size() < 100 && std::find(reasons.begin(), reasons.end(), r) == reasons.end())
            reasons.push_back(std::move(r));
    }
}

bool counts_words(const LabelRules& rules, SourceKind channel) {
    const auto& channels = rules.text_channels;
    return channels.empty() ||
           std::find(channels.begin(), channels.end(), name_of(channel)) != channels.end();
}

/// What the platform proves, whatever the words: mentions, the parent post, an ad's audience.
void scan_platform(const Lexicon& lexicon, const JudgeInput& input, Scan& scan) {
    for (const std::string& m : input.mentions) lexicon.scan_handle(squeezed_handle(m), scan);
    if (input.parent_id)
        lexicon.scan_handle(squeezed_handle(input.parent_id->substr(0, input.parent_id->find('_'))),
                            scan);
    if (lexicon.rules().label != kYouth || !input.ad_ages) return;
    const auto [from, to] = *input.ad_ages;
    if (from < kYoungest || to > kOldest || from > to) return;
    Hit hit;
    hit.weight = lexicon.rules().threshold;
    hit.shown = "annonsens ålder " + std::to_string(from) + "–" + std::to_string(to);
    scan.hits.push_back(std::move(hit));
}

Verdict verdict_of(const Lexicon& lexicon, const JudgeInput& input, const TokenText& text,
                   bool foreign) {
    const LabelRules& rules = lexicon.rules();
    Verdict out;
    out.label = rules.label;
    out.threshold = rules.threshold;
    out.rules_version = rules_version(rules.label, rules.version, rules.hash);
    Scan scan;
    const bool words_count = counts_words(rules, input.channel);
    if (words_count) scan = lexicon.scan(text);
    scan_platform(lexicon, input, scan);
    Sum sum = add_up(scan.hits);
    damp(rules, text, scan.hits, sum, out.reasons);
    explain(scan, out.reasons);
    std::sort(out.reasons.begin(), out.reasons.end(), [](const Reason& a, const Reason& b) {
        return std::tuple(-std::abs(a.weight), a.text) < std::tuple(-std::abs(b.weight), b.text);
    });
    constexpr double kRounding = 1e-9;  // 0.5 + 0.3 reaches 0.8
    out.score = sum.score;
    out.value = sum.words && sum.score + kRounding >= rules.threshold;
    out.no_text = text.tokens.empty() && !out.value;
    if (out.no_text) out.reasons.push_back({"ingen text", 0});
    if (foreign && !out.value) out.reasons.push_back({"inte svenska?", 0});
    return out;
}

}  // namespace

std::string rules_version(const std::string& name, int version, const std::string& hash) {
    std::string out = name + " " + std::to_string(version);
    if (!hash.empty()) out += " (" + hash.substr(0, 8) + ")";
    return out;
}

Judge::Judge(const Rules& rules) {
    for (const LabelRules& label : rules.labels)
        lexicons_.push_back(std::make_shared<const Lexicon>(label));
    std::sort(lexicons_.begin(), lexicons_.end(),
              [](const auto& a, const auto& b) { return a->rules().label < b->rules().label; });
}

std::vector<Verdict> Judge::judge(const JudgeInput& input) const {
    const TokenText text = tokenise(input.text);
    const bool foreign = looks_foreign(text);
    std::vector<Verdict> out;
    out.reserve(lexicons_.size());
    for (const auto& lexicon : lexicons_) out.push_back(verdict_of(*lexicon, input, text, foreign));
    return out;
}

}  // namespace narvaro
