// narvaro whatif: what so many more posts (or records, or followers) would give.
#include "analytics/whatif.h"

#include <iostream>

#include <nlohmann/json.hpp>

#include "daemon/commands/commands.h"
#include "daemon/find_target.h"
#include "daemon/stored_facts.h"
#include "daemon/table.h"
#include "digest/standing_words.h"
#include "digest/target_json.h"
#include "digest/week.h"
#include "digest/whatif_words.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

/// What was asked, and the two answers.
struct Answer {
    const Plan& plan;
    const Target& target;
    Zone zone;
    Imagined imagined;
    TargetResult now;
    TargetResult then;
    std::optional<std::int64_t> enough;
};

Result<Pace> pace_of(const char* option, const std::string& text) {
    const auto pace = parse_pace(text);
    if (pace) return *pace;
    return fail(Fault::usage, std::string{option} + ": \"" + text + "\" is no pace",
                "write it as 2/week, 1/month, or 3 for three in all");
}

Result<Imagined> imagined_by(const WhatIfCommand& command, const Plan& plan, const Zone& zone,
                             sys_seconds now) {
    const auto until = command.until.empty()
                           ? Result<sys_seconds>{zone.day(plan.to).to - seconds{1}}
                           : parse_as_of(command.until, zone);
    if (!until) return tl::unexpected{until.error()};
    const auto counted = pace_of("--posts", command.posts);
    if (!counted) return tl::unexpected{counted.error()};
    Imagined imagined{now, *until, *counted, {}};
    if (command.others.empty()) return imagined;
    const auto others = pace_of("--others", command.others);
    if (!others) return tl::unexpected{others.error()};
    imagined.others = *others;
    return imagined;
}

Result<Answer> answered(const WhatIfCommand& command, const App& app) {
    const auto found = find_target(app.settings, command.target);
    if (!found) return tl::unexpected{found.error()};
    const auto& [plan, target] = *found;
    auto zone = Zone::find(plan->zone);
    if (!zone) return tl::unexpected{zone.error()};
    const auto imagined = imagined_by(command, *plan, *zone, app.now);
    if (!imagined) return tl::unexpected{imagined.error()};
    const Places& places = app.settings.places;
    const StoredFacts facts{app.store, {app.now}};
    auto then = what_if(*target, *plan, *zone, places, facts, *imagined);
    if (!then) return tl::unexpected{then.error()};
    auto now = evaluate(*target, *plan, *zone, places, facts, app.now);
    if (!now) return tl::unexpected{now.error()};
    const auto needed = enough(*target, *plan, *zone, places, facts, *imagined);
    if (!needed) return tl::unexpected{needed.error()};
    return Answer{*plan,           *target,          std::move(*zone), *imagined,
                  std::move(*now), std::move(*then), *needed};
}

WhatIfWords words_of(const Answer& a) {
    return {a.target,
            a.now,
            a.then,
            static_cast<std::int64_t>(a.imagined.instants(a.imagined.counted).size()),
            static_cast<std::int64_t>(a.imagined.instants(a.imagined.others).size()),
            a.imagined.until,
            a.enough};
}

void print_json(const Answer& a, const std::string& language) {
    const WhatIfWords words = words_of(a);
    const Json json{{"target", a.target.id},
                    {"until", a.zone.format(a.imagined.until)},
                    {"posts", words.posts},
                    {"others", words.others},
                    {"enough", a.enough ? Json(*a.enough) : Json(nullptr)},
                    {"sentence", what_if_sentence(words, a.zone, language)},
                    {"now", target_json(a.target, a.now, a.zone, language)},
                    {"then", target_json(a.target, a.then, a.zone, language)}};
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

void print_table(const Answer& a, const std::string& language) {
    std::cout << a.target.name.in(language) << "\n\n"
              << what_if_sentence(words_of(a), a.zone, language) << "\n\n";
    Table table{{{""},
                 {"VALUE", Table::Align::right},
                 {"GOAL", Table::Align::right},
                 {"STATE"},
                 {"FORECAST", Table::Align::left, 50}}};
    const auto row = [&](sys_seconds at, const TargetResult& r) {
        table.add({format_date(a.zone.day_of(at)), value_words(r, a.target, language),
                   goal_words(r, a.target, language), state_word(r.state, language),
                   forecast_words(r, a.target, a.zone, language)});
    };
    row(a.imagined.now, a.now);
    row(a.imagined.until, a.then);
    std::cout << table.text();
}

}  // namespace

int run(const WhatIfCommand& command, App& app) {
    const auto answer = answered(command, app);
    if (!answer) return complain(answer.error());
    const std::string& language =
        command.language.empty() ? app.settings.language : command.language;
    if (command.format == Format::json) {
        print_json(*answer, language);
    } else {
        print_table(*answer, language);
    }
    return kExitWell;
}

}  // namespace narvaro
