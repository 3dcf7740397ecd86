#pragma once
#include <string>
#include <vector>

#include "core/time.h"
#include "digest/chart.h"

namespace narvaro {

/// Whom a digest goes to, and what ties it to the others of its thread.
struct DigestEnvelope {
    std::string from;        ///< bare address
    std::string from_name;   ///< "narvaro"
    std::string to;          ///< bare address
    std::string message_id;  ///< without angle brackets
    std::string references;  ///< the week before's to the same recipient; empty: it is the first
    sys_seconds date;
    std::string list_id;  ///< "narvaro.example.org"
};

/// What a digest says in one language, rendered.
struct DigestBody {
    std::string language;
    std::string subject;
    std::string text;
    std::string html;
    std::vector<DigestPicture> pictures;  ///< those that the HTML shows
    std::string csv;                      ///< the targets
    std::string csv_name;                 ///< "narvaro-2026-W47.csv"
};

/// The message as it is sent: RFC 5322 with CRLF line ends and lines of at most 998 bytes, made of
/// plain text, HTML with its pictures, and the CSV. The same envelope and body give the same bytes.
/// Headers are encoded, so that nothing in them can begin another.
std::string render_message(const DigestEnvelope& envelope, const DigestBody& body);

/// "2026-W47.1.0123456789abcdef@example.org": stable for a week, revision and recipient, and tells
/// nobody else's address.
std::string digest_message_id(IsoWeek week, int revision, const std::string& to,
                              const std::string& from);

}  // namespace narvaro
