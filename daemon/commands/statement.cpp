// narvaro statement: the annual meeting's page of a plan.
#include "daemon/statement.h"

#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/find_target.h"

namespace narvaro {

int run(const StatementCommand& command, App& app) {
    const auto plan = find_plan(app.settings, command.plan);
    if (!plan) return complain(plan.error());
    const auto zone = Zone::find((*plan)->zone);
    if (!zone) return complain(zone.error());
    const auto as_of =
        command.as_of.empty() ? Result<sys_seconds>{app.now} : parse_as_of(command.as_of, *zone);
    if (!as_of) return complain(as_of.error());
    Result<Statement> statement;
    const auto read = app.store.at_one_moment([&]() -> Result<void> {
        statement = gather_statement(app.settings, app.store, **plan, *as_of);
        return {};
    });
    if (!read) return complain(read.error());
    if (!statement) return complain(statement.error());
    const std::string& language =
        command.language.empty() ? app.settings.language : command.language;
    std::cout << (command.html ? render_statement_html(*statement, language)
                               : render_statement_text(*statement, language));
    return kExitWell;
}

}  // namespace narvaro
