#include "connectors/smtp_connection.h"

#include <algorithm>
#include <new>
#include <sys/socket.h>

#include "connectors/smtp_text.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kLongestReply = 64U << 10U;
constexpr std::size_t kBlock = 16U << 10U;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

SmtpConnection::SmtpConnection(const asio::any_io_executor& loop, MailServer server,
                               SmtpLimits limits)
    : server_{std::move(server)},
      limits_{limits},
      url_{server_.url},
      multi_{CurlMulti::make(loop, 1)},
      easy_{curl_easy_init()},
      socket_{loop},
      timer_{loop} {
    while (url_.ends_with('/')) url_.pop_back();
    prepare();
}

SmtpConnection::~SmtpConnection() {
    if (socket_.is_open()) socket_.release();
    if (attached_) multi_->release(easy_.get());
}

template <class T>
void SmtpConnection::set(CURLoption option, T value) {
    ready_ = ready_ && curl_easy_setopt(easy_.get(), option, value) == CURLE_OK;
}

void SmtpConnection::prepare() {
    ready_ = easy_ != nullptr;
    // What is said to this machine does not leave it; its server's certificate is often one that
    // nobody vouches for.
    const bool clear = is_loopback_server(url_) && server_.ca_file.empty();
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_CONNECT_ONLY, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_USE_SSL, static_cast<long>(clear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!server_.ca_file.empty()) set(CURLOPT_CAINFO, server_.ca_file.c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    set(CURLOPT_HEADERFUNCTION, &SmtpConnection::on_reply_line);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &SmtpConnection::on_open);
    if (server_.user.empty()) return;
    set(CURLOPT_USERNAME, server_.user.c_str());
    set(CURLOPT_PASSWORD, server_.password.reveal().c_str());
}

curl_socket_t SmtpConnection::on_open(void* /*self*/, curlsocktype /*purpose*/,
                                      curl_sockaddr* address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t SmtpConnection::on_reply_line(char* data, std::size_t size, std::size_t count,
                                          void* self) {
    try {
        static_cast<SmtpConnection*>(self)->note_line({data, size * count});
        return size * count;
    } catch (const std::bad_alloc&) {  // must not pass through libcurl's C
        return 0;
    }
}

void SmtpConnection::note_line(std::string_view line) {
    const auto reply = parse_reply_line(line);
    if (!reply) return;
    // After STARTTLS the server says anew what it offers; what was said in the clear may be a lie.
    if (reply->code == 220) offered_.clear();
    if (reply->code == 250 && offered_.size() < kLongestReply) {
        offered_ += '\n';
        std::transform(reply->text.begin(), reply->text.end(), std::back_inserter(offered_), upper);
    }
    last_code_ = reply->code;
    last_words_ = harmless(reply->text);
}

std::string SmtpConnection::harmless(std::string_view words) const {
    return harmless_words(words, server_.user, server_.password);
}

bool SmtpConnection::offers(std::string_view extension) const {
    const std::string line = "\n" + std::string{extension};
    const auto at = offered_.find(line);
    if (at == std::string::npos) return false;
    const auto end = at + line.size();
    return end == offered_.size() || offered_[end] == ' ' || offered_[end] == '\n' ||
           offered_[end] == '=';
}

bool SmtpConnection::is_to(const MailServer& server) const {
    return server.url == server_.url && server.user == server_.user &&
           server.password.reveal() == server_.password.reveal() &&
           server.ca_file == server_.ca_file;
}

Task<std::optional<Delivery>> SmtpConnection::open(std::shared_ptr<SmtpConnection> self) {
    if (!self->ready_) co_return self->fault_of(CURLE_FAILED_INIT);
    const CURLcode code = co_await CurlMulti::connect(self->multi_, self->easy_.get());
    if (code != CURLE_OK) co_return self->fault_of(code);
    self->attached_ = true;
    co_return self->take_over();
}

std::optional<Delivery> SmtpConnection::take_over() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD) {
        return Delivery{MailStage::connect, 0, "the connection was lost at once"};
    }
    boost::system::error_code error;
    socket_.assign(socket, error);
    if (error) return Delivery{MailStage::connect, 0, "the connection cannot be waited for"};
    if (server_.user.empty() || offers("AUTH")) return {};
    // libcurl goes on without a login then, and the first refusal would speak of something else.
    return Delivery{MailStage::login, 0, "the server offers no login",
                    "leave out user and password, or name the port for submission: 465 or 587"};
}

