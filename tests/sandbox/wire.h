#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "http.h"
#include "state.h"

namespace narvaro::sandbox {

/// A head of HTTP/1.1: the first line and the header lines.
struct Head {
    std::string first_line;
    Headers headers;
};

/// @param text  up to and without the empty line. @return empty when a line is ill-formed
std::optional<Head> parse_head(std::string_view text);
/// @return the number; 0 when the header is absent; empty when it is no number
std::optional<std::size_t> content_length(const Headers& headers);
/// Method, path and query of a request's head; empty when the first line is no request.
std::optional<Request> request_of(const Head& head);
/// The same request for the listener behind, with one connection for it alone.
std::string request_bytes(const Request& request, const std::string& target);
/// Whether the client wants to go on using the connection.
bool wants_more(const Head& head);

/// The answer of a fault that needs no platform: status, html500, retry_after, redirect.
std::optional<Response> canned(const Mishap& mishap);
/// Status line, headers, empty line; Content-Length is `length` unless empty.
std::string reply_head(const Response& response, std::optional<std::size_t> length, bool keep);
/// @return the reason phrase
const char* phrase(int status);

/// gzip without compression (stored blocks).
std::string gzip(std::string_view text);
/// gzip that unfolds to `megabytes` MiB of spaces from about a hundred and sixtieth of that.
std::string gzip_bomb(std::size_t megabytes);

}  // namespace narvaro::sandbox
