#pragma once
#include <map>
#include <memory>
#include <set>

#include <curl/curl.h>

#include "connectors/curl_handle.h"
#include "connectors/sync.h"
#include "core/coro.h"

namespace narvaro {

/// libcurl's multi handle driven by the Asio loop: its sockets and its one timer are waited for
/// there, and the end of a transfer is told from the loop, never from inside a call of libcurl. One
/// thread.
class CurlMulti : public std::enable_shared_from_this<CurlMulti> {
  public:
    /// @param max_connections  open at a time, idle ones included
    static std::shared_ptr<CurlMulti> make(asio::any_io_executor loop, long max_connections);
    CurlMulti(const CurlMulti&) = delete;
    CurlMulti& operator=(const CurlMulti&) = delete;
    ~CurlMulti();

    /// Runs one prepared transfer to its end. `easy` stays the caller's and must outlive the
    /// coroutine; its CURLOPT_PRIVATE is used here.
    /// @return libcurl's own code; CURLE_ABORTED_BY_CALLBACK when `close` came first.
    static Task<CURLcode> perform(std::shared_ptr<CurlMulti> multi, CURL* easy);

    /// The same for a handle with CURLOPT_CONNECT_ONLY. When that went well the handle stays
    /// within, which is what curl_easy_send and curl_easy_recv want, until it is released.
    static Task<CURLcode> connect(std::shared_ptr<CurlMulti> multi, CURL* easy);
    void release(CURL* easy);

    /// Ends every transfer; those that come later end at once.
    void close();

  private:
    struct Run;
    struct Watch;
    using MultiHandle = std::unique_ptr<CURLM, Freed<curl_multi_cleanup>>;

    enum class After { remove, keep };

    CurlMulti(asio::any_io_executor loop, long max_connections);
    static Task<CURLcode> run(std::shared_ptr<CurlMulti> multi, CURL* easy, After after);
    static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* unused);
    static int on_timer(CURLM* multi, long timeout_ms, void* self);
    void watch(curl_socket_t socket, int what);
    void unwatch(curl_socket_t socket);
    void arm(const std::shared_ptr<Watch>& watch);
    void wait_for(const std::shared_ptr<Watch>& watch, int direction);
    bool is_current(const std::shared_ptr<Watch>& watch) const;
    void set_timer(long timeout_ms);
    void act(curl_socket_t socket, int events);
    void collect_finished();
    void end(Run& run, CURLcode code);
    void end_all(CURLcode code);

    asio::any_io_executor loop_;
    MultiHandle multi_;
    asio::steady_timer timer_;
    std::map<curl_socket_t, std::shared_ptr<Watch>> watches_;
    std::set<Run*> runs_;  ///< those whose easy handle is in multi_
    bool closed_ = false;
};

}  // namespace narvaro
