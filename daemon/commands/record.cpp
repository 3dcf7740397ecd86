// narvaro record: a dated figure or event that a person enters.
#include <cmath>
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/who.h"

namespace narvaro {
namespace {

/// A bare date is noon of that day: whatever the clocks do, it stays on its day.
Result<sys_seconds> when_of(const std::string& text, const App& app) {
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
    const auto at = when_of(command.at, app);
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
    const auto added = app.store.add_record(record);
    if (!added) return complain(added.error());
    std::cout << command.name << ", " << format_date(app.zone.day_of(*at))
              << (added->added ? ": recorded" : ": was recorded already, nothing added") << "\n";
    return kExitWell;
}

}  // namespace narvaro
