#include "connectors/smtp.h"

#include <algorithm>

#include "connectors/smtp_connection.h"
#include "connectors/smtp_text.h"

namespace narvaro {
namespace {

using Moment = SmtpConnection::Moment;

constexpr int kReady = 354;
constexpr int kClosing = 421;
constexpr std::chrono::seconds kGoodbye{5};
constexpr std::chrono::seconds kLastWords{1};

bool is_well(int code) { return code / 100 == 2; }

Delivery stopped_at(MailStage stage, SmtpReply reply) {
    return {stage, reply.code, std::move(reply.words)};
}

/// "MAIL FROM:<…>" with what the server wants to know of the message.
std::string sender_command(const SmtpConnection& connection, const Mail& mail) {
    std::string command = "MAIL FROM:<" + mail.from + ">";
    if (connection.offers("SIZE")) command += " SIZE=" + std::to_string(mail.bytes.size());
    const bool eight_bits = std::any_of(mail.bytes.begin(), mail.bytes.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80;
    });
    if (eight_bits && connection.offers("8BITMIME")) command += " BODY=8BITMIME";
    return command;
}

}  // namespace

struct Smtp::Core {
    Core(asio::any_io_executor executor, SmtpLimits given)
        : loop{std::move(executor)}, limits{given} {}
    asio::any_io_executor loop;
    SmtpLimits limits;
    std::shared_ptr<SmtpConnection> kept;  ///< of the last message

    static Task<Result<Delivery>> send(std::shared_ptr<Core> core, MailServer server, Mail mail,
                                       BeforeEnd before_end);
    static Task<Delivery> envelope(std::shared_ptr<SmtpConnection> to, const Mail& mail,
                                   Moment until);
    static Task<Result<Delivery>> message(std::shared_ptr<Core> core,
                                          std::shared_ptr<SmtpConnection> to, const Mail& mail,
                                          const BeforeEnd& before_end, Moment until);
    static Task<void> quit(std::shared_ptr<Core> core);
    static Task<Delivery> knock(std::shared_ptr<Core> core, MailServer server);
};

/// Up to the server's leave to send the message; `done` when it gave that.
Task<Delivery> Smtp::Core::envelope(std::shared_ptr<SmtpConnection> to, const Mail& mail,
                                    Moment until) {
    const SmtpReply sender = co_await SmtpConnection::ask(to, sender_command(*to, mail), until);
    if (!is_well(sender.code)) co_return stopped_at(MailStage::sender, sender);
    const SmtpReply recipient =
        co_await SmtpConnection::ask(to, "RCPT TO:<" + mail.to + ">", until);
    if (!is_well(recipient.code)) co_return stopped_at(MailStage::recipient, recipient);
    const SmtpReply data = co_await SmtpConnection::ask(to, "DATA", until);
    if (data.code != kReady) co_return stopped_at(MailStage::data, data);
    co_return Delivery{};
}

Task<Result<Delivery>> Smtp::Core::message(std::shared_ptr<Core> core,
                                           std::shared_ptr<SmtpConnection> to, const Mail& mail,
                                           const BeforeEnd& before_end, Moment until) {
    const bool written = co_await SmtpConnection::write(to, dot_stuffed(mail.bytes), until);
    if (!written) {  // perhaps the server said why, before it went
        const Moment at_once = std::chrono::steady_clock::now() + kLastWords;
        const SmtpReply last = co_await SmtpConnection::read(to, at_once);
        co_return stopped_at(MailStage::data, last);
    }
    const Result<void> noted = before_end();
    if (!noted) co_return tl::unexpected<Error>{noted.error()};
    const bool ended = co_await SmtpConnection::write(to, ".\r\n", until);
    if (!ended) co_return Delivery{MailStage::answer, 0, "the connection was lost"};
    const SmtpReply reply =
        co_await SmtpConnection::read(to, std::chrono::steady_clock::now() + core->limits.answer);
    if (reply.code == 0) co_return stopped_at(MailStage::answer, reply);
    co_return stopped_at(is_well(reply.code) ? MailStage::done : MailStage::data, reply);
}

