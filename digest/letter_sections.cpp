// What stands behind the figures: the posts counted, the news to hook onto, the health of the data,
// people's corrections, and where it all comes from.
#include <algorithm>

#include <fmt/format.h>

#include "digest/escape.h"
#include "digest/figures.h"
#include "digest/letter.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

constexpr std::size_t kAtMostCounted = 5;  ///< of one target; the rest is a number
constexpr std::size_t kAtMostNear = 3;
/// In all, so that the HTML stays small; every target shows one before any shows a second.
constexpr std::size_t kAllCounted = 18;
constexpr std::size_t kAllNear = 8;
constexpr std::size_t kAtMostPress = 5;
constexpr std::size_t kAtMostCorrections = 10;
constexpr std::size_t kAtMostGaps = 4;  ///< of one source
constexpr std::size_t kHeadlineColumns = 60;
constexpr std::size_t kNoteColumns = 160;

std::string joined(const std::vector<std::string>& parts, const char* between) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
    return out;
}

std::string rest_words(std::size_t all, std::size_t shown, const Catalogue& words) {
    if (all <= shown) return {};
    const auto n = static_cast<long long>(all - shown);
    return fmt::format(fmt::runtime(words.plural("and {n} more", "and {n} more", n)),
                       fmt::arg("n", n));
}

LetterItem item_of(const DigestPost& post, const Zone& zone, const Catalogue& words) {
    std::string text = post.published ? instant_words(*post.published, zone, words) : "–";
    text += " " + post.source;
    const std::string headline = shortened(harmless_line(post.headline), kHeadlineColumns);
    text += headline.empty() ? " " + words.text("(no text)") : " \"" + headline + "\"";
    LetterItem item{std::move(text), is_linkable(post.url) ? post.url : "", {}};
    std::vector<std::string> why = post.reasons;
    for (const Decision& d : post.decisions) why.push_back(decision_words(d, words));
    if (!why.empty()) {
        item.notes.push_back(shortened(harmless_line(joined(why, " · ")), kNoteColumns));
    }
    return item;
}

LetterItem record_item(const Record& record, const Zone& zone, const Catalogue& words) {
    std::string line = day_words(zone.day_of(record.at), words) + " " + record.name;
    if (record.value) line += " " + number_words(*record.value, words);
    if (!record.note.empty()) line += " – " + record.note;
    return {shortened(harmless_line(line), kNoteColumns),
            is_linkable(record.link) ? record.link : "",
            {}};
}

LetterGroup group_of(std::string heading, const std::vector<DigestPost>& posts, std::size_t at_most,
                     const Zone& zone, const Catalogue& words) {
    LetterGroup group{std::move(heading), {}, rest_words(posts.size(), at_most, words)};
    for (const DigestPost& post : posts) {
        if (group.items.size() == at_most) break;
        group.items.push_back(item_of(post, zone, words));
    }
    return group;
}

std::string gap_word(GapReason reason, const Catalogue& words) {
    switch (reason) {
        case GapReason::forbidden:
            return words.text("not permitted");
        case GapReason::below_threshold:
            return words.text("too few for the platform to tell");
        case GapReason::retired:
            return words.text("the platform has ended it");
        case GapReason::closed:
            return words.text("closed by the platform");
        case GapReason::failed:
            return words.text("could not be read");
    }
    return {};
}

std::string days_words(std::int64_t days, const Catalogue& words) {
    return fmt::format(fmt::runtime(words.plural("{n} day", "{n} days", days)),
                       fmt::arg("n", days));
}

std::int64_t days_between(sys_seconds from, sys_seconds to) {
    return std::chrono::floor<date::days>(to - from).count();
}

/// "since 3 November (18 days)"
std::string since_words(sys_seconds since, const DigestWeek& week, const Zone& zone,
                        const Catalogue& words) {
    return fmt::format(fmt::runtime(words.text("since {day} ({days})")),
                       fmt::arg("day", day_words(zone.day_of(since), words)),
                       fmt::arg("days", days_words(days_between(since, week.composed_at), words)));
}

