#include "daemon/mailing.h"

#include <algorithm>

#include "daemon/environment.h"
#include "daemon/log.h"

namespace narvaro {
namespace {

constexpr char kFaultKey[] = "mail_server_fault";

/// Three lines: since when, what, and what to do.
std::string fault_text(const MailServerFault& fault) {
    return format_utc(fault.since) + "\n" + fault.what + "\n" + fault.remedy;
}

std::string remedy_of(const Delivery& delivery) {
    if (!delivery.remedy.empty()) return delivery.remedy;
    switch (delivery.stage) {
        case MailStage::login:
            return "check [digest] user and password, then: narvaro check --environment";
        case MailStage::sender:
            return "let the server take mail from [digest] from, or log in as who may send as it";
        case MailStage::recipient:
        case MailStage::data:
            return "write [digest] user and password";
        default:
            return "check [digest] smtp, then: narvaro check --environment";
    }
}

class Round {
  public:
    Round(Store& store, const Settings& settings, MailSender& sender, Clock clock,
          MailingOrder order)
        : store_(store),
          settings_(settings),
          sender_(sender),
          clock_(std::move(clock)),
          order_(std::move(order)) {}

    Task<MailingReport> run() {
        report_.fault = co_await go();
        co_await sender_.quit();
        co_return std::move(report_);
    }

  private:
    Task<std::optional<Error>> go() {
        if (const auto failed = take_up_interrupted()) co_return failed;
        const auto mails = waiting();
        if (!mails) co_return mails.error();
        if (mails->empty()) co_return std::nullopt;
        const auto server = mail_server(settings_, process_environment());
        if (!server) co_return put_off_all(*mails, 0, configuration_fault(server.error()));
        for (std::size_t i = 0; i < mails->size() && order_.goes_on(); ++i) {
            const StoredMail& mail = (*mails)[i];
            if (!is_recipient(mail.recipient)) {
                if (const auto failed = drop(mail)) co_return failed;
                continue;
            }
            const Result<std::optional<Delivery>> tried = co_await deliver(mail, *server);
            if (!tried) co_return tried.error();
            if (!*tried) continue;
            if (!concerns_every_mail(**tried)) {
                if (const auto failed = forget_fault()) co_return failed;
                continue;
            }
            co_return put_off_all(*mails, i + 1, **tried);
        }
        co_return std::nullopt;
    }

    Result<std::vector<StoredMail>> waiting() const {
        if (!order_.week) return store_.due_mails(clock_(), kLongestMailWait);
        auto mails = store_.mails(order_.week);
        if (mails) {
            std::erase_if(*mails,
                          [](const StoredMail& m) { return m.state != MailState::waiting; });
        }
        return mails;
    }

    bool is_recipient(const std::string& address) const {
        const auto& to = settings_.digest->to;
        return std::any_of(to.begin(), to.end(),
                           [&](const Recipient& r) { return r.address == address; });
    }

    std::optional<Error> take(const StoredMail& mail, const MailStep& step) {
        const Result<bool> taken = store_.step_mail(step);
        if (!taken) return taken.error();
        if (!*taken) return Error{Fault::storage, "the outbox was changed by somebody else", ""};
        report_.news.push_back({mail, step});
        return {};
    }

    /// With the lock in our hands, whoever was in the middle of a message has ended.
    std::optional<Error> take_up_interrupted() {
        const auto mails = store_.interrupted_mails();
        if (!mails) return mails.error();
        for (const StoredMail& mail : *mails) {
            if (auto failed = take(mail, step_after_interruption(mail, clock_()))) return failed;
        }
        return {};
    }

    /// Who was taken out of the configuration gets no more mail.
    std::optional<Error> drop(const StoredMail& mail) {
        return take(mail, {mail.id, MailState::waiting, MailState::refused, clock_(), "dropped",
                           "no longer among [digest] to"});
    }

