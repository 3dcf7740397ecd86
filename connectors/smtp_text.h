#pragma once
// What goes over an SMTP connection, as text. Inside connectors/ only.
#include <optional>
#include <string>
#include <string_view>

#include "core/secret.h"

namespace narvaro {

/// A line of a reply: "250-SIZE 1000".
struct ReplyLine {
    int code = 0;
    bool last = true;  ///< of its reply
    std::string_view text;
};

/// Empty for a line that is none: no three digits, or something else after them than " " or "-".
std::optional<ReplyLine> parse_reply_line(std::string_view line);

/// The server's words made harmless: printable ASCII, at most 300 letters; without the password,
/// plainly or as logins encode it.
std::string harmless_words(std::string_view words, const std::string& user, const Secret& password);

/// The message as it goes over the wire, without the final dot: a dot doubled at the start of a
/// line, and every line ended by CR LF, which a message in good order already has.
std::string dot_stuffed(std::string_view message);

/// Whether an address can stand between < and > in an envelope.
bool fits_an_envelope(std::string_view address);

}  // namespace narvaro
