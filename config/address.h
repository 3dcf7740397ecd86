#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace narvaro {

struct HostAndPort {
    std::string host;        ///< without the brackets of an IPv6 address
    std::uint16_t port = 0;  ///< 0: none is given
    bool operator==(const HostAndPort&) const = default;
};

/// "example.org", "127.0.0.1:8417", "[::1]:8417". Empty for anything else: user and password,
/// blanks, a port outside 1–65535.
std::optional<HostAndPort> parse_host_and_port(std::string_view text);

/// Whether it is an absolute http or https address, without user and password.
bool is_web_address(std::string_view text);

/// Whether it is smtp:// or smtps:// with a host, perhaps a port, and nothing else.
bool is_mail_server(std::string_view text);

/// Whether it is one bare mail address of ASCII: no blanks, line ends, name or angle brackets. Å, ä
/// and ö in a domain are written as mail writes them, "xn--…".
bool is_mail_address(std::string_view text);

}  // namespace narvaro
