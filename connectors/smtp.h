#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/coro.h"
#include "core/mail.h"
#include "core/result.h"
#include "core/secret.h"

namespace narvaro {

struct MailServer {
    std::string url;   ///< smtps://HOST[:PORT]; smtp://, with STARTTLS unless that is this machine
    std::string user;  ///< empty: no login
    Secret password;
    /// Trusted instead of the system's; empty: those. With it, a server on this machine is spoken
    /// to with TLS as well.
    std::filesystem::path ca_file;
};

/// Where a delivery came to its end.
enum class MailStage {
    connect,    ///< not reached, or it greeted us with a refusal
    tls,        ///< no TLS, or a certificate that is not trusted
    login,      ///< user and password were refused, or no login is offered
    sender,     ///< MAIL FROM
    recipient,  ///< RCPT TO
    data,       ///< DATA, the message itself, or what the server said of all of it
    answer,     ///< all of it was handed over, and no answer came: it may have been taken or not
    done,       ///< the server has taken it
};

/// "connect", "tls", …
const char* name_of(MailStage stage);

struct Delivery {
    MailStage stage = MailStage::done;
    int code = 0;       ///< the server's reply; 0: it said nothing
    std::string words;  ///< its last line, or what happened: one harmless line without secrets
    std::string remedy{};
};

struct SmtpLimits {
    std::chrono::milliseconds connect{30'000};  ///< greeting, TLS and login included
    std::chrono::milliseconds stall{60'000};    ///< for a reply, or until bytes can be sent on
    std::chrono::milliseconds whole{300'000};   ///< from connecting to the last byte
    std::chrono::milliseconds answer{300'000};  ///< after the end of the message
};

/// Told right before the end of the message is given away. An error keeps the end back, and the
/// server takes nothing.
using BeforeEnd = std::function<Result<void>()>;

/// Whatever can deliver a message. A test plays it.
class MailSender {
  public:
    MailSender() = default;
    MailSender(const MailSender&) = delete;
    MailSender& operator=(const MailSender&) = delete;
    virtual ~MailSender() = default;
    /// Delivers one message; failures of the network and words of the server are a Delivery.
    /// @return an Error when `before_end` gave one, or when an address cannot be sent to
    virtual Task<Result<Delivery>> send(MailServer server, Mail mail, BeforeEnd before_end) = 0;
    /// Says good-bye to a server whose connection was kept for the next message.
    virtual Task<void> quit() = 0;
};

/// Mail over libcurl, which connects, agrees on TLS (1.2 or newer, always verified) and logs in;
/// the dialogue of a message is our own, since libcurl's blocks the loop until the server has
/// answered, and ends a message that is broken off as if it were whole. One message at a time; a
/// connection is kept for the next one to the same server. Lives on the loop's one thread.
class Smtp : public MailSender {
  public:
    explicit Smtp(asio::io_context& loop, SmtpLimits limits = {});
    ~Smtp() override;
    Task<Result<Delivery>> send(MailServer server, Mail mail, BeforeEnd before_end) override;
    Task<void> quit() override;
    /// Connects, logs in and leaves again: what a check of the configuration wants to know.
    Task<Delivery> knock(MailServer server);

  private:
    struct Core;
    std::shared_ptr<Core> core_;
};

/// Whether the server is on this machine, so that what is said to it never leaves it.
bool is_loopback_server(const std::string& url);

}  // namespace narvaro
