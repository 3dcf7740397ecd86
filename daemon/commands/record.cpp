// narvaro record: a dated figure or event that a person enters.
#include <cmath>
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/who.h"

namespace narvaro {
namespace {

Result<sys_seconds> date_of(std::int64_t id, const App& app) {
    const auto all = app.store.record_history(kKnownToday);
    if (!all) return tl::unexpected{all.error()};
    for (const Record& record : *all) {
        if (record.id == id) return record.at;
    }
    return fail(Fault::not_found, "there is no record " + std::to_string(id),
                "narvaro records --all lists them");
}

/// A bare date is noon of that day: whatever the clocks do, it stays on its day.
/// A correction without a date keeps that of what it corrects.
Result<sys_seconds> when_of(const RecordCommand& command, const App& app) {
    const std::string& text = command.at;
    if (text.empty() && command.corrects) return date_of(*command.corrects, app);
    if (text.empty()) return app.now;
    if (const auto day = parse_date(text)) {
        return app.zone.instant_of(date::local_seconds{*day} + std::chrono::hours{12});
    }
    if (const auto instant = parse_instant(text)) return *instant;
    return fail(Fault::usage, "--at: \"" + text + "\" is neither a date nor an instant",
                "write it as 2021-03-01");
}

}  // namespace

int run(const RecordCommand& command, App& app) {
    const auto at = when_of(command, app);
    if (!at) return complain(at.error());
    if (command.value && !std::isfinite(*command.value)) {
        return complain({Fault::usage, "the value is not a number that can be kept", "", {}});
    }
    Record record;
    record.name = command.name;
    record.at = *at;
    record.value = command.value;
    record.note = command.note;
    record.link = command.link;
    record.who = who_is_asking();
    record.recorded_at = app.now;
    record.corrects = command.corrects;
    record.withdrawn = command.withdraw;
    const auto added = app.store.add_record(record);
    if (!added) return complain(added.error());
    std::cout << command.name << ", " << format_date(app.zone.day_of(*at))
              << (added->added ? ": recorded as " : ": was recorded already, as ")
              << added->record.id;
    if (added->added && command.corrects) {
        std::cout << (command.withdraw ? ", withdraws " : ", in the place of ")
                  << *command.corrects;
    }
    std::cout << (added->added ? "" : ", nothing added") << "\n";
    return kExitWell;
}

}  // namespace narvaro
