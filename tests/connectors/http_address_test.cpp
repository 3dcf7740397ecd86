#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <sys/un.h>

#include <gtest/gtest.h>

#include "connectors/address_policy.h"
#include "connectors/http_url.h"

namespace narvaro {
namespace {

struct AddressCase {
    const char* address;
    const char* kind;  ///< empty: public
};

std::string kind_of(const std::string& address) {
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    v4.sin_family = AF_INET;
    v6.sin6_family = AF_INET6;
    std::optional<std::string_view> kind;
    if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
        kind = non_public_kind(reinterpret_cast<const sockaddr&>(v4));
    } else if (inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
        kind = non_public_kind(reinterpret_cast<const sockaddr&>(v6));
    } else {
        return "not an address: " + address;
    }
    return std::string{kind.value_or("")};
}

TEST(AddressPolicy, KnowsWhatIsNotTheOpenInternet) {
    constexpr AddressCase cases[] = {
        {"0.0.0.0", "this network"},
        {"0.255.255.255", "this network"},
        {"1.0.0.0", ""},
        {"9.255.255.255", ""},
        {"10.0.0.1", "private"},
        {"11.0.0.0", ""},
        {"100.63.255.255", ""},
        {"100.64.0.1", "shared by a carrier"},
        {"100.127.255.255", "shared by a carrier"},
        {"100.128.0.0", ""},
        {"127.0.0.1", "loopback"},
        {"127.255.255.254", "loopback"},
        {"128.0.0.0", ""},
        {"169.254.169.254", "link-local"},
        {"172.15.255.255", ""},
        {"172.16.0.1", "private"},
        {"172.31.255.255", "private"},
        {"172.32.0.0", ""},
        {"192.168.1.1", "private"},
        {"192.169.0.0", ""},
        {"198.18.0.1", "benchmark"},
        {"203.0.113.7", "documentation"},
        {"223.255.255.255", ""},
        {"224.0.0.1", "multicast"},
        {"255.255.255.255", "reserved"},
        {"::", "this network"},
        {"::1", "loopback"},
        {"::2", "this network"},
        {"::ffff:127.0.0.1", "loopback"},
        {"::ffff:10.1.2.3", "private"},
        {"::ffff:169.254.169.254", "link-local"},
        {"::ffff:93.184.216.34", ""},
        {"::127.0.0.1", "loopback"},
        {"64:ff9b::127.0.0.1", "loopback"},
        {"64:ff9b::93.184.216.34", ""},
        {"64:ff9b:1::1", "private"},
        {"2002:7f00:1::", "loopback"},
        {"2002:5db8:d822::", ""},
        {"2001::1", "a tunnel"},
        {"2001:db8::1", "documentation"},
        {"2001:67c:2e8:22::c100:68b", ""},
        {"fc00::1", "private"},
        {"fdff::1", "private"},
        {"fe80::1", "link-local"},
        {"febf::1", "link-local"},
        {"fec0::1", "private"},
        {"ff02::1", "multicast"},
        {"2a00:1450::1", ""},
    };
    for (const AddressCase& c : cases) EXPECT_EQ(kind_of(c.address), c.kind) << c.address;
}

TEST(AddressPolicy, TrustsNoOtherFamily) {
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    EXPECT_TRUE(non_public_kind(reinterpret_cast<const sockaddr&>(local)));
}

struct UrlCase {
    const char* url;
    const char* place;
};

TEST(HttpUrl, IsNamedByHostAndPathWithoutItsQuery) {
    constexpr UrlCase cases[] = {
        {"https://Vallentuna.Example/feed/?key=secret#top", "vallentuna.example/feed/"},
        {"http://vallentuna.example", "vallentuna.example/"},
        {"http://vallentuna.example:80/a", "vallentuna.example/a"},
        {"https://vallentuna.example:8443/a", "vallentuna.example:8443/a"},
        {"http://[::1]:8080/a?b", "[::1]:8080/a"},
        {"http://vallentuna.example./a", "vallentuna.example/a"},
        {"http://0x7f.1/a", "127.0.0.1/a"},
        {"ftp://vallentuna.example/a", "the address"},
        {"http://user:secret@vallentuna.example/a", "the address"},
        {"vad som helst", "the address"},
        {"", "the address"},
    };
    for (const UrlCase& c : cases) EXPECT_EQ(place_of(std::string{c.url}), c.place) << c.url;
}

TEST(HttpUrl, RefusesOtherSchemesAndUserNames) {
    for (const char* url : {"ftp://a.example/", "file:///etc/passwd", "gopher://a.example/",
                            "http://user@a.example/", "https://user:sekret@a.example/"}) {
        const Result<HttpUrl> parsed = parse_http_url(url);
        ASSERT_FALSE(parsed) << url;
        EXPECT_EQ(parsed.error().fault, Fault::refused) << url;
        EXPECT_EQ(parsed.error().what.find("sekret"), std::string::npos);
    }
}

TEST(HttpUrl, ResolvesARedirectsWords) {
    const HttpUrl base = parse_http_url("https://a.example/x/y?z=1").value();
    EXPECT_EQ(resolve_http_url(base, "../feed/")->text, "https://a.example/feed/");
    EXPECT_EQ(resolve_http_url(base, "//b.example/f#top")->text, "https://b.example/f");
    EXPECT_EQ(resolve_http_url(base, "/två ord")->text, "https://a.example/tv%c3%a5%20ord");
    EXPECT_FALSE(resolve_http_url(base, "file:///etc/passwd"));
}

}  // namespace
}  // namespace narvaro
