#include "connectors/curl_transfer.h"

#include <algorithm>
#include <new>
#include <sys/socket.h>

#include "connectors/address_policy.h"

namespace narvaro {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

}  // namespace

CurlTransfer::CurlTransfer(const HttpOptions& options, Hop hop)
    : options_{options}, hop_{std::move(hop)}, place_{place_of(hop_.url)}, easy_{curl_easy_init()} {
    ready_ = easy_ != nullptr;
    set_options();
    add_headers();
    reply_.url = hop_.url.text;
}

template <class T>
void CurlTransfer::set(CURLoption option, T value) {
    ready_ = ready_ && curl_easy_setopt(easy_.get(), option, value) == CURLE_OK;
}

void CurlTransfer::set_options() {
    set(CURLOPT_URL, hop_.url.text.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    // A look-up that hangs must not hold up the loop while its thread is waited for.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
    set(CURLOPT_USERAGENT, options_.user_agent.c_str());
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_TIMEOUT_MS, std::max<long>(1, static_cast<long>(hop_.time_left.count())));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    set(CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::on_open);
    set(CURLOPT_OPENSOCKETDATA, this);
    // A token without TLS looks at the address that it goes to, so it takes no connection of
    // others.
    if (carries_a_secret() && hop_.url.scheme == "http") set(CURLOPT_FRESH_CONNECT, 1L);
    if (hop_.form.empty()) return;
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(hop_.form.reveal().size()));
    set(CURLOPT_POSTFIELDS, hop_.form.reveal().c_str());  // not copied: hop_ outlives the handle
}

void CurlTransfer::add_headers() {
    const auto add = [this](const std::string& line) {
        curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
        if (longer == nullptr) {
            ready_ = false;
            return;
        }
        if (!header_list_) header_list_.reset(longer);  // else it is the list that we have
    };
    for (const auto& [name, value] : hop_.headers) {
        std::string line = name;
        line += value.empty() ? ";" : ": ";  // libcurl's way to send an empty one
        line += value;
        add(line);
    }
    if (!hop_.bearer.empty()) add("Authorization: Bearer " + hop_.bearer.reveal());
    if (header_list_) set(CURLOPT_HTTPHEADER, header_list_.get());
}

std::size_t CurlTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<CurlTransfer*>(self);
    const std::size_t bytes = size * count;
    std::string& body = transfer->reply_.body;
    if (bytes > transfer->hop_.max_bytes - body.size()) {
        transfer->over_body_ = true;
        return 0;
    }
    try {
        body.append(data, bytes);
    } catch (const std::bad_alloc&) {  // must not pass through libcurl's C
        transfer->out_of_memory_ = true;
        return 0;
    }
    return bytes;
}

std::size_t CurlTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<CurlTransfer*>(self);
    const std::size_t bytes = size * count;
    try {
        return transfer->take_header({data, bytes}) ? bytes : 0;
    } catch (const std::bad_alloc&) {
        transfer->out_of_memory_ = true;
        return 0;
    }
}

bool CurlTransfer::take_header(std::string_view line) {
    header_bytes_ += line.size();
    ++header_lines_;
    if (header_bytes_ > options_.max_header_bytes || header_lines_ > options_.max_header_lines) {
        over_header_ = true;
        return false;
    }
    if (line.substr(0, 5) == "HTTP/") {  // an answer after a "100 Continue" begins anew
        in_header_ = true;
        reply_.headers.clear();
        return true;
    }
    const std::size_t colon = line.find(':');
    if (trimmed(line).empty()) in_header_ = false;  // what comes after the body is no header
    if (!in_header_ || colon == std::string_view::npos) return true;
    reply_.headers[lower(trimmed(line.substr(0, colon)))] =
        std::string{trimmed(line.substr(colon + 1))};
    return true;
}

curl_socket_t CurlTransfer::on_open(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
    auto* transfer = static_cast<CurlTransfer*>(self);
    const std::optional<std::string_view> kind = non_public_kind(address->addr);
    if (kind && !transfer->hop_.may_be_private) {
        transfer->blocked_ = kind;
        return CURL_SOCKET_BAD;
    }
    if (!kind && transfer->carries_a_secret() && transfer->hop_.url.scheme == "http") {
        transfer->token_in_the_clear_ = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Result<HttpReply> CurlTransfer::finish(CURLcode code) {
    if (code != CURLE_OK) return tl::unexpected<Error>{error_of(code)};
    if (curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &reply_.status) != CURLE_OK) {
        return tl::unexpected<Error>{error_of(CURLE_WEIRD_SERVER_REPLY)};
    }
    return std::move(reply_);
}

}  // namespace narvaro
