#include "analytics/hooks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "analytics/judge.h"
#include "analytics/press_index.h"
#include "analytics/tokens.h"

namespace narvaro {
namespace {

constexpr double kCap = 7.5;             ///< no single word says more
constexpr double kTitle = 1.5;           ///< a word of the title says more
constexpr double kAlikeFactor = 0.7;     ///< only the beginning or end is shared
constexpr double kAgeDiscount = 0.25;    ///< at the end of the window
constexpr std::chrono::hours kEarly{1};  ///< a link may be posted while the feed lags

std::string hours_after(std::chrono::seconds age) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age).count();
    const auto size = std::abs(minutes);
    std::string out;
    if (size >= 60) out = std::to_string(size / 60) + " h ";
    return out + std::to_string(size % 60) + " min " + (minutes < 0 ? "före" : "efter");
}

/// What a shared number is worth: a rare figure ties two texts as a rare word does.
double number_worth(const std::string& key) {
    const bool decimal = key.find(',') != std::string::npos;
    if (decimal) return 4.5;
    switch (key.size()) {
        case 0:
        case 1:
            return 0;
        case 2:
            return 3;
        case 3:
            return 4.5;
        case 4:
            return key > "1989" && key < "2040" ? 0 : 6;  // the year is in every text
        default:
            return 6;
    }
}

double counted_worth(const std::string& key) {
    const std::string number = key.substr(0, key.find(' '));
    return number < "4" && number.size() == 1 ? 3.0 : 4.5;
}

struct Shared {
    double weight = 0;
    std::size_t post_word = 0;
    std::uint32_t press_word = 0;
    bool place = false;
};

struct Match {
    double score = 0;
    std::uint32_t item = 0;
    std::vector<Reason> reasons;
};

/// One post against the items of its window.
class WordMatch {
  public:
    WordMatch(const HookRules& rules, const PressIndex& index, const HookInput& post)
        : rules_(rules),
          index_(index),
          when_(*post.published),
          words_(index.vocabulary().words(post.text)),
          sequence_(HookVocabulary::sequence(post.text)) {}

    Match best() {
        const auto window = std::chrono::hours(rules_.window_hours);
        std::tie(from_, to_) = index_.between(when_ - window, when_ - std::chrono::seconds(1));
        if (from_ == to_) return {};
        for (std::size_t w = 0; w < words_.size(); ++w) share(w);
        Match best;
        for (auto& [item, shared] : shared_) {
            Match m = weigh(item, shared);
            // Equally good: the younger item, which is what a reader has seen.
            if (m.score > best.score || (m.score == best.score && m.item > best.item))
                best = std::move(m);
        }
        return best;
    }

  private:
    void share(std::size_t w) {
        const HookWord& word = words_[w];
        if (const auto id = index_.find(word.key)) enter(w, *id, 1.0);
        if (word.kind != HookWord::Kind::word) return;
        for (const auto& [id, inflected] : index_.alike(word.key, from_, to_))
            enter(w, id, inflected ? 1.0 : kAlikeFactor);
    }

    void enter(std::size_t w, std::uint32_t id, double factor) {
        const IndexedWord& word = index_.word(id);
        double worth = index_.rarity(word.documents);
        if (word.kind == HookWord::Kind::number) worth = number_worth(word.key);
        if (word.kind == HookWord::Kind::counted) worth = counted_worth(word.key);
        const bool place = word.place || words_[w].place;
        if (place) factor *= rules_.place_factor;
        if (worth <= 0) return;
        const auto first = std::lower_bound(
            word.uses.begin(), word.uses.end(), from_,
            [](const IndexedWord::Use& u, std::uint32_t item) { return u.item < item; });
        for (auto use = first; use != word.uses.end() && use->item < to_; ++use) {
            const double weight = std::min(kCap, worth * (use->title ? kTitle : 1.0)) * factor;
            shared_[use->item].push_back({weight, w, id, place});
        }
    }

    Match weigh(std::uint32_t number, std::vector<Shared>& shared) const {
        std::sort(shared.begin(), shared.end(), [](const Shared& a, const Shared& b) {
            return std::tie(b.weight, a.post_word, a.press_word) <
                   std::tie(a.weight, b.post_word, b.press_word);
        });
        Match out;
        out.item = number;
        std::vector<std::size_t> post_used;
        std::vector<std::uint32_t> press_used;
        bool only_places = true;
        for (const Shared& s : shared) {
            if (std::find(post_used.begin(), post_used.end(), s.post_word) != post_used.end() ||
                std::find(press_used.begin(), press_used.end(), s.press_word) != press_used.end())
                continue;
            post_used.push_back(s.post_word);
            press_used.push_back(s.press_word);
            out.score += s.weight;
            only_places = only_places && s.place;
            out.reasons.push_back({"gemensamt: " + words_[s.post_word].shown, s.weight});
        }
        const IndexedItem& item = index_.items()[number];
        const double age = std::chrono::duration<double>(when_ - *item.time).count();
        const double part = age / (3600.0 * std::max(1, rules_.window_hours));
        const double discount = out.score * kAgeDiscount * part;
        out.score -= discount;
        for (const std::string& name : item.outlet) {
            if (sequence_.find(name) == std::string::npos) continue;
            out.score += rules_.outlet_bonus;
            out.reasons.push_back(
                {"nämner" + name.substr(0, name.size() - 1), rules_.outlet_bonus});
            break;
        }
        if (only_places) {
            out.score = std::min(out.score, rules_.threshold * 0.5);
            out.reasons.push_back({"bara ortnamn gemensamt", 0});
        }
        return out;
    }

