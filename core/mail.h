#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace narvaro {

/// One message to one person, as it goes to the mail server.
struct Mail {
    std::string from;   ///< bare address: the envelope's sender
    std::string to;     ///< bare address
    std::string bytes;  ///< the whole message (RFC 5322), every line ended by CR LF
};

/// How far a queued message has come. See docs/decisions/0007.
enum class MailState {
    waiting,      ///< not sent yet, or to be sent again: safe to send
    sending,      ///< a connection is being made; the server cannot have taken it: safe to send
    handed,       ///< all of it may be with the server, whose answer is not known
    sent,         ///< the server said that it has taken it
    refused,      ///< the server said that it never will, or it was tried for too long
    unconfirmed,  ///< twice handed over and twice no answer: never sent by itself again
};

/// "waiting", "sending", "handed", "sent", "refused", "unconfirmed".
const char* name_of(MailState state);
std::optional<MailState> parse_mail_state(std::string_view text);

}  // namespace narvaro
