// narvaro status: how each source fares, and the service.
#include <algorithm>
#include <iostream>
#include <tuple>

#include <nlohmann/json.hpp>

#include "config/duration.h"
#include "daemon/commands/commands.h"
#include "daemon/commands/status_mail.h"
#include "daemon/meta_access.h"
#include "daemon/poller.h"
#include "daemon/table.h"
#include "daemon/timetable.h"
#include "daemon/token_state.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json instant_json(const std::optional<sys_seconds>& t) {
    return t ? Json(format_utc(*t)) : Json(nullptr);
}

/// Empty for a source without a token, and for a token that was never looked at.
std::optional<TokenState> token_state_of(const App& app, const std::string& source) {
    for (const ConfiguredSource& s : app.settings.sources) {
        const auto ref = token_ref(s, app.settings);
        if (s.source.id != source || !ref) continue;
        const auto state = token_state(app.store, to_string(*ref));
        return state ? *state : std::nullopt;
    }
    return {};
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

/// What was last heard of the source's token; null for a source without one.
Json token_json(const App& app, const std::string& source) {
    const auto state = token_state_of(app, source);
    if (!state) return nullptr;
    const auto days = token_days_left(*state, app.now);
    return {{"valid", state->valid},
            {"expires_at", instant_json(state->expires)},
            {"data_access_expires_at", instant_json(state->data_access_expires)},
            {"days_left", days ? Json(*days) : Json(nullptr)},
            {"checked_at", format_utc(state->checked)}};
}

Json source_json(const App& app, const SourceStatus& s, const std::vector<StoredGap>& gaps) {
    return {{"id", s.id},
            {"kind", name_of(s.kind)},
            {"last_success", instant_json(s.last_success)},
            {"last_attempt", instant_json(s.last_attempt)},
            {"next_poll", instant_json(s.next_poll)},
            {"consecutive_failures", s.consecutive_failures},
            {"error", s.error ? Json(s.error->what) : Json(nullptr)},
            {"remedy", s.error && !s.error->remedy.empty() ? Json(s.error->remedy) : Json(nullptr)},
            {"backfilled_since", instant_json(s.backfilled_since)},
            {"moved_to", s.moved_to.empty() ? Json(nullptr) : Json(s.moved_to)},
            {"token", token_json(app, s.id)},
            {"gaps", gaps_json(gaps, s.id)},
            {"warnings", s.warnings}};
}

std::string when(const std::optional<sys_seconds>& t, const Zone& zone) {
    return t ? zone.format(*t).substr(0, 16).replace(10, 1, " ") : "-";
}

void print_table(const std::vector<SourceStatus>& sources, const std::vector<StoredGap>& gaps,
                 const App& app, const std::string& config_error, const MailStatus& mail) {
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
    for (const SourceStatus& s : sources) {
        const auto state = token_state_of(app, s.id);
        const auto warning = state ? token_warning(*state, app.now, {}) : std::nullopt;
        if (!warning) continue;
        std::cout << s.id << ": " << harmless_line(warning->what) << "\n    -> " << warning->remedy
                  << "\n";
    }
    for (const MetaEnding& ending : meta_endings(app.settings, app.now)) {
        std::cout << "[meta] " << to_line(ending, app.now) << "\n";
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
    for (const SourceStatus& s : sources) {
        for (const std::string& warning : s.warnings)
            std::cout << s.id << ": " << harmless_line(warning) << "\n";
    }
    print_mail(mail, app.zone);
    if (!config_error.empty()) {
        std::cout << "\nThe service runs on its former configuration: " << config_error << "\n";
    }
    std::cout << "\nDatabase: " << database_file(app.settings).string() << "\n";
}

Json departure_json(const Departure& d) {
    return {{"source", d.source},
            {"beat", d.beat.empty() ? Json(nullptr) : Json(d.beat)},
            {"next", instant_json(d.next)},
            {"every_seconds", d.every.count()},
            {"why", d.why}};
}

Result<std::vector<Departure>> timetable(const App& app,
                                         const std::vector<SourceStatus>& statuses) {
    std::vector<Departure> all;
    for (const ConfiguredSource& s : app.settings.sources) {
        const auto status =
            std::find_if(statuses.begin(), statuses.end(),
                         [&](const SourceStatus& known) { return known.id == s.source.id; });
        if (status == statuses.end()) continue;
        const auto wait = app.store.host_wait(host_of(s.source, app.settings));
        if (!wait) return tl::unexpected{wait.error()};
        for (Departure& d : departures(s.source, *status, *wait)) all.push_back(std::move(d));
    }
    std::sort(all.begin(), all.end(), [](const Departure& a, const Departure& b) {
        return std::tie(a.next, a.source, a.beat) < std::tie(b.next, b.source, b.beat);
    });
    return all;
}

int print_timetable(const StatusCommand& command, const App& app,
                    const std::vector<SourceStatus>& statuses) {
    const auto all = timetable(app, statuses);
    if (!all) return complain(all.error());
    if (command.format == Format::json) {
        Json list = Json::array();
        for (const Departure& d : *all) list.push_back(departure_json(d));
        std::cout << Json{{"schedule", std::move(list)}}.dump(2) << "\n";
        return kExitWell;
    }
    Table table{{{"NEXT"}, {"SOURCE"}, {"WHAT"}, {"EVERY"}, {"WHY"}}};
    for (const Departure& d : *all) {
        table.add({when(d.next, app.zone), d.source, d.beat.empty() ? "all" : d.beat,
                   duration_text(d.every), d.why});
    }
    std::cout << table.text();
    return kExitWell;
}

}  // namespace

int run(const StatusCommand& command, App& app) {
    auto sources = app.store.statuses();
    if (!sources) return complain(sources.error());
    std::erase_if(*sources, [](const SourceStatus& s) { return !s.configured; });
    if (command.schedule) return print_timetable(command, app, *sources);
    const auto gaps = app.store.open_gaps({app.now});
    if (!gaps) return complain(gaps.error());
    const auto config_error = app.store.service_state("config_error");
    if (!config_error) return complain(config_error.error());
    const auto down = app.store.service_state("network_down_since");
    if (!down) return complain(down.error());
    const auto mail = mail_status(app.store);
    if (!mail) return complain(mail.error());
    if (command.format == Format::table) {
        print_table(*sources, *gaps, app, config_error->value_or(""), *mail);
        return kExitWell;
    }
    Json list = Json::array();
    for (const SourceStatus& s : *sources) list.push_back(source_json(app, s, *gaps));
    const Json json{{"sources", std::move(list)},
                    {"service",
                     {{"config_error", *config_error ? Json(**config_error) : Json(nullptr)},
                      {"network_down_since", *down ? Json(**down) : Json(nullptr)}}},
                    {"mail", mail_json(*mail)},
                    {"database", database_file(app.settings).string()}};
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return kExitWell;
}

}  // namespace narvaro
