// The subject: how many targets are on track, and what is left of the month.
#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/plain_text.h"
#include "digest/week.h"

namespace narvaro {
namespace {

bool counts_as_well(TargetState state) {
    return state == TargetState::met || state == TargetState::on_track;
}

bool is_measurable(TargetState state) {
    return state != TargetState::no_data && state != TargetState::closed;
}

}  // namespace

std::string subject_line(const DigestWeek& week, std::string_view language) {
    const Catalogue words{language};
    long long well = 0;
    long long measurable = 0;
    const DigestTarget* open = nullptr;
    int open_count = 0;
    for (const DigestTarget& t : week.targets) {
        if (is_measurable(t.now.state)) ++measurable;
        if (counts_as_well(t.now.state)) ++well;
        if (t.target.kind != TargetKind::rate || t.now.needed.kind == Needed::Kind::nothing)
            continue;
        if (open == nullptr) open = &t;
        ++open_count;
    }
    std::string line = fmt::format(
        fmt::runtime(words.plural("Week {week}: {well} of {n} measurable target on track.",
                                  "Week {week}: {well} of {n} measurable targets on track.",
                                  measurable)),
        fmt::arg("week", week.week.week), fmt::arg("well", well), fmt::arg("n", measurable));
    const auto zone = Zone::find(week.zone);
    if (open == nullptr || !zone) return line;
    const auto month = month_words(date::year_month_day{zone->day_of(week.as_of)}.month(), words);
    const std::string what =
        open_count == 1
            ? harmless_line(open->target.name.in(language))
            : fmt::format(fmt::runtime(words.plural("{n} target", "{n} targets", open_count)),
                          fmt::arg("n", open_count));
    return line + " " +
           fmt::format(fmt::runtime(words.text("Left in {month}: {what}")),
                       fmt::arg("month", month), fmt::arg("what", what));
}

}  // namespace narvaro
