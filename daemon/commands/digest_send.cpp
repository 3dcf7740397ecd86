// narvaro digest --send: mails a week's digest now to those who have not got it.
#include <iostream>
#include <thread>

#include "daemon/commands/commands.h"
#include "daemon/mailing.h"
#include "daemon/run_loop.h"
#include "daemon/table.h"

namespace narvaro {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kKnock{200};

/// Waits a little for whoever sends right now.
Result<OutboxLock> lock_outbox(const Settings& settings) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    for (bool said = false;; said = true) {
        auto lock = OutboxLock::take(settings.state);
        if (!lock) return tl::unexpected{lock.error()};
        if (*lock) return std::move(**lock);
        if (std::chrono::steady_clock::now() > until) {
            return fail(Fault::storage, "the service is sending mail",
                        "look at narvaro digest --log, and try again in a minute");
        }
        if (!said) std::cerr << "narvaro: waits for the service, which is sending mail\n";
        std::this_thread::sleep_for(kKnock);
    }
}

std::string last_words(const Store& store, const StoredMail& mail) {
    const auto events = store.mail_events(mail.id);
    return events && !events->empty() ? events->back().detail : mail.error;
}

int print_outcome(const App& app, IsoWeek week) {
    const auto mails = app.store.mails(week);
    if (!mails) return complain(mails.error());
    bool well = !mails->empty();
    Table table{{{"RECIPIENT"}, {"STATE"}, {"SAID", Table::Align::left, 100}}};
    for (const StoredMail& mail : *mails) {
        table.add({mail.recipient, name_of(mail.state), last_words(app.store, mail)});
        well = well && mail.state == MailState::sent;
    }
    std::cout << table.text();
    return well ? kExitWell : kExitFailed;
}

}  // namespace

int send_digest(IsoWeek week, App& app) {
    if (!sends_mail(app.settings)) {
        return complain({Fault::config,
                         "no mail server is configured",
                         "write smtp, from and to in [digest]",
                         {}});
    }
    const auto composition = app.store.composition(week);
    if (!composition) return complain(composition.error());
    if (!*composition) {
        return complain({Fault::not_found, to_string(week) + " is not composed yet", "", {}});
    }
    const auto clock = clock_from_environment();
    if (!clock) return complain(clock.error());
    const auto lock = lock_outbox(app.settings);
    if (!lock) return complain(lock.error());
    asio::io_context loop;
    Smtp smtp{loop};
    MailingOrder order;
    order.week = week;
    const MailingReport report =
        run_on(loop, send_waiting(app.store, app.settings, smtp, *clock, std::move(order), *lock));
    if (report.fault) complain(*report.fault);
    return print_outcome(app, week);
}

}  // namespace narvaro