Task<Result<Delivery>> Smtp::Core::send(std::shared_ptr<Core> core, MailServer server, Mail mail,
                                        BeforeEnd before_end) {
    if (!fits_an_envelope(mail.from) || !fits_an_envelope(mail.to)) {
        co_return fail(Fault::usage, "an address of the mail is none that can be sent to");
    }
    const Moment until = std::chrono::steady_clock::now() + core->limits.whole;
    std::shared_ptr<SmtpConnection> to = std::move(core->kept);
    core->kept.reset();
    if (to && !to->is_to(server)) to.reset();
    Delivery met{MailStage::sender, 0, {}};
    if (to) met = co_await envelope(to, mail, until);
    // A kept connection that the server has closed meanwhile says nothing of this message.
    const bool tired = met.stage == MailStage::sender && (met.code == 0 || met.code == kClosing);
    if (tired) {
        to = std::make_shared<SmtpConnection>(core->loop, std::move(server), core->limits);
        const std::optional<Delivery> unreached = co_await SmtpConnection::open(to);
        if (unreached) co_return *unreached;
        met = co_await envelope(to, mail, until);
    }
    if (met.stage != MailStage::done) {
        if (met.code == 0 || met.code == kClosing) co_return met;
        const SmtpReply cleared = co_await SmtpConnection::ask(to, "RSET", until);
        if (is_well(cleared.code)) core->kept = to;
        co_return met;
    }
    Result<Delivery> delivered = co_await message(core, to, mail, before_end, until);
    if (delivered && delivered->code != 0 && delivered->code != kClosing) core->kept = to;
    co_return delivered;
}

Task<void> Smtp::Core::quit(std::shared_ptr<Core> core) {
    const std::shared_ptr<SmtpConnection> to = std::move(core->kept);
    core->kept.reset();
    if (!to) co_return;
    co_await SmtpConnection::ask(to, "QUIT", std::chrono::steady_clock::now() + kGoodbye);
}

Task<Delivery> Smtp::Core::knock(std::shared_ptr<Core> core, MailServer server) {
    core->kept = std::make_shared<SmtpConnection>(core->loop, std::move(server), core->limits);
    const std::optional<Delivery> unreached = co_await SmtpConnection::open(core->kept);
    if (unreached) {
        core->kept.reset();
        co_return *unreached;
    }
    co_await quit(core);
    co_return Delivery{};
}

Smtp::Smtp(asio::io_context& loop, SmtpLimits limits)
    : core_{std::make_shared<Core>(loop.get_executor(), limits)} {}

Smtp::~Smtp() { core_->kept.reset(); }

Task<Result<Delivery>> Smtp::send(MailServer server, Mail mail, BeforeEnd before_end) {
    return Core::send(core_, std::move(server), std::move(mail), std::move(before_end));
}

Task<void> Smtp::quit() { return Core::quit(core_); }

Task<Delivery> Smtp::knock(MailServer server) { return Core::knock(core_, std::move(server)); }

const char* name_of(MailStage stage) {
    switch (stage) {
        case MailStage::connect:
            return "connect";
        case MailStage::tls:
            return "tls";
        case MailStage::login:
            return "login";
        case MailStage::sender:
            return "sender";
        case MailStage::recipient:
            return "recipient";
        case MailStage::data:
            return "data";
        case MailStage::answer:
            return "answer";
        case MailStage::done:
            return "done";
    }
    return "unknown";
}

bool is_loopback_server(const std::string& url) {
    const std::size_t slashes = url.find("://");
    if (slashes == std::string::npos) return false;
    std::string host = url.substr(slashes + 3);
    host = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find_first_of(":/"));
    std::transform(host.begin(), host.end(), host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (host == "localhost" || host == "[::1]") return true;
    const bool numbers = host.find_first_not_of("0123456789.") == std::string::npos;
    return numbers && host.starts_with("127.");
}

}  // namespace narvaro
