// The words of the annual meeting's page, shared by its text and its HTML.
#include "digest/statement.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/plain_text.h"
#include "digest/standing_words.h"

namespace narvaro {
namespace {

template <class... Arguments>
std::string filled(const std::string& pattern, const Arguments&... arguments) {
    return fmt::format(fmt::runtime(pattern), arguments...);
}

std::string rate_words(const StatementGoal& goal, const Catalogue& words) {
    const auto& periods = goal.result.periods;
    const auto met =
        std::count_if(periods.begin(), periods.end(), [](const auto& p) { return p.met; });
    // A month that still runs is no failure yet.
    const auto all = std::count_if(periods.begin(), periods.end(),
                                   [](const auto& p) { return p.closed || p.met; });
    const bool months = goal.target.goal.per == PeriodUnit::month;
    const std::string pattern = months
                                    ? words.plural("{met} of {n} month", "{met} of {n} months", all)
                                    : words.plural("{met} of {n} week", "{met} of {n} weeks", all);
    return filled(pattern, fmt::arg("met", met), fmt::arg("n", all));
}

/// The periods that a rate lost, each with its count; empty: none.
std::string lost_words(const StatementGoal& goal, const Zone& zone, const Catalogue& words) {
    const bool months = goal.target.goal.per == PeriodUnit::month;
    std::string list;
    for (const PeriodResult& p : goal.result.periods) {
        if (p.met || !p.closed) continue;
        const date::local_days first = zone.day_of(p.span.from);
        const std::string name = months ? month_words(date::year_month_day{first}.month(), words)
                                        : date_words(first, words);
        const double asked = goal.result.goal.value_or(1);
        const auto count = static_cast<double>(p.count);
        list += list.empty() ? "" : ", ";
        list += filled(words.text("{name} ({n} of {goal})"), fmt::arg("name", name),
                       fmt::arg("n", number_words(count, words)),
                       fmt::arg("goal", number_words(asked, words)));
    }
    if (list.empty()) return {};
    return filled(
        words.text(months ? "Fell short in {list}" : "Fell short in the weeks from {list}"),
        fmt::arg("list", list));
}

std::string growth_words(const TargetResult& r, const Zone& zone, const Catalogue& words) {
    if (!r.baseline || !r.goal) return number_words(*r.value, words);
    std::string from = number_words(*r.baseline, words);
    if (r.baseline_at) from += " (" + date_words(zone.day_of(*r.baseline_at), words) + ")";
    std::string text =
        filled(words.text("from {from} to {value}; goal {goal}"), fmt::arg("from", from),
               fmt::arg("value", number_words(*r.value, words)),
               fmt::arg("goal", number_words(std::ceil(*r.goal - 1e-9), words)));
    if (*r.baseline > 0) {
        const double change = (*r.value - *r.baseline) / *r.baseline;
        text += " (" + std::string{change > 0 ? "+" : ""} + percent_words(change, words) + ")";
    }
    return text;
}

std::string person_words(const Record& record, const Zone& zone, const Catalogue& words) {
    std::string text = date_words(zone.day_of(record.at), words);
    if (record.value) text += ": " + number_words(*record.value, words);
    return text;
}

}  // namespace

std::string outcome_word(TargetState state, bool over, std::string_view language) {
    const Catalogue words{language};
    switch (state) {
        case TargetState::met:
            return words.text("Reached");
        case TargetState::missed:
            return words.text("Not reached");
        case TargetState::on_track:
            return over ? words.text("Reached") : words.text("On track");
        case TargetState::behind:
            return over ? words.text("Not reached") : words.text("Behind");
        case TargetState::no_data:
            return words.text("Not measurable");
        case TargetState::closed:
            return words.text("Closed by the platform");
    }
    return {};
}

std::string outcome_words(const StatementGoal& goal, const Zone& zone, std::string_view language) {
    const Catalogue words{language};
    const TargetResult& r = goal.result;
    if (!r.value) return harmless_line(reason_words(r, language));
    switch (goal.target.kind) {
        case TargetKind::rate:
            return rate_words(goal, words);
        case TargetKind::growth:
            return growth_words(r, zone, words);
        case TargetKind::share:
            return filled(words.text("{value}; goal {goal}"),
                          fmt::arg("value", value_words(r, goal.target, language)),
                          fmt::arg("goal", goal_words(r, goal.target, language)));
        case TargetKind::volume:
        case TargetKind::coverage:
        case TargetKind::milestone:
            break;
    }
    std::string text = value_words(r, goal.target, language);
    if (r.baseline) {
        text += ", " + filled(words.text("{n} the year before"),
                              fmt::arg("n", number_words(*r.baseline, words)));
    }
    return text;
}

std::vector<std::string> remark_words(const StatementGoal& goal, const Zone& zone,
                                      std::string_view language) {
    std::vector<std::string> remarks;
    const TargetResult& r = goal.result;
    if (r.value && r.reason != ResultReason::none) {
        remarks.push_back(harmless_line(reason_words(r, language)));
    }
    if (goal.target.kind == TargetKind::rate) {
        std::string lost = lost_words(goal, zone, Catalogue{language});
        if (!lost.empty()) remarks.push_back(std::move(lost));
    }
    for (const Standing& standing : r.standings) {
        remarks.push_back(standing_words(standing, zone, language));
    }
    for (const Caution caution : r.cautions) remarks.push_back(caution_words(caution, language));
    if (goal.target.baseline && !goal.target.baseline->note.empty()) {
        const Catalogue words{language};
        remarks.push_back(filled(words.text("The baseline's source: {what}"),
                                 fmt::arg("what", harmless_line(goal.target.baseline->note))));
    }
    return remarks;
}

std::string audience_words(const Audience& audience, const Zone& zone, const Catalogue& words) {
    std::string places;
    for (const AudiencePlace& place : audience.places) {
        places += (places.empty() ? "" : ", ") + place.name;
    }
    std::string text = audience.name.empty() ? audience.remote_id : audience.name;
    if (!places.empty()) text += " – " + places;
    const auto day = [&](const std::optional<sys_seconds>& t) {
        return t ? date_words(zone.day_of(*t), words) : std::string{"…"};
    };
    if (audience.live_from || audience.live_to) {
        text += " (" + day(audience.live_from) + " – " + day(audience.live_to) + ")";
    }
    return harmless_line(text);
}

std::vector<std::string> correction_words(const StatementGoal& goal, const Zone& zone,
                                          std::string_view language) {
    const Catalogue words{language};
    std::vector<std::string> lines;
    for (const CorrectedRecord& c : goal.corrected) {
        const std::string before = person_words(c.before, zone, words);
        const std::string when = date_words(zone.day_of(c.after.recorded_at), words);
        const std::string line =
            c.after.withdrawn
                ? filled(words.text("{before} was withdrawn {when} by {who}"),
                         fmt::arg("before", before), fmt::arg("when", when),
                         fmt::arg("who", c.after.who))
                : filled(words.text("{before} was corrected to {after}, {when} by {who}"),
                         fmt::arg("before", before),
                         fmt::arg("after", person_words(c.after, zone, words)),
                         fmt::arg("when", when), fmt::arg("who", c.after.who));
        lines.push_back(harmless_line(line + (c.after.note.empty() ? "" : ": " + c.after.note)));
    }
    for (const DigestCorrection& d : goal.decisions) {
        const std::string value = !d.decision.value   ? words.text("by the rules")
                                  : *d.decision.value ? words.text("yes")
                                                      : words.text("no");
        lines.push_back(harmless_line(
            filled(words.text("\"{post}\": {label} = {value}, decided {when} by {who}"),
                   fmt::arg("post", shortened(d.post.headline, 50)),
                   fmt::arg("label", d.decision.label), fmt::arg("value", value),
                   fmt::arg("when", date_words(zone.day_of(d.decision.when), words)),
                   fmt::arg("who", d.decision.who)) +
            (d.decision.note.empty() ? "" : ": " + d.decision.note)));
    }
    for (const Restatement& s : goal.restated) {
        lines.push_back(
            filled(words.text("The figure of {day} was first told as {before}, later as {after}"),
                   fmt::arg("day", date_words(zone.day_of(s.at), words)),
                   fmt::arg("before", number_words(s.before, words)),
                   fmt::arg("after", s.after ? number_words(*s.after, words) : "–")));
    }
    return lines;
}

std::string statement_summary(const Statement& statement, std::string_view language) {
    const Catalogue words{language};
    const auto all = static_cast<long long>(statement.goals.size());
    constexpr std::array kOrder{TargetState::met,    TargetState::on_track, TargetState::behind,
                                TargetState::missed, TargetState::no_data,  TargetState::closed};
    std::string text;
    for (const TargetState state : kOrder) {
        const auto n =
            std::count_if(statement.goals.begin(), statement.goals.end(),
                          [&](const StatementGoal& g) { return g.result.state == state; });
        if (n == 0) continue;
        std::string word = outcome_word(state, statement.over, language);
        if (word.front() >= 'A' && word.front() <= 'Z') {
            word.front() = static_cast<char>(word.front() - 'A' + 'a');
        }
        text += (text.empty() ? "" : ", ") + fmt::format("{} {}", n, word);
    }
    return filled(words.plural("{n} goal: {what}.", "{n} goals: {what}.", all), fmt::arg("n", all),
                  fmt::arg("what", text));
}

}  // namespace narvaro
