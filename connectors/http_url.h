#pragma once
#include <string>

#include "core/result.h"

namespace narvaro {

/// An absolute http or https address in its parts, as libcurl reads them.
struct HttpUrl {
    std::string scheme;  ///< "http" or "https"
    std::string host;    ///< lower case, no brackets, no dot at the end
    std::string port;    ///< always given: "80", "443", …
    std::string path;    ///< begins with a slash
    std::string query;   ///< without the question mark; empty: none
    std::string text;    ///< the whole address without its fragment
    bool default_port() const { return port == (scheme == "https" ? "443" : "80"); }
    bool operator==(const HttpUrl&) const = default;
};

/// Fault::refused for another scheme and for an address with a user name or password in it, else
/// Fault::usage for what cannot be read. The error does not repeat the address.
Result<HttpUrl> parse_http_url(const std::string& url);

/// Where `location`, a redirect's or a document's own words, points to when it is met at `base`.
/// Spaces and bytes beyond ASCII are percent-encoded. Errors as in parse_http_url.
Result<HttpUrl> resolve_http_url(const HttpUrl& base, const std::string& location);

/// Host (with a port that is not the scheme's own) and path: what messages may name.
std::string place_of(const HttpUrl& url);
/// The same of an address in text; "the address" when it cannot be read.
std::string place_of(const std::string& url);

}  // namespace narvaro
