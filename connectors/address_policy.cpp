#include "connectors/address_policy.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace narvaro {
namespace {

struct Range4 {
    std::uint32_t network;
    int bits;
    std::string_view kind;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    return (a << 24U) | (b << 16U) | (c << 8U);
}

// The IANA special-purpose registry, less what is reachable from everywhere.
constexpr std::array<Range4, 15> kRanges4{{
    {ip(0, 0, 0), 8, "this network"},
    {ip(10, 0, 0), 8, "private"},
    {ip(100, 64, 0), 10, "shared by a carrier"},
    {ip(127, 0, 0), 8, "loopback"},
    {ip(169, 254, 0), 16, "link-local"},
    {ip(172, 16, 0), 12, "private"},
    {ip(192, 0, 0), 24, "reserved"},
    {ip(192, 0, 2), 24, "documentation"},
    {ip(192, 88, 99), 24, "reserved"},
    {ip(192, 168, 0), 16, "private"},
    {ip(198, 18, 0), 15, "benchmark"},
    {ip(198, 51, 100), 24, "documentation"},
    {ip(203, 0, 113), 24, "documentation"},
    {ip(224, 0, 0), 4, "multicast"},
    {ip(240, 0, 0), 4, "reserved"},
}};

struct Range6 {
    std::array<std::uint8_t, 6> prefix;
    int bits;
    std::string_view kind;
};

constexpr std::array<Range6, 8> kRanges6{{
    {{0xfc}, 7, "private"},
    {{0xfe, 0x80}, 10, "link-local"},
    {{0xfe, 0xc0}, 10, "private"},
    {{0xff}, 8, "multicast"},
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, "private"},
    {{0x01, 0x00}, 48, "reserved"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    {{0x20, 0x01, 0x00, 0x00}, 32, "a tunnel"},
}};

constexpr std::array<std::uint8_t, 15> kZeros{};
constexpr Range6 kNat64{{0x00, 0x64, 0xff, 0x9b}, 32, ""};

std::optional<std::string_view> kind4(std::uint32_t address) {
    for (const Range4& range : kRanges4) {
        const std::uint32_t mask = ~std::uint32_t{0} << (32 - range.bits);
        if ((address & mask) == range.network) return range.kind;
    }
    return std::nullopt;
}

std::uint32_t ipv4_at(const std::array<std::uint8_t, 16>& bytes, std::size_t at) {
    return ip(bytes[at], bytes[at + 1], bytes[at + 2]) | bytes[at + 3];
}

bool starts_with(const std::array<std::uint8_t, 16>& bytes, const Range6& range) {
    for (int bit = 0; bit < range.bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
        if (((bytes[byte] ^ range.prefix[byte]) & mask) != 0) return false;
    }
    return true;
}

std::optional<std::string_view> kind6(const std::array<std::uint8_t, 16>& bytes) {
    if (std::memcmp(bytes.data(), kZeros.data(), 15) == 0) {
        if (bytes[15] == 1) return "loopback";
        if (bytes[15] == 0) return "this network";
    }
    const bool mapped = std::memcmp(bytes.data(), kZeros.data(), 10) == 0 &&
                        ((bytes[10] == 0xff && bytes[11] == 0xff) ||  // ::ffff:a.b.c.d
                         (bytes[10] == 0 && bytes[11] == 0));         // ::a.b.c.d
    const bool nat64 =
        starts_with(bytes, kNat64) && std::memcmp(bytes.data() + 4, kZeros.data(), 8) == 0;
    if (mapped || nat64) return kind4(ipv4_at(bytes, 12));
    if (bytes[0] == 0x20 && bytes[1] == 0x02) return kind4(ipv4_at(bytes, 2));  // 6to4
    for (const Range6& range : kRanges6) {
        if (starts_with(bytes, range)) return range.kind;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> non_public_kind(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return kind4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), v6.sin6_addr.s6_addr, bytes.size());
        return kind6(bytes);
    }
    return "not an internet address";
}

}  // namespace narvaro
