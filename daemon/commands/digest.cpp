// narvaro digest: the digest of a week, the same bytes as the one that is mailed.
#include <algorithm>
#include <iostream>

#include "daemon/commands/commands.h"
#include "daemon/digest_compose.h"
#include "daemon/digest_week.h"
#include "daemon/labelling.h"
#include "digest/week_diff.h"

namespace narvaro {
namespace {

IsoWeek last_complete_week(const App& app) {
    return week_of(monday_of(week_of(app.zone.day_of(app.now))) - date::days{1});
}

/// "2021-W46", or "W46": the last one that has begun.
Result<IsoWeek> parse_week_of(const std::string& text, const App& app) {
    auto week = parse_week(text);
    if (!week && text.starts_with("W")) {
        int year = week_of(app.zone.day_of(app.now)).year;
        week = parse_week(std::to_string(year) + "-" + text);
        if (!week || app.zone.week(*week).from > app.now) {
            week = parse_week(std::to_string(year - 1) + "-" + text);
        }
    }
    if (!week) {
        return fail(Fault::usage, "\"" + text + "\" is not a week",
                    "write it as 2021-W07; a year has 52 or 53");
    }
    if (app.zone.week(*week).from > app.now) {
        return fail(Fault::usage, to_string(*week) + " has not begun", "");
    }
    return *week;
}

struct Gathered {
    DigestWeek week;
    DigestContext context;
};

/// A digest that was composed, made again from the database as it was known then.
Result<Gathered> made_again(const Composition& composition, const App& app) {
    auto context = parse_context(composition.context);
    if (!context) return tl::unexpected{context.error()};
    auto week = gather_digest(app.settings, app.store, moment_of(composition), *context);
    if (!week) return tl::unexpected{week.error()};
    return Gathered{std::move(*week), std::move(*context)};
}

/// A digest as it would be composed now. @param former  the week's last revision, if any
Result<Gathered> made_now(IsoWeek week, const std::optional<Composition>& former, const App& app) {
    auto context = present_context(app.settings, app.store, Labeller{app.settings.rules}, week,
                                   app.now, app.now - seconds{1});
    if (!context) return tl::unexpected{context.error()};
    const int revision = former ? former->revision + 1 : 1;
    auto gathered =
        gather_digest(app.settings, app.store, {week, revision, app.now, false}, *context);
    if (!gathered) return tl::unexpected{gathered.error()};
    return Gathered{std::move(*gathered), std::move(*context)};
}

Result<Gathered> gathered(IsoWeek week, const App& app) {
    const auto composition = app.store.composition(week);
    if (!composition) return tl::unexpected{composition.error()};
    return *composition ? made_again(**composition, app) : made_now(week, {}, app);
}

/// What has changed since a digest was composed and is not kept beside it.
void warn_of_other_rules(const DigestContext& context, const App& app) {
    if (context.rules != Labeller{app.settings.rules}.versions()) {
        std::cerr << "narvaro: the rules are others than when it was composed; the local news "
                     "listed may differ\n";
    }
}

/// The archived bytes; made again in a language that nobody had asked for then.
Result<std::string> archived(const Composition& composition, const std::string& language,
                             const std::string& name, const App& app) {
    auto file = app.store.digest_file(composition.week, composition.revision, language, name);
    if (!file) return tl::unexpected{file.error()};
    if (*file) return std::move((*file)->bytes);
    const auto digest = made_again(composition, app);
    if (!digest) return tl::unexpected{digest.error()};
    return render_digest(app.settings, digest->week, digest->context, language, name);
}

Result<std::string> rendered(const DigestCommand& command, IsoWeek week, const App& app) {
    const std::string language =
        command.language.empty() ? app.settings.language : command.language;
    const auto composition = app.store.composition(week);
    if (!composition) return tl::unexpected{composition.error()};
    if (*composition && !command.anew && !command.known_then) {
        return archived(**composition, language, command.form, app);
    }
    if (command.known_then && !*composition) {
        return fail(Fault::not_found, "no digest of " + to_string(week) + " has been composed",
                    "leave out --as-known-then");
    }
    const auto digest =
        command.known_then ? made_again(**composition, app) : made_now(week, *composition, app);
    if (!digest) return tl::unexpected{digest.error()};
    if (command.known_then) warn_of_other_rules(digest->context, app);
    return render_digest(app.settings, digest->week, digest->context, language, command.form);
}

int print_changes(const DigestCommand& command, const App& app) {
    if (command.words.size() != 3 || command.words.front() != "diff") {
        return complain({Fault::usage,
                         "digest: what is \"" + command.words.front() + "\"?",
                         "narvaro digest diff W46 W47",
                         {}});
    }
    std::vector<DigestWeek> weeks;
    for (const std::string& text : {command.words[1], command.words[2]}) {
        const auto week = parse_week_of(text, app);
        if (!week) return complain(week.error());
        auto digest = gathered(*week, app);
        if (!digest) return complain(digest.error());
        weeks.push_back(std::move(digest->week));
    }
    const std::string language =
        command.language.empty() ? app.settings.language : command.language;
    for (const std::string& line : digest_changes(weeks[0], weeks[1], language)) {
        std::cout << line << "\n";
    }
    return kExitWell;
}

}  // namespace

int run(const DigestCommand& command, App& app) {
    if (command.log) return print_digest_log(command, app);
    if (!command.words.empty()) return print_changes(command, app);
    const auto week = command.week.empty() ? Result<IsoWeek>{last_complete_week(app)}
                                           : parse_week_of(command.week, app);
    if (!week) return complain(week.error());
    if (command.send) return send_digest(*week, command.anew, app);
    const auto digest = rendered(command, *week, app);
    if (!digest) return complain(digest.error());
    std::cout << *digest;
    return kExitWell;
}

}  // namespace narvaro
