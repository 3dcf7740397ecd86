// narvaro status: how each source fares, and the service.
#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

#include "daemon/commands/commands.h"
#include "daemon/table.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json instant_json(const std::optional<sys_seconds>& t) {
    return t ? Json(format_utc(*t)) : Json(nullptr);
}

Json gaps_json(const std::vector<StoredGap>& gaps, const std::string& source) {
    Json list = Json::array();
    for (const StoredGap& gap : gaps) {
        if (gap.source != source) continue;
        list.push_back({{"metric", gap.gap.metric},
                        {"dimension", gap.gap.dimension},
                        {"reason", name_of(gap.gap.reason)},
                        {"since", format_utc(gap.since)},
                        {"detail", gap.gap.detail}});
    }
    return list;
}

Json source_json(const SourceStatus& s, const std::vector<StoredGap>& gaps) {
    return {{"id", s.id},
            {"kind", name_of(s.kind)},
            {"last_success", instant_json(s.last_success)},
            {"last_attempt", instant_json(s.last_attempt)},
            {"next_poll", instant_json(s.next_poll)},
            {"consecutive_failures", s.consecutive_failures},
            {"error", s.error ? Json(s.error->what) : Json(nullptr)},
            {"remedy", s.error && !s.error->remedy.empty() ? Json(s.error->remedy) : Json(nullptr)},
            {"backfilled_since", instant_json(s.backfilled_since)},
            {"gaps", gaps_json(gaps, s.id)},
            {"warnings", s.warnings}};
}

std::string when(const std::optional<sys_seconds>& t, const Zone& zone) {
    return t ? zone.format(*t).substr(0, 16).replace(10, 1, " ") : "-";
}

void print_table(const std::vector<SourceStatus>& sources, const std::vector<StoredGap>& gaps,
                 const App& app, const std::string& config_error) {
    Table table{{{"SOURCE"},
                 {"KIND"},
                 {"LAST SUCCESS"},
                 {"NEXT POLL"},
                 {"FAILURES", Table::Align::right},
                 {"STATE", Table::Align::left, 100}}};
    for (const SourceStatus& s : sources) {
        table.add({s.id, name_of(s.kind), when(s.last_success, app.zone),
                   when(s.next_poll, app.zone), std::to_string(s.consecutive_failures),
                   s.error ? s.error->what : "ok"});
    }
    std::cout << table.text();
    for (const SourceStatus& s : sources) {
        if (s.error && !s.error->remedy.empty())
            std::cout << s.id << " -> " << s.error->remedy << "\n";
    }
    if (!gaps.empty()) {
        Table missing{{{"NOT READ"}, {"METRIC"}, {"SINCE"}, {"WHY", Table::Align::left, 100}}};
        for (const StoredGap& gap : gaps) {
            std::string metric = gap.gap.metric;
            if (!gap.gap.dimension.empty()) metric += "{" + gap.gap.dimension + "}";
            missing.add({gap.source, metric, when(gap.since, app.zone),
                         std::string{name_of(gap.gap.reason)} + ": " + gap.gap.detail});
        }
        std::cout << "\n" << missing.text();
    }
    if (!config_error.empty()) {
        std::cout << "\nThe service runs on its former configuration: " << config_error << "\n";
    }
    std::cout << "\nDatabase: " << database_file(app.settings).string() << "\n";
}

}  // namespace

int run(const StatusCommand& command, App& app) {
    auto sources = app.store.statuses();
    if (!sources) return complain(sources.error());
    std::erase_if(*sources, [](const SourceStatus& s) { return !s.configured; });
    const auto gaps = app.store.open_gaps({app.now, false});
    if (!gaps) return complain(gaps.error());
    const auto config_error = app.store.service_state("config_error");
    if (!config_error) return complain(config_error.error());
    if (command.format == Format::table) {
        print_table(*sources, *gaps, app, config_error->value_or(""));
        return kExitWell;
    }
    Json list = Json::array();
    for (const SourceStatus& s : *sources) list.push_back(source_json(s, *gaps));
    const Json json{
        {"sources", std::move(list)},
        {"service", {{"config_error", *config_error ? Json(**config_error) : Json(nullptr)}}},
        {"database", database_file(app.settings).string()}};
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return kExitWell;
}

}  // namespace narvaro
