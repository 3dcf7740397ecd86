#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include "connectors/curl_handle.h"
#include "connectors/http_client.h"
#include "connectors/http_url.h"

namespace narvaro {

/// One request to one address, without redirects.
struct Hop {
    HttpUrl url;
    std::vector<std::pair<std::string, std::string>> headers;
    Secret bearer;
    Secret form;  ///< empty: a GET
    std::size_t max_bytes = 0;
    std::chrono::milliseconds time_left{0};
    std::chrono::milliseconds timeout{0};  ///< what messages say: the request's whole time
    bool may_be_private = false;
};

/// An easy handle, its options, its limits and what it has received. It must stay where it is:
/// libcurl keeps its address.
class CurlTransfer {
  public:
    CurlTransfer(const HttpOptions& options, Hop hop);
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;

    /// @return what to give to CurlMulti::perform; null when libcurl did not take an option.
    CURL* handle() const { return ready_ ? easy_.get() : nullptr; }

    /// The answer once the transfer has ended with `code`, or why there is none. Once only.
    Result<HttpReply> finish(CURLcode code);

  private:
    bool carries_a_secret() const { return !hop_.bearer.empty() || !hop_.form.empty(); }
    void set_options();
    void add_headers();
    template <class T>
    void set(CURLoption option, T value);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
    bool take_header(std::string_view line);
    Error error_of(CURLcode code) const;
    std::optional<Error> own_refusal() const;
    Error no_connection() const;
    Error too_slow() const;
    Error untrusted() const;
    Error plain(Fault fault, const std::string& what, std::string remedy = {}) const;

    const HttpOptions& options_;
    Hop hop_;
    std::string place_;
    HeaderList header_list_;  ///< outlives easy_, which points into it
    EasyHandle easy_;
    bool ready_ = false;
    HttpReply reply_;
    bool in_header_ = false;
    std::size_t header_bytes_ = 0;
    std::size_t header_lines_ = 0;
    bool over_body_ = false;
    bool over_header_ = false;
    bool out_of_memory_ = false;
    bool token_in_the_clear_ = false;
    std::optional<std::string_view> blocked_;  ///< the kind of address that was not connected to
};

}  // namespace narvaro
