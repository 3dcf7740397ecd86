#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "connectors/http.h"
#include "core/version.h"

namespace narvaro {

struct HttpOptions {
    std::string user_agent = std::string{"narvaro/"} + kVersion;
    /// Host names and addresses that the admin wrote in the configuration, without port and
    /// brackets. These, and only these, may resolve to loopback, private or link-local addresses.
    std::set<std::string> private_hosts;
    std::filesystem::path ca_file;            ///< trusted instead of the system's; empty: those
    std::chrono::milliseconds host_gap{0};    ///< least time between two requests to a host
    std::set<std::string> hosts_without_gap;  ///< as in private_hosts
    std::chrono::milliseconds longest_transfer{600'000};  ///< whatever a request allows itself
    std::chrono::milliseconds connect_timeout{10'000};    ///< for one connection, TLS included
    std::size_t max_header_bytes = 64U << 10U;            ///< of all header lines of one answer
    std::size_t max_header_lines = 256;
    int max_transfers =
        16;  ///< at a time, over all hosts; each may take a thread to look up its name
};

/// The real network: libcurl on the Asio loop. One request at a time to a host; TLS 1.2 or newer,
/// always verified; http and https only; no proxy, cookies or credentials from the environment.
/// Redirects are followed by hand, so that every hop obeys the rules of spec.md section 7.
///
/// Lives on the loop's one thread and must be destroyed before the loop. Requests in flight then
/// end with an Error as soon as the loop runs, or silently when it never does.
class HttpClient : public Http {
  public:
    HttpClient(asio::io_context& loop, HttpOptions options);
    ~HttpClient() override;
    Task<Result<HttpReply>> get(HttpRequest request) override;

  private:
    struct Core;
    static Task<Result<HttpReply>> follow(std::shared_ptr<Core> core, HttpRequest request);
    std::shared_ptr<Core> core_;
};

}  // namespace narvaro
