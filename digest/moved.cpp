// What moved: the week against the account's own usual week.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "digest/escape.h"
#include "digest/figures.h"
#include "digest/letter.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

constexpr std::size_t kAtMost = 5;
constexpr std::size_t kFewestWeeks = 4;  ///< before "usual" means anything

std::string state_change(const DigestTarget& t, const Catalogue& words) {
    return fmt::format(fmt::runtime(words.text("{name}: from {before} to {now}")),
                       fmt::arg("name", t.target.name.in(words.language())),
                       fmt::arg("before", state_word(t.before->state, words.language())),
                       fmt::arg("now", state_word(t.now.state, words.language())));
}

/// A gain outside of what eight of ten weeks bring, by more than a rounding. Of a figure that
/// people enter now and then a week says nothing.
std::optional<std::string> unusual_gain(const DigestTarget& t, const Catalogue& words) {
    if (t.target.series && !t.target.series->record.empty()) return {};
    if (!t.now.gain || !t.now.value || !t.before || !t.before->value) return {};
    if (t.now.gain->weeks < static_cast<int>(kFewestWeeks)) return {};
    const double change = *t.now.value - *t.before->value;
    const bool usual = t.now.gain->low - 0.5 <= change && change <= t.now.gain->high + 0.5;
    if (usual) return {};
    return fmt::format(
        fmt::runtime(words.text("{name}: {change} this week, usually {usual} ({low} to {high})")),
        fmt::arg("name", t.target.name.in(words.language())),
        fmt::arg("change", signed_words(change, words)),
        fmt::arg("usual", signed_words(t.now.gain->median, words)),
        fmt::arg("low", signed_words(t.now.gain->low, words)),
        fmt::arg("high", signed_words(t.now.gain->high, words)));
}

double median_of(std::vector<std::int64_t> counts) {
    std::sort(counts.begin(), counts.end());
    const std::size_t middle = counts.size() / 2;
    const auto upper = static_cast<double>(counts[middle]);
    return counts.size() % 2 == 1 ? upper : (static_cast<double>(counts[middle - 1]) + upper) / 2;
}

/// More posts, or fewer, than in any of the weeks before.
std::optional<LetterItem> unusual_activity(const DigestActivity& a, const Catalogue& words) {
    if (a.before.size() < kFewestWeeks) return {};
    const auto [fewest, most] = std::minmax_element(a.before.begin(), a.before.end());
    if (*fewest <= a.posts && a.posts <= *most) return {};
    const std::string text = fmt::format(
        fmt::runtime(words.plural("{source}: {n} post this week, usually {usual}",
                                  "{source}: {n} posts this week, usually {usual}", a.posts)),
        fmt::arg("source", a.source), fmt::arg("n", a.posts),
        fmt::arg("usual", number_words(median_of(a.before), words)));
    return LetterItem{harmless_line(text), is_linkable(a.url) ? a.url : "", {}};
}

}  // namespace

std::vector<LetterItem> what_moved(const DigestWeek& week, const Catalogue& words) {
    std::vector<LetterItem> facts;
    const auto add = [&](LetterItem item) {
        if (facts.size() < kAtMost) facts.push_back(std::move(item));
    };
    for (const DigestTarget& t : week.targets) {
        if (t.before && t.before->state != t.now.state) {
            add({harmless_line(state_change(t, words)), "", {}});
        }
    }
    for (const DigestTarget& t : week.targets) {
        if (const auto gain = unusual_gain(t, words)) add({harmless_line(*gain), "", {}});
    }
    for (const DigestActivity& activity : week.activity) {
        if (auto item = unusual_activity(activity, words)) add(std::move(*item));
    }
    return facts;
}

}  // namespace narvaro
