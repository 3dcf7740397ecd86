#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/coro.h"
#include "core/observations.h"
#include "core/result.h"
#include "core/secret.h"

namespace narvaro {

/// One GET, or with a `form` one POST. The URL must not contain a secret; a token goes into
/// `bearer` or into the form.
struct HttpRequest {
    std::string url;  ///< absolute, http or https
    std::vector<std::pair<std::string, std::string>> headers;
    /// Sent as `Authorization: Bearer …` to the URL's own origin and nowhere else: a redirect of a
    /// request that carries a token is refused.
    Secret bearer;
    /// The body of a POST, names and values percent-encoded; empty: a GET. Never follows a
    /// redirect.
    Secret form;
    std::optional<Validators> validators;       ///< asks conditionally; never set for Meta
    std::size_t max_bytes = 16U << 20U;         ///< of the decoded body
    std::chrono::milliseconds timeout{30'000};  ///< the whole transfer, redirects included
    int max_redirects = 5;
};

/// A complete answer, whatever its status.
struct HttpReply {
    long status = 0;
    std::string body;                            ///< decoded (gzip, br, zstd)
    std::map<std::string, std::string> headers;  ///< names in lower case; the last of a name wins
    std::string url;                             ///< where the answer came from, after redirects
    bool moved_permanently = false;              ///< every hop on the way was a 301 or 308

    /// @return the header's value; empty when it was not sent.
    std::string header(const std::string& lower_case_name) const {
        const auto found = headers.find(lower_case_name);
        return found == headers.end() ? std::string{} : found->second;
    }
};

/// The network as connectors see it. An Error means that there is no complete answer (unreachable,
/// too slow, cut off, over a limit, TLS failure, forbidden by our own rules); a 404 or 500 is an
/// answer.
class Http {
  public:
    Http() = default;
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;
    virtual ~Http() = default;
    virtual Task<Result<HttpReply>> get(HttpRequest request) = 0;
};

/// Retry-After of a reply, in seconds from `now`; understands seconds and HTTP dates.
std::optional<std::chrono::seconds> retry_after(const HttpReply& reply, sys_seconds now);

}  // namespace narvaro
