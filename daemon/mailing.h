#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "connectors/smtp.h"
#include "daemon/clock.h"
#include "daemon/mail_step.h"
#include "daemon/outbox_lock.h"
#include "storage/store.h"

namespace narvaro {

/// Whether the configuration names a mail server.
bool sends_mail(const Settings& settings);

/// The configured mail server, with its password.
Result<MailServer> mail_server(const Settings& settings, const Environment& environment);

/// What hindered a delivery, and what to do: "mail server: login: 535 wrong password".
Error mail_error(const Delivery& delivery);

/// A fault of the mail server or of how it is configured, that keeps all mail from being sent.
struct MailServerFault {
    sys_seconds since;
    std::string what;
    std::string remedy;
};

/// What was last found of the mail server; empty: nothing is wrong.
Result<std::optional<MailServerFault>> mail_server_fault(const Store& store);

struct MailingOrder {
    std::optional<IsoWeek> week{};  ///< only its messages, and now; else all that are due
    std::function<bool()> goes_on = [] { return true; };  ///< asked before each message
};

struct MailNews {
    StoredMail mail;  ///< as it was before
    MailStep step;
};

/// How a round went.
struct MailingReport {
    std::vector<MailNews> news{};  ///< of each message that was tried or put off, in order
    std::optional<Error> fault{};  ///< what stopped it: the server, a secret, the database
};

/// Sends what waits in the outbox, one message after the other. Each step is stored before the
/// next is taken: see docs/decisions/0007. Store, settings and sender outlive it.
/// @param lock  proof that nobody else sends
Task<MailingReport> send_waiting(Store& store, const Settings& settings, MailSender& sender,
                                 Clock clock, MailingOrder order, const OutboxLock& lock);

}  // namespace narvaro