    const HookRules& rules_;
    const PressIndex& index_;
    sys_seconds when_;
    std::vector<HookWord> words_;
    std::string sequence_;
    std::uint32_t from_ = 0, to_ = 0;
    std::map<std::uint32_t, std::vector<Shared>> shared_;
};

}  // namespace

struct HookMatcher::Index {
    HookRules rules;
    PressIndex press;

    Index(HookRules r, const std::vector<PressItem>& items,
          const std::vector<std::string>& documents)
        : rules(std::move(r)), press(rules, items, documents) {}

    void name(Verdict& v, std::uint32_t number, sys_seconds when, const std::string& how) const {
        const IndexedItem& item = press.items()[number];
        v.hook_item = item.id;
        std::string text = how;
        if (item.time) {
            v.hook_age = std::chrono::duration_cast<std::chrono::minutes>(when - *item.time);
            text += ", " + hours_after(when - *item.time);
        }
        v.reasons.insert(v.reasons.begin(), {text, v.score});
    }

    /// Whether a link settles it. The freshest item wins; an old one is no hook, nor is its host.
    bool by_link(const std::vector<std::string>& links, sys_seconds when, Verdict& v) const {
        std::optional<std::uint32_t> fresh;
        std::optional<std::string> unknown;
        bool old = false;
        for (const std::string& address : links) {
            const LinkParts link = link_parts(address);
            if (link.host.empty()) continue;
            if (const auto item = press.item_of(link)) {
                const auto& time = press.items()[*item].time;
                const bool inside =
                    !time || (when - *time >= -std::chrono::seconds(kEarly) &&
                              when - *time <= std::chrono::hours(rules.link_window_hours));
                if (inside && (!fresh || *item > *fresh)) fresh = item;
                old = old || !inside;
            } else if (press.press_article(link)) {
                unknown = link.host;
            }
        }
        if (!fresh && !unknown) {
            if (old) v.reasons.push_back({"länken går till en nyhet utanför fönstret", 0});
            return old;
        }
        v.value = true;
        v.score = std::max(rules.threshold, kCap);
        if (fresh)
            name(v, *fresh, when, "länk till " + press.items()[*fresh].host);
        else
            v.reasons.push_back(
                {"länk till " + *unknown + ", artikeln finns inte i flödet", v.score});
        return true;
    }

    void by_words(const HookInput& post, Verdict& v) const {
        Match best = WordMatch(rules, press, post).best();
        if (best.reasons.empty()) {
            v.reasons.push_back({"inget gemensamt med pressen i fönstret", 0});
            return;
        }
        v.score = best.score;
        v.reasons = std::move(best.reasons);
        const IndexedItem& item = press.items()[best.item];
        v.value = best.score >= rules.threshold;
        if (v.value) return name(v, best.item, *post.published, "följer ”" + item.title + "”");
        v.reasons.push_back({"närmast ”" + item.title + "”", 0});
    }
};

HookMatcher::HookMatcher(HookRules rules, const std::vector<PressItem>& items,
                         const std::vector<std::string>& documents)
    : index_(std::make_shared<const Index>(std::move(rules), items, documents)) {}

Verdict HookMatcher::match(const HookInput& post) const {
    const HookRules& rules = index_->rules;
    Verdict out;
    out.label = kNewsHook;
    out.threshold = rules.threshold;
    out.rules_version = rules_version("hooks", rules.version, rules.hash);
    TokenText text = tokenise(post.text);
    std::vector<std::string> links = post.links;
    links.insert(links.end(), text.links.begin(), text.links.end());
    if (text.tokens.empty() && links.empty()) {
        out.no_text = true;
        out.reasons.push_back({"ingen text", 0});
        return out;
    }
    if (!post.published) {
        out.reasons.push_back({"utan datum", 0});
        return out;
    }
    if (text.prose_characters > static_cast<std::size_t>(std::max(0, rules.max_characters))) {
        out.reasons.push_back({std::to_string(text.prose_characters) + " tecken: längre än " +
                                   std::to_string(rules.max_characters),
                               0});
        return out;
    }
    if (!index_->by_link(links, *post.published, out)) index_->by_words(post, out);
    return out;
}

}  // namespace narvaro