/// One source's line, and what is wrong with it.
LetterItem source_item(const DigestSource& s, const DigestWeek& week, const Zone& zone,
                       const Catalogue& words) {
    std::string line = s.id + ": ";
    line += s.last_success
                ? fmt::format(fmt::runtime(words.text("last read {when}")),
                              fmt::arg("when", instant_words(*s.last_success, zone, words)))
                : words.text("never read");
    if (s.failing_since) {
        line += fmt::format(
            fmt::runtime(words.text(", failing since {when} ({days}): {what}")),
            fmt::arg("when", instant_words(*s.failing_since, zone, words)),
            fmt::arg("days", days_words(days_between(*s.failing_since, week.composed_at), words)),
            fmt::arg("what", s.error));
    }
    if (s.token_ends) {
        const auto left = std::max<std::int64_t>(0, days_between(week.composed_at, *s.token_ends));
        line +=
            "; " +
            fmt::format(fmt::runtime(words.plural("the token ends on {day}, {n} day left",
                                                  "the token ends on {day}, {n} days left", left)),
                        fmt::arg("day", date_words(zone.day_of(*s.token_ends), words)),
                        fmt::arg("n", left));
    }
    LetterItem item{shortened(harmless_line(line), 2 * kNoteColumns), "", {}};
    const auto note = [&](const std::string& text) {
        item.notes.push_back(shortened(harmless_line(text), kNoteColumns));
    };
    if (!s.remedy.empty()) note("→ " + s.remedy);
    if (!s.token_trouble.empty()) {
        note(fmt::format(fmt::runtime(words.text("the platform refuses the token: {what}")),
                         fmt::arg("what", s.token_trouble)));
    }
    std::size_t shown = 0;
    for (const auto& [gap, since] : s.gaps) {
        if (++shown > kAtMostGaps) {
            note(rest_words(s.gaps.size(), kAtMostGaps, words));
            break;
        }
        note(gap.metric + (gap.dimension.empty() ? "" : " (" + gap.dimension + ")") + ": " +
             gap_word(gap.reason, words) + ", " + since_words(since, week, zone, words) +
             (gap.detail.empty() ? "" : " – " + gap.detail));
    }
    return item;
}

std::string ending_words(const DigestEnding& ending, sys_seconds now, const Catalogue& words) {
    const bool over = sys_seconds{ending.at} <= now;
    const auto day = date_words(date::local_days{ending.at.time_since_epoch()}, words);
    const std::string pattern = over ? words.text("{what} was ended by the platform on {day}.")
                                     : words.text("{what} is ended by the platform on {day}.");
    std::string text =
        fmt::format(fmt::runtime(pattern), fmt::arg("what", ending.what), fmt::arg("day", day));
    if (!ending.instead.empty()) {
        text += " " + fmt::format(fmt::runtime(words.text("Use instead: {what}.")),
                                  fmt::arg("what", ending.instead));
    }
    return text;
}

std::string restated_words(const DigestWeek& week, const DigestRestatement& r, const Zone& zone,
                           const Catalogue& words) {
    return fmt::format(
        fmt::runtime(words.text("{name}, {day}: changed from {before} to {after} at the source.")),
        fmt::arg("name", target_name(week, r.target, words)),
        fmt::arg("day", day_words(zone.day_of(r.restatement.at), words)),
        fmt::arg("before", number_words(r.restatement.before, words)),
        fmt::arg("after", r.restatement.after ? number_words(*r.restatement.after, words) : "–"));
}

/// How many posts each target may show.
struct EvidenceShare {
    std::size_t counted = kAtMostCounted;
    std::size_t near = kAtMostNear;

    explicit EvidenceShare(const DigestWeek& week) {
        std::size_t with_counted = 1;
        std::size_t with_near = 1;
        for (const DigestEvidence& e : week.evidence) {
            with_counted += e.counted.empty() ? 0 : 1;
            with_near += e.near.empty() ? 0 : 1;
        }
        counted = std::clamp<std::size_t>(kAllCounted / with_counted, 1, kAtMostCounted);
        near = std::clamp<std::size_t>(kAllNear / with_near, 1, kAtMostNear);
    }
};

/// What a person types to have a near miss counted.
std::string labelling_command(const DigestWeek& week, const DigestEvidence& e) {
    const DigestPost& post = e.near.front();
    for (const DigestTarget& t : week.targets) {
        if (t.target.id != e.target || !t.target.posts) continue;
        for (const std::string& label : t.target.posts->labels) {
            const bool has =
                std::find(post.labels.begin(), post.labels.end(), label) != post.labels.end();
            if (!has) return "narvaro label " + post.id + " " + label + "=yes";
        }
    }
    return "narvaro explain post " + post.id;
}

}  // namespace

std::string decision_words(const Decision& decision, const Catalogue& words) {
    const std::string verdict = !decision.value   ? words.text("auto")
                                : *decision.value ? words.text("yes")
                                                  : words.text("no");
    return decision.label + " = " + verdict + " (" + decision.who + ")";
}

LetterSection evidence_section(const DigestWeek& week, const Zone& zone, const Catalogue& words) {
    LetterSection section{words.text("COUNTED THIS WEEK"), {}, {}};
    const EvidenceShare share{week};
    std::size_t counted = 0;
    std::size_t near = 0;
    for (const DigestEvidence& e : week.evidence) {
        const std::string name = target_name(week, e.target, words);
        if (!e.counted.empty() || !e.records.empty()) {
            const std::size_t at_most = counted < kAllCounted ? share.counted : 0;
            LetterGroup group = group_of(name, e.counted, at_most, zone, words);
            for (const Record& record : e.records) {
                if (group.items.size() == kAtMostCounted) break;
                group.items.push_back(record_item(record, zone, words));
            }
            counted += group.items.size();
            section.groups.push_back(std::move(group));
        }
        if (e.near.empty() || near >= kAllNear) continue;
        LetterGroup group = group_of(
            fmt::format(fmt::runtime(words.text("Almost counted: {name}")), fmt::arg("name", name)),
            e.near, share.near, zone, words);
        group.items.front().notes.push_back(
            fmt::format(fmt::runtime(words.text("If it should count: {command}")),
                        fmt::arg("command", labelling_command(week, e))));
        near += group.items.size();
        section.groups.push_back(std::move(group));
    }
    if (section.groups.empty()) section.lines.push_back(words.text("Nothing was counted."));
    return section;
}