    /// @return empty when the message was not ours to send any more
    Task<Result<std::optional<Delivery>>> deliver(const StoredMail& mail,
                                                  const MailServer& server) {
        const Result<std::string> bytes = store_.mail_bytes(mail.id);
        if (!bytes) co_return tl::unexpected{bytes.error()};
        const Result<bool> begun = store_.step_mail(
            {mail.id, MailState::waiting, MailState::sending, clock_(), "sending"});
        if (!begun) co_return tl::unexpected{begun.error()};
        if (!*begun) co_return std::optional<Delivery>{};
        MailState at = MailState::sending;
        const auto note_handed = [this, &at, id = mail.id]() -> Result<void> {
            const Result<bool> noted =
                store_.step_mail({id, MailState::sending, MailState::handed, clock_(), "handed"});
            if (!noted) return tl::unexpected{noted.error()};
            if (!*noted) return fail(Fault::storage, "the outbox was changed by somebody else");
            at = MailState::handed;
            return {};
        };
        const Result<Delivery> delivery = co_await sender_.send(
            server, Mail{settings_.digest->from, mail.recipient, *bytes}, note_handed);
        if (!delivery && delivery.error().fault != Fault::usage) {
            co_return tl::unexpected{delivery.error()};
        }
        const MailStep step = delivery ? step_after(mail, at, *delivery, clock_())
                                       : cannot_be_sent(mail, delivery.error());
        if (const auto failed = take(mail, step)) co_return tl::unexpected{*failed};
        if (!delivery) co_return std::optional<Delivery>{};
        co_return std::optional{*delivery};
    }

    MailStep cannot_be_sent(const StoredMail& mail, const Error& error) const {
        return {mail.id, MailState::sending, MailState::refused, clock_(), "refused", error.what};
    }

    static Delivery configuration_fault(const Error& error) {
        return {MailStage::login, 0, error.what, error.remedy};
    }

    /// The others would fare the same: they wait as long, and the server is left alone.
    Error put_off_all(const std::vector<StoredMail>& mails, std::size_t first,
                      const Delivery& why) {
        for (std::size_t i = first; i < mails.size(); ++i) {
            MailStep step = step_after(mails[i], MailState::waiting, why, clock_());
            step.tried = true;
            if (const auto failed = take(mails[i], step)) return *failed;
        }
        const Error error = mail_error(why);
        if (!is_server_fault(why)) return error;
        const auto known = mail_server_fault(store_);
        const bool same = known && *known && (*known)->what == error.what;
        const auto kept = store_.set_service_state(
            kFaultKey, fault_text({same ? (*known)->since : clock_(), error.what, error.remedy}));
        return kept ? error : kept.error();
    }

    std::optional<Error> forget_fault() {
        const auto known = mail_server_fault(store_);
        if (!known) return known.error();
        if (!*known) return {};
        const auto done = store_.set_service_state(kFaultKey, std::nullopt);
        if (!done) return done.error();
        return {};
    }

    Store& store_;
    const Settings& settings_;
    MailSender& sender_;
    Clock clock_;
    MailingOrder order_;
    MailingReport report_;
};

}  // namespace

Error mail_error(const Delivery& delivery) {
    std::string what = std::string{"mail server: "} + name_of(delivery.stage) + ": ";
    if (delivery.code != 0) what += std::to_string(delivery.code) + " ";
    Fault fault = Fault::network;
    if (is_server_fault(delivery)) {
        fault = delivery.stage == MailStage::login ? Fault::auth : Fault::config;
    }
    return {fault, what + delivery.words,
            is_server_fault(delivery) ? remedy_of(delivery) : delivery.remedy};
}

bool sends_mail(const Settings& settings) {
    return settings.digest && !settings.digest->smtp.empty();
}

Result<MailServer> mail_server(const Settings& settings, const Environment& environment) {
    if (!sends_mail(settings)) {
        return fail(Fault::config, "no mail server is configured",
                    "write smtp, from and to in [digest]");
    }
    MailServer server;
    server.url = settings.digest->smtp;
    server.user = settings.digest->user;
    server.ca_file = settings.digest->ca_file;
    if (!settings.digest->password) return server;
    Result<Secret> password = resolve(*settings.digest->password, environment);
    if (!password) return fail(std::move(password.error()), "[digest] password");
    log::mask(*password);
    server.password = std::move(*password);
    return server;
}

Result<std::optional<MailServerFault>> mail_server_fault(const Store& store) {
    const auto text = store.service_state(kFaultKey);
    if (!text) return tl::unexpected{text.error()};
    if (!*text) return std::nullopt;
    const std::string& lines = **text;
    const std::size_t first = lines.find('\n');
    const std::size_t second = lines.find('\n', first + 1);
    if (first == std::string::npos || second == std::string::npos) return std::nullopt;
    const auto since = parse_instant(lines.substr(0, first));
    return MailServerFault{since.value_or(sys_seconds{}),
                           lines.substr(first + 1, second - first - 1), lines.substr(second + 1)};
}

Task<MailingReport> send_waiting(Store& store, const Settings& settings, MailSender& sender,
                                 Clock clock, MailingOrder order, const OutboxLock& /*lock*/) {
    Round round{store, settings, sender, std::move(clock), std::move(order)};
    MailingReport report = co_await round.run();
    co_return report;
}

}  // namespace narvaro
