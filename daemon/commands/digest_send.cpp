// narvaro digest --send: mails a week's digest now to those who have not got it.
#include <algorithm>
#include <iostream>
#include <thread>

#include "daemon/commands/commands.h"
#include "daemon/digest_compose.h"
#include "daemon/labelling.h"
#include "daemon/mailing.h"
#include "daemon/run_loop.h"
#include "daemon/table.h"

namespace narvaro {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kKnock{200};

/// Whether somebody on the list has no message of that composition.
Result<bool> is_lacked(const Composition& composition, const App& app) {
    const auto mails = app.store.mails(composition.week);
    if (!mails) return tl::unexpected{mails.error()};
    const auto& to = app.settings.digest->to;
    return std::any_of(to.begin(), to.end(), [&](const Recipient& r) {
        return std::none_of(mails->begin(), mails->end(), [&](const StoredMail& mail) {
            return mail.revision == composition.revision && mail.recipient == r.address;
        });
    });
}

/// Queues a composed digest for those who joined the list since.
Result<void> queue_for_who_lacks_it(const Composition& composition, App& app) {
    const auto lacked = is_lacked(composition, app);
    if (!lacked) return tl::unexpected{lacked.error()};
    if (!*lacked) return {};
    const auto context = parse_context(composition.context);
    if (!context) return tl::unexpected{context.error()};
    const auto again = compose_digest(app.settings, app.store, moment_of(composition), *context);
    if (!again) return tl::unexpected{again.error()};
    const auto queued =
        app.store.queue_mail(composition.week, composition.revision, again->mails, app.now);
    if (!queued) return tl::unexpected{queued.error()};
    return {};
}

/// Composes what is not composed yet, or a new revision, and queues it for all who lack it.
Result<void> queue_digest(IsoWeek week, bool anew, App& app) {
    if (!sends_mail(app.settings)) {
        return fail(Fault::config, "no mail server is configured",
                    "write smtp, from and to in [digest]");
    }
    if (app.zone.week(week).to > app.now) {
        return fail(Fault::usage, to_string(week) + " is not over yet",
                    "look at it with narvaro digest --week " + to_string(week));
    }
    const auto there = app.store.composition(week);
    if (!there) return tl::unexpected{there.error()};
    if (*there && !anew) return queue_for_who_lacks_it(**there, app);
    const auto context = present_context(app.settings, app.store, Labeller{app.settings.rules},
                                         week, app.now, app.now - seconds{1});
    if (!context) return tl::unexpected{context.error()};
    const int revision = *there ? (*there)->revision + 1 : 1;
    const auto published =
        publish_digest(app.settings, app.store, {week, revision, app.now, false}, *context);
    if (!published) return tl::unexpected{published.error()};
    return {};
}

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

int send_digest(IsoWeek week, bool anew, App& app) {
    const auto queued = queue_digest(week, anew, app);
    if (!queued) return complain(queued.error());
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
