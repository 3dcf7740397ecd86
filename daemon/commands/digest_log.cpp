// narvaro digest --log: what went to whom, and what the mail server said.
#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

#include "daemon/commands/commands.h"
#include "daemon/csv.h"
#include "daemon/table.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

struct LoggedMail {
    StoredMail mail;
    std::vector<MailEvent> events;
    const MailEvent& last() const { return events.back(); }
};

Result<std::vector<LoggedMail>> logged(const Store& store, std::optional<IsoWeek> week) {
    const auto mails = store.mails(week);
    if (!mails) return tl::unexpected{mails.error()};
    std::vector<LoggedMail> all;
    for (const StoredMail& mail : *mails) {
        auto events = store.mail_events(mail.id);
        if (!events) return tl::unexpected{events.error()};
        if (events->empty()) events->push_back({mail.queued_at, "queued", ""});
        all.push_back({mail, std::move(*events)});
    }
    return all;
}

Json mail_json(const LoggedMail& logged) {
    const StoredMail& m = logged.mail;
    Json json{{"week", to_string(m.week)},
              {"revision", m.revision},
              {"recipient", m.recipient},
              {"language", m.language},
              {"message_id", m.message_id},
              {"state", name_of(m.state)},
              {"attempts", m.attempts},
              {"answers_lost", m.answers_lost},
              {"queued_at", format_utc(m.queued_at)},
              {"next_attempt", m.next_attempt ? Json(format_utc(*m.next_attempt)) : Json(nullptr)},
              {"events", Json::array()}};
    for (const MailEvent& event : logged.events) {
        json["events"].push_back(
            {{"at", format_utc(event.at)}, {"what", event.what}, {"said", event.detail}});
    }
    return json;
}

std::string when(sys_seconds t, const Zone& zone) {
    return zone.format(t).substr(0, 16).replace(10, 1, " ");
}

void print_csv(const std::vector<LoggedMail>& all) {
    std::cout << csv_line({"week", "revision", "recipient", "language", "message_id", "state",
                           "attempts", "at", "what", "said"});
    for (const LoggedMail& logged : all) {
        const StoredMail& m = logged.mail;
        for (const MailEvent& event : logged.events) {
            std::cout << csv_line({to_string(m.week), std::to_string(m.revision), m.recipient,
                                   m.language, m.message_id, name_of(m.state),
                                   std::to_string(m.attempts), format_utc(event.at), event.what,
                                   event.detail});
        }
    }
}

void print_text(const std::vector<LoggedMail>& all, const Zone& zone) {
    if (all.empty()) {
        std::cout << "No mail was queued.\n";
        return;
    }
    Table table{{{"WEEK"},
                 {"REVISION", Table::Align::right},
                 {"RECIPIENT"},
                 {"STATE"},
                 {"ATTEMPTS", Table::Align::right},
                 {"WHEN"},
                 {"SAID", Table::Align::left, 100}}};
    for (const LoggedMail& logged : all) {
        const StoredMail& m = logged.mail;
        table.add({to_string(m.week), std::to_string(m.revision), m.recipient, name_of(m.state),
                   std::to_string(m.attempts), when(logged.last().at, zone), logged.last().detail});
    }
    std::cout << table.text();
    // What a person who has got a message twice wants to know.
    for (const LoggedMail& logged : all) {
        for (const MailEvent& event : logged.events) {
            if (event.what != "answer lost") continue;
            std::cout << to_string(logged.mail.week) << " " << logged.mail.recipient << ": "
                      << when(event.at, zone) << " " << event.detail << "\n";
        }
    }
}

}  // namespace

int print_digest_log(const DigestCommand& command, App& app) {
    std::optional<IsoWeek> week;
    if (!command.week.empty()) {
        week = parse_week(command.week);
        if (!week) {
            return complain({Fault::usage,
                             "--week: \"" + command.week + "\" is not a week",
                             "write it as 2021-W07; a year has 52 or 53",
                             {}});
        }
    }
    const auto all = logged(app.store, week);
    if (!all) return complain(all.error());
    if (command.form == "csv") {
        print_csv(*all);
    } else if (command.form == "json") {
        Json list = Json::array();
        for (const LoggedMail& mail : *all) list.push_back(mail_json(mail));
        std::cout << Json{{"mails", std::move(list)}}.dump(2, ' ', false,
                                                           Json::error_handler_t::replace)
                  << "\n";
    } else {
        print_text(*all, app.zone);
    }
    return kExitWell;
}

}  // namespace narvaro
