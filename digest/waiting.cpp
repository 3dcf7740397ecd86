// What waits for a person: figures and events that no platform tells.
#include <algorithm>

#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/letter.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

constexpr date::days kOldReading{31};

/// "narvaro record members 61"
std::string command_of(const std::string& record, bool with_value, const Catalogue& words) {
    return "narvaro record " + record + (with_value ? " " + words.text("FIGURE") : "");
}

LetterItem item_of(const DigestTarget& t, const std::string& what, const std::string& command,
                   const Catalogue& words) {
    return {harmless_line(t.target.name.in(words.language()) + ": " + what), "", {command}};
}

/// A reading by hand that is old, or was never made.
std::optional<LetterItem> old_reading(const DigestTarget& t, const DigestWeek& week,
                                      const Zone& zone, const Catalogue& words) {
    if (!t.target.series || t.target.series->record.empty()) return {};
    if (t.now.state == TargetState::closed) return {};
    const std::string command = command_of(t.target.series->record, true, words);
    if (!t.now.value_at) return item_of(t, words.text("nothing entered yet"), command, words);
    if (week.as_of - *t.now.value_at < kOldReading) return {};
    return item_of(t,
                   fmt::format(fmt::runtime(words.text("last entered {day}")),
                               fmt::arg("day", day_words(zone.day_of(*t.now.value_at), words))),
                   command, words);
}

/// A period that needs an event which only a person can tell of.
std::optional<LetterItem> missing_event(const DigestTarget& t, const Zone& zone,
                                        const Catalogue& words) {
    if (t.target.records.empty() || t.now.needed.kind == Needed::Kind::nothing) return {};
    const std::string command = command_of(t.target.records, false, words);
    const std::string needed = needed_words(t.now, t.target, zone, words.language());
    const std::string pattern =
        t.target.posts
            ? words.text("what the platform does not tell of is entered by hand ({needed})")
            : words.text("enter it once it is done ({needed})");
    return item_of(t, fmt::format(fmt::runtime(pattern), fmt::arg("needed", needed)), command,
                   words);
}

}  // namespace

std::vector<LetterItem> waiting_for_people(const DigestWeek& week, const Zone& zone,
                                           const Catalogue& words) {
    constexpr std::size_t kAtMost = 8;
    std::vector<LetterItem> items;
    for (const DigestTarget& t : week.targets) {
        if (items.size() == kAtMost) break;
        if (auto item = old_reading(t, week, zone, words))
            items.push_back(std::move(*item));
        else if (auto event = missing_event(t, zone, words))
            items.push_back(std::move(*event));
    }
    return items;
}

}  // namespace narvaro
