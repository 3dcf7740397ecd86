// narvaro digest: the digest of a week, the same bytes as the service writes.
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/digest_hour.h"
#include "daemon/digest_week.h"
#include "daemon/labelling.h"

namespace narvaro {
namespace {

/// The week asked for; without one, the last complete week.
Result<IsoWeek> week_of_command(const DigestCommand& command, const App& app) {
    if (command.week.empty()) {
        return week_of(monday_of(week_of(app.zone.day_of(app.now))) - date::days{1});
    }
    if (const auto week = parse_week(command.week)) return *week;
    return fail(Fault::usage, "--week: \"" + command.week + "\" is not a week",
                "write it as 2021-W07; a year has 52 or 53");
}

}  // namespace

int run(const DigestCommand& command, App& app) {
    if (command.log) return print_digest_log(command, app);
    const auto week = week_of_command(command, app);
    if (!week) return complain(week.error());
    if (app.zone.week(*week).from > app.now) {
        return complain({Fault::usage, to_string(*week) + " has not begun", "", {}});
    }
    if (command.send) return send_digest(*week, app);
    if (command.format == Format::csv) {
        return complain({Fault::usage, "--format csv goes with --log", "", {}});
    }
    const std::string language =
        command.language.empty() ? app.settings.language : command.language;
    const auto digest = gather_digest(
        app.settings, app.store, Labeller{app.settings.rules}.versions(), *week, app.now, false);
    if (!digest) return complain(digest.error());
    std::cout << (command.format == Format::json ? render_json(*digest, language)
                                                 : render_text(*digest, language));
    return kExitWell;
}

}  // namespace narvaro
