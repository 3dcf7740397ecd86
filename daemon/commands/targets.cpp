// narvaro targets: the plan's targets as of an instant.
#include "analytics/targets.h"

#include <iostream>

#include <nlohmann/json.hpp>

#include "daemon/commands/commands.h"
#include "daemon/stored_facts.h"
#include "daemon/table.h"
#include "daemon/targets_csv.h"
#include "digest/standing_words.h"
#include "digest/target_json.h"
#include "digest/week.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

/// One plan with its results.
struct Evaluated {
    const Plan* plan;
    Zone zone;
    sys_seconds as_of;
    std::vector<TargetResult> results;
};

Result<Evaluated> evaluated(const Plan& plan, const TargetsCommand& command, const App& app) {
    auto zone = Zone::find(plan.zone);
    if (!zone) return tl::unexpected{zone.error()};
    const auto as_of =
        command.as_of.empty() ? Result<sys_seconds>{app.now} : parse_as_of(command.as_of, *zone);
    if (!as_of) return tl::unexpected{as_of.error()};
    const StoredFacts facts{app.store, command.known_then ? as_known_at(*as_of) : AsOf{*as_of}};
    auto results = evaluate_all(plan, app.settings.places, facts, *as_of);
    if (!results) return tl::unexpected{results.error()};
    return Evaluated{&plan, std::move(*zone), *as_of, std::move(*results)};
}

Json plan_json(const Evaluated& e, const std::string& language) {
    Json targets = Json::array();
    for (std::size_t i = 0; i < e.results.size(); ++i) {
        targets.push_back(target_json(e.plan->targets[i], e.results[i], e.zone, language));
    }
    return {
        {"plan", e.plan->id}, {"as_of", e.zone.format(e.as_of)}, {"targets", std::move(targets)}};
}

/// What is not plainly measured, and what is to be minded.
void print_remarks(const Evaluated& e, std::size_t i, const std::string& language) {
    for (const Standing& standing : e.results[i].standings) {
        const bool plain =
            standing.how == Measurability::measured || standing.how == Measurability::confirmed;
        if (plain) continue;
        std::cout << "  " << e.plan->targets[i].id << ": "
                  << standing_words(standing, e.zone, language) << "\n";
    }
    for (const Caution caution : e.results[i].cautions) {
        std::cout << "  " << e.plan->targets[i].id << ": " << caution_words(caution, language)
                  << "\n";
    }
}

void print_table(const Evaluated& e, const std::string& language) {
    Table table{{{"ID"},
                 {"TARGET", Table::Align::left, 44},
                 {"NOW", Table::Align::right},
                 {"GOAL", Table::Align::right},
                 {"STATE"},
                 {"NEEDED", Table::Align::left, 60}}};
    for (std::size_t i = 0; i < e.results.size(); ++i) {
        const Target& target = e.plan->targets[i];
        const TargetResult& result = e.results[i];
        const std::string reason = reason_words(result, language);
        table.add({target.id, target.name.in(language), value_words(result, target, language),
                   goal_words(result, target, language), state_word(result.state, language),
                   reason.empty() ? needed_words(result, target, e.zone, language) : reason});
    }
    std::cout << e.plan->name.in(language) << "  " << e.zone.format(e.as_of) << "\n"
              << table.text() << "\n"
              << measurability_total(e.results, language) << "\n";
    for (std::size_t i = 0; i < e.results.size(); ++i) print_remarks(e, i, language);
}

void print_csv(const Evaluated& e, const std::string& language) {
    for (std::size_t i = 0; i < e.results.size(); ++i) {
        std::cout << target_csv_line(e.plan->id, e.as_of, e.plan->targets[i], e.results[i], e.zone,
                                     language);
    }
}

void print(const Evaluated& e, Format format, const std::string& language) {
    if (format == Format::table) return print_table(e, language);
    if (format == Format::csv) return print_csv(e, language);
    const Json json = plan_json(e, language);
    if (format == Format::jsonl) {
        for (const Json& target : json["targets"]) std::cout << target.dump() << "\n";
        return;
    }
    std::cout << json.dump(2) << "\n";
}

}  // namespace

int run(const TargetsCommand& command, App& app) {
    std::vector<Evaluated> all;
    std::string known;
    for (const Plan& plan : app.settings.plans) {
        known += (known.empty() ? "" : ", ") + plan.id;
        if (!command.plan.empty() && plan.id != command.plan) continue;
        auto e = evaluated(plan, command, app);
        if (!e) return complain(e.error());
        all.push_back(std::move(*e));
    }
    if (all.empty()) {
        return complain({Fault::usage,
                         "there is no plan \"" + command.plan + "\"; configured: " + known,
                         "",
                         {}});
    }
    const std::string& language = app.settings.language;
    if (command.format == Format::csv) std::cout << targets_csv_header();
    if (command.format == Format::json && all.size() > 1) {
        Json list = Json::array();
        for (const Evaluated& e : all) list.push_back(plan_json(e, language));
        std::cout << list.dump(2) << "\n";
        return kExitWell;
    }
    for (const Evaluated& e : all) print(e, command.format, language);
    return kExitWell;
}

}  // namespace narvaro
