#include "client.h"

#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

namespace narvaro::sandbox {
namespace {

class Socket {
  public:
    Socket() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (fd_ >= 0) ::close(fd_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int fd() const { return fd_; }

  private:
    int fd_;
};

bool connect_to(int fd, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

Result<std::string> talk(std::uint16_t port, const std::string& bytes,
                         std::chrono::milliseconds at_most, std::size_t most) {
    const Socket socket;
    if (socket.fd() < 0 || !connect_to(socket.fd(), port)) {
        return fail(Fault::network, "nothing answers at 127.0.0.1:" + std::to_string(port));
    }
    const ssize_t sent = ::send(socket.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(bytes.size())) return fail(Fault::network, "cannot send");
    const auto until = std::chrono::steady_clock::now() + at_most;
    std::string out;
    while (out.size() < most) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        pollfd ready{socket.fd(), POLLIN, 0};
        if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) break;
        char block[65536];
        const ssize_t n = ::recv(socket.fd(), block, sizeof block, 0);
        if (n <= 0) break;
        out.append(block, static_cast<std::size_t>(n));
    }
    return out;
}

Result<Reply> ask(std::uint16_t port, const std::string& method, const std::string& target,
                  const std::string& body, const std::string& headers) {
    const auto bytes =
        talk(port, method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
                       "Connection: close\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body);
    if (!bytes) return tl::unexpected<Error>{bytes.error()};
    const std::size_t end = bytes->find("\r\n\r\n");
    const auto head = parse_head(bytes->substr(0, end));
    const std::size_t space = head ? head->first_line.find(' ') : std::string::npos;
    if (end == std::string::npos || space == std::string::npos) {
        return fail(Fault::bad_reply, "no answer to " + method + " " + target);
    }
    return Reply{std::atoi(head->first_line.c_str() + space), head->headers,
                 bytes->substr(end + 4)};
}

Result<std::uint16_t> port_of(const std::string& url) {
    constexpr std::string_view kStart = "http://127.0.0.1:";
    std::string rest = url.starts_with(kStart) ? url.substr(kStart.size()) : "";
    if (rest.ends_with('/')) rest.pop_back();
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), port);
    if (rest.empty() || error != std::errc{} || end != rest.data() + rest.size()) {
        return fail(Fault::usage, "\"" + url + "\" is no sandbox",
                    "give what `serve` printed: http://127.0.0.1:PORT");
    }
    return port;
}

}  // namespace narvaro::sandbox
