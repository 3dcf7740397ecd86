#pragma once
// One connection to a mail server. Inside connectors/ only.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "connectors/curl_multi.h"
#include "connectors/smtp.h"

namespace narvaro {

/// What the server said; without a code, why it said nothing.
struct SmtpReply {
    int code = 0;
    std::string words;
};

/// A connection that libcurl has made, and on which we speak. What waits for it holds it.
class SmtpConnection : public std::enable_shared_from_this<SmtpConnection> {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    SmtpConnection(const asio::any_io_executor& loop, MailServer server, SmtpLimits limits);
    SmtpConnection(const SmtpConnection&) = delete;
    SmtpConnection& operator=(const SmtpConnection&) = delete;
    ~SmtpConnection();

    /// Connects, agrees on TLS and logs in. @return empty when that went well
    static Task<std::optional<Delivery>> open(std::shared_ptr<SmtpConnection> self);
    /// @return false when the bytes could not be sent
    static Task<bool> write(std::shared_ptr<SmtpConnection> self, std::string bytes, Moment until);
    static Task<SmtpReply> read(std::shared_ptr<SmtpConnection> self, Moment until);
    /// A command and its reply.
    static Task<SmtpReply> ask(std::shared_ptr<SmtpConnection> self, std::string command,
                               Moment until);

    bool offers(std::string_view extension) const;
    bool is_to(const MailServer& server) const;

  private:
    using Descriptor = asio::posix::stream_descriptor;

    void prepare();
    template <class T>
    void set(CURLoption option, T value);
    static std::size_t on_reply_line(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
    void note_line(std::string_view line);
    std::optional<Delivery> take_over();
    Delivery fault_of(CURLcode code) const;
    Delivery tls_fault(CURLcode code) const;
    std::string harmless(std::string_view words) const;
    /// Until the socket is ready. @return false when that took too long, or it is gone
    static Task<bool> wait(std::shared_ptr<SmtpConnection> self, Descriptor::wait_type what,
                           Moment until);
    std::optional<SmtpReply> buffered_reply();

    MailServer server_;
    SmtpLimits limits_;
    std::string url_;
    std::shared_ptr<CurlMulti> multi_;
    EasyHandle easy_;
    bool ready_ = false;
    bool attached_ = false;  ///< easy_ is within multi_, connected
    Descriptor socket_;      ///< libcurl's; only waited for
    asio::steady_timer timer_;
    int wait_number_ = 0;
    bool late_ = false;
    std::string offered_;  ///< the lines of the last EHLO, each after a line end
    int last_code_ = 0;
    std::string last_words_;
    std::string input_;
};

}  // namespace narvaro
