#pragma once
#include <optional>
#include <string_view>

struct sockaddr;

namespace narvaro {

/// What kind of address this is when it is not one of the open internet: "loopback", "private",
/// "link-local", … ; empty for a public one. IPv4 inside IPv6 (mapped, NAT64, 6to4) counts as the
/// IPv4 address. Any family but IPv4 and IPv6 is "not an internet address".
std::optional<std::string_view> non_public_kind(const sockaddr& address);

}  // namespace narvaro