LetterSection press_section(const DigestWeek& week, const Zone& zone, const Catalogue& words) {
    LetterSection section{words.text("LOCAL NEWS WITHOUT A POST YET"), {}, {}};
    if (week.press.empty()) return section;
    section.groups.push_back(group_of("", week.press, kAtMostPress, zone, words));
    return section;
}

LetterSection health_section(const DigestWeek& week, const Zone& zone, const Catalogue& words) {
    LetterSection section{words.text("DATA HEALTH"), {}, {}};
    if (!week.config_error.empty()) {
        section.lines.push_back(
            words.text("The new configuration is wrong; the old one is in use:") + " " +
            shortened(harmless_line(week.config_error), 2 * kNoteColumns));
    }
    LetterGroup sources;
    for (const DigestSource& s : week.sources) {
        sources.items.push_back(source_item(s, week, zone, words));
    }
    for (const DigestEnding& ending : week.endings) {
        sources.items.push_back(
            {harmless_line(ending_words(ending, week.composed_at, words)), "", {}});
    }
    for (const DigestRestatement& r : week.restated) {
        sources.items.push_back({restated_words(week, r, zone, words), "", {}});
    }
    if (!sources.items.empty()) section.groups.push_back(std::move(sources));
    return section;
}

LetterSection corrections_section(const DigestWeek& week, const Catalogue& words) {
    LetterSection section{words.text("CORRECTED BY PEOPLE"), {}, {}};
    if (week.corrections.empty()) return section;
    LetterGroup group{"", {}, rest_words(week.corrections.size(), kAtMostCorrections, words)};
    for (const DigestCorrection& c : week.corrections) {
        if (group.items.size() == kAtMostCorrections) break;
        std::string line = c.post.id + ": " + decision_words(c.decision, words);
        if (!c.decision.note.empty()) line += " – " + c.decision.note;
        group.items.push_back({shortened(harmless_line(line), kNoteColumns),
                               is_linkable(c.post.url) ? c.post.url : "",
                               {}});
    }
    section.groups.push_back(std::move(group));
    return section;
}

LetterSection provenance_section(const DigestWeek& week, const Zone& zone, const Catalogue& words) {
    LetterSection section{words.text("ABOUT THESE FIGURES"), {}, {}};
    const auto day = [&](sys_seconds t) { return date_words(zone.day_of(t), words); };
    section.lines.push_back(fmt::format(
        fmt::runtime(words.text("Monday {from} 00:00 to Sunday {to} 24:00 ({zone}), week {week}.")),
        fmt::arg("from", day(week.span.from)), fmt::arg("to", day(week.span.to - seconds{1})),
        fmt::arg("zone", week.zone), fmt::arg("week", to_string(week.week))));
    section.lines.push_back(fmt::format(
        fmt::runtime(words.text("Made {when} from what was known then; version {n}.")),
        fmt::arg("when",
                 day(week.composed_at) + " " + date::format("%H:%M", zone.local(week.composed_at))),
        fmt::arg("n", week.revision)));
    section.lines.push_back(harmless_line(fmt::format(
        fmt::runtime(words.text("Plan: {plan}. Rules: {rules}. {program}.")),
        fmt::arg("plan", week.plan_name.in(words.language())),
        fmt::arg("rules", joined(week.rules, ", ")), fmt::arg("program", week.program))));
    section.lines.push_back(
        fmt::format(fmt::runtime(words.text("The same text again: {command}")),
                    fmt::arg("command", "narvaro digest --week " + to_string(week.week))));
    return section;
}

LetterSection leaving_section(const DigestWeek& week, const Catalogue& words) {
    LetterSection section{words.text("WHO GETS THIS"), {}, {}};
    if (week.reply_to.empty()) return section;
    section.lines.push_back(fmt::format(
        fmt::runtime(words.plural("{n} person gets this digest, each in a mail of their own.",
                                  "{n} people get this digest, each in a mail of their own.",
                                  week.recipients)),
        fmt::arg("n", week.recipients)));
    section.lines.push_back(harmless_line(fmt::format(
        fmt::runtime(words.text("To leave: write \"stop\" to {address}. For English or Swedish "
                                "write \"English\" or \"svenska\". The admin does it by hand.")),
        fmt::arg("address", week.reply_to))));
    return section;
}

}  // namespace narvaro
