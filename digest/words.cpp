// The words for a target's result, shared by the digest and the tables on a terminal.
#include <cmath>

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/week.h"

namespace narvaro {
namespace {

/// Whole for a person: 8.2 posts are 9.
long long whole(double amount) { return static_cast<long long>(std::ceil(amount - 1e-9)); }

std::string last_day(sys_seconds before, const Zone& zone, const Catalogue& words) {
    return day_words(zone.day_of(before - seconds{1}), words);
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

/// "2 inlägg senast 30 november"; of records "2 till senast 30 november"
std::string count_words(const Needed& needed, const Zone& zone, const Catalogue& words,
                        bool posts) {
    const long long n = whole(needed.amount);
    const std::string pattern = posts ? words.plural("{n} post by {day}", "{n} posts by {day}", n)
                                      : words.text("{n} more by {day}");
    const std::string day = needed.before ? last_day(*needed.before, zone, words) : "–";
    return fmt::format(fmt::runtime(pattern), fmt::arg("n", n), fmt::arg("day", day));
}

}  // namespace

std::string state_word(TargetState state, std::string_view language) {
    const Catalogue words{language};
    switch (state) {
        case TargetState::met:
            return words.text("met");
        case TargetState::on_track:
            return words.text("on track");
        case TargetState::behind:
            return words.text("behind");
        case TargetState::missed:
            return words.text("missed");
        case TargetState::no_data:
            return words.text("not measurable");
        case TargetState::closed:
            return words.text("closed by the platform");
    }
    return {};
}

std::string needed_words(const TargetResult& result, const Target& target, const Zone& zone,
                         std::string_view language) {
    const Catalogue words{language};
    const Needed& needed = result.needed;
    switch (needed.kind) {
        case Needed::Kind::nothing:
            return {};
        case Needed::Kind::posts_before:
            return count_words(needed, zone, words, target.posts.has_value());
        case Needed::Kind::records_before:
            return count_words(needed, zone, words, false);
        case Needed::Kind::per_week:
            return fmt::format(fmt::runtime(words.text("+{n} a week")),
                               fmt::arg("n", number_words(needed.amount, words)));
        case Needed::Kind::of_next:
            return fmt::format(fmt::runtime(words.text("{n} of the next {of} posts")),
                               fmt::arg("n", whole(needed.amount)), fmt::arg("of", needed.of));
        case Needed::Kind::places:
            return fmt::format(fmt::runtime(words.text("an audience in: {places}")),
                               fmt::arg("places", joined(needed.names)));
    }
    return {};
}

std::string reason_words(const TargetResult& result, std::string_view language) {
    const Catalogue words{language};
    const auto with_detail = [&](const char* id) {
        return words.text(id) + (result.detail.empty() ? "" : " (" + result.detail + ")");
    };
    switch (result.reason) {
        case ResultReason::none:
            return {};
        case ResultReason::plan_not_started:
            return with_detail("the plan has not begun");
        case ResultReason::not_observed:
            return with_detail("the source has never been read");
        case ResultReason::no_samples:
            return with_detail("the figure has never been read");
        case ResultReason::no_baseline:
            return with_detail("there is no baseline to compare with");
        case ResultReason::baseline_zero:
            return with_detail("the baseline is zero");
        case ResultReason::no_posts:
            return with_detail("there are no posts to take a share of");
        case ResultReason::closed_by_platform:
            return with_detail("the platform has closed the way");
    }
    return {};
}

std::string goal_words(const TargetResult& result, const Target& target,
                       std::string_view language) {
    const Catalogue words{language};
    if (!result.goal) return "–";
    if (target.kind == TargetKind::share) return percent_words(*result.goal, words);
    return number_words(static_cast<double>(whole(*result.goal)),
                        words);  // nobody is half a follower
}

std::string value_words(const TargetResult& result, const Target& target,
                        std::string_view language) {
    const Catalogue words{language};
    if (!result.value) return "–";
    if (target.kind == TargetKind::share) {
        std::string text = percent_words(*result.value, words);
        if (result.matched && result.of) {
            text += fmt::format(fmt::runtime(words.text(" ({n} of {of})")),
                                fmt::arg("n", *result.matched), fmt::arg("of", *result.of));
        }
        return text;
    }
    if (target.kind == TargetKind::growth || !result.goal)
        return number_words(*result.value, words);
    return fmt::format(fmt::runtime(words.text("{n} of {of}")),
                       fmt::arg("n", number_words(*result.value, words)),
                       fmt::arg("of", number_words(*result.goal, words)));
}

}  // namespace narvaro
