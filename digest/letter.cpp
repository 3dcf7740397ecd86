// The digest's order: status, one sentence, what to do, the targets, what moved, the evidence, what
// waits for a person, and how far the figures can be trusted.
#include "digest/letter.h"

#include <algorithm>

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/plain_text.h"
#include "digest/standing_words.h"

namespace narvaro {
namespace {

std::vector<const DigestTarget*> changed_targets(const DigestWeek& week) {
    std::vector<const DigestTarget*> changed;
    for (const DigestTarget& t : week.targets) {
        if (t.before && t.before->state != t.now.state) changed.push_back(&t);
    }
    return changed;
}

/// What changed: at most two targets by name, else how many.
std::string news_words(const DigestWeek& week, const Catalogue& words) {
    constexpr std::size_t kAtMost = 2;
    const auto changed = changed_targets(week);
    if (changed.empty()) {
        return is_quiet(week) ? words.text("Nothing was counted and no target changed its state")
                              : words.text("No target has changed its state this week");
    }
    if (changed.size() > kAtMost) {
        const auto n = static_cast<long long>(changed.size());
        return fmt::format(fmt::runtime(words.plural("{n} target has changed its state",
                                                     "{n} targets have changed their state", n)),
                           fmt::arg("n", n));
    }
    std::string text;
    for (const DigestTarget* t : changed) {
        text += (text.empty() ? "" : "; ") +
                fmt::format(fmt::runtime(words.text("{name}: from {before} to {now}")),
                            fmt::arg("name", t->target.name.in(words.language())),
                            fmt::arg("before", state_word(t->before->state, words.language())),
                            fmt::arg("now", state_word(t->now.state, words.language())));
    }
    return text;
}

/// What changed and the single most useful act.
std::string sentence_of(const DigestWeek& week, const std::vector<Advice>& todo,
                        const Catalogue& words) {
    const std::string news = news_words(week, words);
    if (todo.empty()) {
        return fmt::format(fmt::runtime(words.text("{news}; nothing needs doing.")),
                           fmt::arg("news", news));
    }
    return fmt::format(fmt::runtime(words.text("{news}. Most useful now: {act}.")),
                       fmt::arg("news", news), fmt::arg("act", todo.front().act));
}

std::string notice_of(const DigestWeek& week, const Zone& zone, const Catalogue& words) {
    if (!week.complete) return words.text("The week is still running.");
    if (!week.late) return {};
    return fmt::format(
        fmt::runtime(words.text("This digest is late: it could not be made before {when}.")),
        fmt::arg("when", instant_words(week.composed_at, zone, words)));
}

LetterSection moved_section(const DigestWeek& week, const Catalogue& words) {
    LetterSection section{words.text("WHAT MOVED"), {}, {}};
    auto facts = what_moved(week, words);
    if (facts.empty()) {
        section.lines.push_back(words.text("It was a usual week."));
    } else {
        section.groups.push_back({"", std::move(facts), ""});
    }
    return section;
}

std::vector<std::string> table_notes_of(const DigestWeek& week, const Catalogue& words) {
    std::vector<TargetResult> results;
    for (const DigestTarget& t : week.targets) results.push_back(t.now);
    std::vector<std::string> notes{
        fmt::format(fmt::runtime(words.text("How the figures are known: {what}.")),
                    fmt::arg("what", measurability_total(results, words.language())))};
    std::string review = review_words(week.forecasts, words.language());
    if (!review.empty()) notes.push_back(std::move(review));
    return notes;
}

}  // namespace

bool is_quiet(const DigestWeek& week) {
    const bool counted = std::any_of(
        week.evidence.begin(), week.evidence.end(),
        [](const DigestEvidence& e) { return !e.counted.empty() || !e.records.empty(); });
    return !counted && week.corrections.empty() && changed_targets(week).empty();
}

std::string target_name(const DigestWeek& week, const std::string& id, const Catalogue& words) {
    for (const DigestTarget& t : week.targets) {
        if (t.target.id == id) return harmless_line(t.target.name.in(words.language()));
    }
    return id;
}

Letter compose_letter(const DigestWeek& week, const Zone& zone, std::string_view language) {
    const Catalogue words{language};
    const auto todo = advice_for(week, language);
    Letter letter;
    letter.language = words.language();
    letter.subject = subject_line(week, language);
    letter.notice = notice_of(week, zone, words);
    letter.sentence = harmless_line(sentence_of(week, todo, words));
    letter.todo_heading = words.text("DO THIS WEEK");
    for (const Advice& advice : todo) letter.todo.push_back(harmless_line(advice.text));
    letter.todo_none = words.text("Nothing needs doing.");
    letter.table_heading = words.text("TARGETS");
    letter.table_caption =
        fmt::format(fmt::runtime(words.text("{plan}: the targets as they stood on {day}")),
                    fmt::arg("plan", harmless_line(week.plan_name.in(words.language()))),
                    fmt::arg("day", date_words(zone.day_of(week.as_of), words)));
    letter.columns = {words.text("Target"), words.text("Now"), words.text("State")};
    letter.rows = target_rows(week, zone, words);
    letter.table_notes = table_notes_of(week, words);
    letter.charts_heading = words.text("THE YEAR SO FAR");
    const auto add = [&](LetterSection section) {
        if (!section.lines.empty() || !section.groups.empty()) {
            letter.sections.push_back(std::move(section));
        }
    };
    const bool quiet = is_quiet(week);
    if (!quiet) {
        letter.charts = letter_charts(week, zone, words);
        add(moved_section(week, words));
        add(evidence_section(week, zone, words));
    }
    add(press_section(week, zone, words));
    auto waiting = waiting_for_people(week, zone, words);
    if (!waiting.empty()) {
        add({words.text("WAITING FOR A PERSON"), {}, {{"", std::move(waiting), ""}}});
    }
    add(health_section(week, zone, words));
    add(corrections_section(week, words));
    add(provenance_section(week, zone, words));
    add(leaving_section(week, words));
    return letter;
}

}  // namespace narvaro