Task<bool> SmtpConnection::wait(std::shared_ptr<SmtpConnection> self, Descriptor::wait_type what,
                                Moment until) {
    self->late_ = until <= std::chrono::steady_clock::now();
    if (self->late_) co_return false;
    const int number = ++self->wait_number_;
    self->timer_.expires_at(until);
    self->timer_.async_wait(
        [alive = self->weak_from_this(), number](const boost::system::error_code& error) {
            const auto connection = alive.lock();
            if (error || !connection || connection->wait_number_ != number) return;
            connection->late_ = true;
            boost::system::error_code ignored;
            connection->socket_.cancel(ignored);
        });
    boost::system::error_code error;
    co_await self->socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
    ++self->wait_number_;
    self->timer_.cancel();
    co_return !error;
}

Task<bool> SmtpConnection::write(std::shared_ptr<SmtpConnection> self, std::string bytes,
                                 Moment until) {
    std::string_view left = bytes;
    while (!left.empty()) {
        std::size_t sent = 0;
        const CURLcode code =
            curl_easy_send(self->easy_.get(), left.data(), std::min(left.size(), kBlock), &sent);
        if (code == CURLE_OK) {
            left.remove_prefix(sent);
            continue;
        }
        if (code != CURLE_AGAIN) co_return false;
        const Moment stalled = std::chrono::steady_clock::now() + self->limits_.stall;
        const bool ready = co_await wait(self, Descriptor::wait_write, std::min(stalled, until));
        if (!ready) co_return false;
    }
    co_return true;
}

/// A whole reply out of what was read, or why what was read can be none.
std::optional<SmtpReply> SmtpConnection::buffered_reply() {
    std::size_t start = 0;
    for (;;) {
        const std::size_t end = input_.find('\n', start);
        const std::size_t length = std::min(end, input_.size()) - start;
        if (length > kLongestLine || start > kLongestReply) {
            return SmtpReply{0, "the server's reply is over the limit of length"};
        }
        if (end == std::string::npos) return {};
        const auto line = parse_reply_line(std::string_view{input_}.substr(start, end - start));
        if (!line) return SmtpReply{0, "what answers does not speak SMTP"};
        start = end + 1;
        if (!line->last) continue;
        SmtpReply reply{line->code, harmless(line->text)};
        input_.erase(0, start);
        return reply;
    }
}

Task<SmtpReply> SmtpConnection::read(std::shared_ptr<SmtpConnection> self, Moment until) {
    std::string block(kBlock, '\0');
    for (;;) {
        const std::optional<SmtpReply> reply = self->buffered_reply();
        if (reply) co_return *reply;
        std::size_t got = 0;
        const CURLcode code = curl_easy_recv(self->easy_.get(), block.data(), block.size(), &got);
        if (code == CURLE_OK && got > 0) {
            self->input_.append(block, 0, got);
            continue;
        }
        if (code != CURLE_AGAIN) co_return SmtpReply{0, "the server closed the connection"};
        const bool ready = co_await wait(self, Descriptor::wait_read, until);
        if (ready) continue;
        co_return SmtpReply{0, self->late_ ? "no answer in time" : "the connection was lost"};
    }
}

Task<SmtpReply> SmtpConnection::ask(std::shared_ptr<SmtpConnection> self, std::string command,
                                    Moment until) {
    const bool written = co_await write(self, command + "\r\n", until);
    if (!written) co_return SmtpReply{0, "the connection was lost"};
    const Moment stalled = std::chrono::steady_clock::now() + self->limits_.stall;
    co_return co_await read(self, std::min(stalled, until));
}

}  // namespace narvaro
