// What a failed transfer means, in words that an admin understands.
#include <cerrno>

#include "connectors/curl_info.h"
#include "connectors/curl_transfer.h"

namespace narvaro {
namespace {

constexpr std::size_t kMiB = 1U << 20U;
constexpr std::size_t kKiB = 1U << 10U;

std::string time_text(std::chrono::milliseconds time) {
    if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

std::string size_text(std::size_t bytes) {
    if (bytes >= kMiB && bytes % kMiB == 0) return std::to_string(bytes / kMiB) + " MiB";
    if (bytes >= kKiB && bytes % kKiB == 0) return std::to_string(bytes / kKiB) + " KiB";
    return std::to_string(bytes) + " bytes";
}

}  // namespace

Error CurlTransfer::plain(Fault fault, const std::string& what, std::string remedy) const {
    return Error{fault, place_ + ": " + what, std::move(remedy)};
}

Error CurlTransfer::error_of(CURLcode code) const {
    if (const std::optional<Error> own = own_refusal()) return *own;
    const std::string cut_off = "cut off after " + std::to_string(reply_.body.size()) + " bytes";
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return plain(Fault::offline, "the host name does not resolve",
                         "check the spelling of the host, and this machine's DNS");
        case CURLE_URL_MALFORMAT:
            return plain(Fault::network, "the host name cannot be used",
                         "write a host with letters beyond a-z in its xn-- form");
        case CURLE_COULDNT_CONNECT:
            return no_connection();
        case CURLE_OPERATION_TIMEDOUT:
            return too_slow();
        case CURLE_PEER_FAILED_VERIFICATION:
            return untrusted();
        case CURLE_SSL_CONNECT_ERROR:
            return plain(Fault::network, "no TLS 1.2 or newer was agreed on",
                         "check that the address speaks https");
        case CURLE_SSL_CACERT_BADFILE:
            return plain(Fault::config, "the file of trusted certificates cannot be read",
                         "install the package ca-certificates");
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return plain(Fault::network, cut_off);
        case CURLE_GOT_NOTHING:
            return plain(Fault::network, "the server closed the connection without an answer");
        case CURLE_BAD_CONTENT_ENCODING:
            return plain(Fault::bad_reply, "the compressed body is damaged");
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
            return plain(Fault::bad_reply, "what answers does not speak HTTP",
                         "check host and port of the address");
        case CURLE_ABORTED_BY_CALLBACK:
            return plain(Fault::network, "stopped, since the program is ending");
        default:
            return plain(Fault::network, curl_easy_strerror(code));
    }
}

std::optional<Error> CurlTransfer::own_refusal() const {
    if (over_body_) {
        return plain(Fault::bad_reply, "the body is over the limit of " + size_text(hop_.max_bytes),
                     "check that the address is the feed's or API's own");
    }
    if (over_header_) {
        return plain(Fault::bad_reply, "the header is over the limit of " +
                                           size_text(options_.max_header_bytes) + " or " +
                                           std::to_string(options_.max_header_lines) + " lines");
    }
    if (out_of_memory_) return plain(Fault::bad_reply, "there is no memory for the answer");
    return std::nullopt;
}

Error CurlTransfer::no_connection() const {
    if (blocked_) {
        return plain(Fault::refused, "refused: private address (" + std::string{*blocked_} + ")",
                     "only a host that stands in the configuration may have one");
    }
    if (token_in_the_clear_) {
        return plain(Fault::refused, "refused: a token is not sent without TLS",
                     "write the address with https://");
    }
    switch (curl_info(easy_.get(), CURLINFO_OS_ERRNO)) {
        case ECONNREFUSED:
            return plain(Fault::network, "connection refused",
                         "check that the server runs and the port is right");
        case EHOSTUNREACH:
        case ENETUNREACH:
            return plain(Fault::offline, "there is no route to the host",
                         "check this machine's network");
        default:
            return plain(Fault::network, "no connection could be made");
    }
}

Error CurlTransfer::too_slow() const {
    curl_off_t connected_after = 0;
    const bool told =
        curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected_after) == CURLE_OK;
    if (told && connected_after == 0 && options_.connect_timeout < hop_.time_left) {
        return plain(Fault::network, "no connection within " + time_text(options_.connect_timeout));
    }
    return plain(Fault::network, "timed out after " + time_text(hop_.timeout) + ", with " +
                                     std::to_string(reply_.body.size()) + " bytes read");
}

Error CurlTransfer::untrusted() const {
    return plain(Fault::network, "the TLS certificate " + certificate_fault(easy_.get()),
                 "its owner must mend it; check the host name and this machine's clock");
}

}  // namespace narvaro
