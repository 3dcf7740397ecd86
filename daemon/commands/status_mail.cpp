// narvaro status: the mail that has not come through.
#include "daemon/commands/status_mail.h"

#include <iostream>

#include <nlohmann/json.hpp>

#include "digest/plain_text.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

std::string when(sys_seconds t, const Zone& zone) {
    return zone.format(t).substr(0, 16).replace(10, 1, " ");
}

}  // namespace

Result<MailStatus> mail_status(const Store& store) {
    MailStatus status;
    const auto fault = mail_server_fault(store);
    if (!fault) return tl::unexpected{fault.error()};
    status.fault = *fault;
    const auto mails = store.mails({});
    if (!mails) return tl::unexpected{mails.error()};
    for (const StoredMail& mail : *mails) {
        // What was refused in former weeks is history; what waits is not.
        const bool waits = mail.state != MailState::refused && mail.state != MailState::unconfirmed;
        if (mail.state == MailState::sent) continue;
        if (waits || mail.week == mails->front().week) status.open.push_back(mail);
    }
    return status;
}

Json mail_json(const MailStatus& status) {
    Json json{{"server_fault", nullptr}, {"open", Json::array()}};
    if (status.fault) {
        json["server_fault"] = {{"since", format_utc(status.fault->since)},
                                {"what", status.fault->what},
                                {"remedy", status.fault->remedy}};
    }
    for (const StoredMail& mail : status.open) {
        json["open"].push_back(
            {{"week", to_string(mail.week)},
             {"revision", mail.revision},
             {"recipient", mail.recipient},
             {"state", name_of(mail.state)},
             {"attempts", mail.attempts},
             {"next_attempt",
              mail.next_attempt ? Json(format_utc(*mail.next_attempt)) : Json(nullptr)},
             {"said", mail.error}});
    }
    return json;
}

void print_mail(const MailStatus& status, const Zone& zone) {
    if (!status.fault && status.open.empty()) return;
    std::cout << "\n";
    if (status.fault) {
        std::cout << harmless_line(status.fault->what) << " (since "
                  << when(status.fault->since, zone) << ")\n    -> "
                  << harmless_line(status.fault->remedy) << "\n";
    }
    for (const StoredMail& mail : status.open) {
        std::cout << "digest " << to_string(mail.week) << " to " << mail.recipient << ": "
                  << name_of(mail.state);
        if (!mail.error.empty()) std::cout << ": " << harmless_line(mail.error);
        if (mail.next_attempt) std::cout << "; tried again " << when(*mail.next_attempt, zone);
        std::cout << "\n";
        if (mail.state == MailState::unconfirmed)
            std::cout << "    -> ask whether it came; narvaro digest --week "
                      << to_string(mail.week) << " prints it\n";
    }
}

}  // namespace narvaro
