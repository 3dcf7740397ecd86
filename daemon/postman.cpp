#include "daemon/postman.h"

#include "daemon/log.h"

namespace narvaro {
namespace {

/// How long a mail server that has a whole message may take to answer when the service must end.
constexpr std::chrono::seconds kLastWords{4};
/// How soon sending goes on after the database failed it.
constexpr std::chrono::minutes kAgain{1};

void log_fault(const Error& fault) {
    const log::Fields fields{{"what", fault.what}, {"remedy", fault.remedy}};
    if (fault.fault == Fault::network)
        log::warning("mail cannot be sent", fields);
    else
        log::error("mail cannot be sent", fields);
}

void log_news(const MailNews& news) {
    const log::Fields fields{{"week", to_string(news.mail.week)},
                             {"recipient", news.mail.recipient},
                             {"message_id", news.mail.message_id},
                             {"said", news.step.detail}};
    if (news.step.to == MailState::sent)
        log::info("mail sent", fields);
    else if (news.step.to == MailState::waiting)
        log::warning("mail put off", fields);
    else
        log::error("mail not sent", fields);
}

}  // namespace

Postman::Postman(asio::io_context& loop, Store& store, Clock clock)
    : loop_(loop), store_(store), clock_(std::move(clock)), patience_(loop) {}

void Postman::see_to_it(std::shared_ptr<const Settings> settings,
                        std::shared_ptr<MailSender> sender) {
    if (sending_ || ended_ || !sends_mail(*settings)) return;
    const sys_seconds now = clock_();
    if (now < again_ && again_ - now <= kAgain) return;
    const auto due = store_.mail_due(now, kLongestMailWait);
    if (due && !*due) return;
    auto lock = due ? OutboxLock::take(settings->state) : tl::unexpected{due.error()};
    if (!lock) {
        again_ = now + kAgain;
        return log_fault(lock.error());
    }
    if (!*lock) return;  // a person sends right now
    sending_ = true;
    asio::co_spawn(loop_, send(std::move(settings), std::move(sender), std::move(**lock)),
                   [this](const std::exception_ptr& error) { round_ended(error != nullptr); });
}

Task<void> Postman::send(std::shared_ptr<const Settings> settings,
                         std::shared_ptr<MailSender> sender, OutboxLock lock) {
    MailingOrder order;
    order.goes_on = [this] { return !ended_; };
    const MailingReport report =
        co_await send_waiting(store_, *settings, *sender, clock_, std::move(order), lock);
    tell_of(report);
}

void Postman::round_ended(bool broke_off) {
    sending_ = false;
    patience_.cancel();
    if (broke_off) {
        again_ = clock_() + kAgain;
        log::error("mail broke off");
    }
    if (ended_) ended_();
}

void Postman::finish(std::function<void()> ended) {
    ended_ = std::move(ended);
    if (!sending_) return ended_();
    patience_.expires_after(kLastWords);
    patience_.async_wait([this](const boost::system::error_code& error) {
        if (!error) ended_();
    });
}

void Postman::tell_of(const MailingReport& report) {
    for (const MailNews& news : report.news) log_news(news);
    const std::string fault = report.fault ? report.fault->what : "";
    if (report.fault && report.fault->fault == Fault::storage) again_ = clock_() + kAgain;
    if (report.fault && fault != fault_) log_fault(*report.fault);
    fault_ = fault;
}

}  // namespace narvaro
