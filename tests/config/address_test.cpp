#include "config/address.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

TEST(WebAddress, IsHttpOrHttpsWithAHost) {
    for (const char* good :
         {"http://a.example", "https://a.example/feed/?x=1#y", "http://127.0.0.1:8080/v26.0",
          "https://[::1]:8080/", "https://räksmörgås.example/", "https://a.example/@name"}) {
        EXPECT_TRUE(is_web_address(good)) << good;
    }
    for (const char* bad : {"",
                            "a.example",
                            "/feed",
                            "ftp://a.example",
                            "file:///etc/passwd",
                            "HTTPS:a.example",
                            "https://",
                            "https:///feed",
                            "https://:80/",
                            "https://user:pass@a.example/",
                            "https://user@a.example",
                            "https://a.example:0/",
                            "https://a.example:65536/",
                            "https://a.example:/",
                            "https://a.example:8o/",
                            "https://a b.example/",
                            "https://a.example/\r\nX: y",
                            "https://a.example\\@b.example/",
                            "https://[::1/",
                            "https://[]/",
                            "https://[::1]x/"}) {
        EXPECT_FALSE(is_web_address(bad)) << bad;
    }
}

TEST(HostAndPort, IsReadWithAndWithoutPort) {
    EXPECT_EQ(parse_host_and_port("127.0.0.1:8417"), (HostAndPort{"127.0.0.1", 8417}));
    EXPECT_EQ(parse_host_and_port("localhost"), (HostAndPort{"localhost", 0}));
    EXPECT_EQ(parse_host_and_port("[::1]:65535"), (HostAndPort{"::1", 65535}));
    for (const char* bad :
         {"", ":80", "::1:80", "a:", "a:0", "a:-1", "a:80x", "a:65536", "a/b:80"}) {
        EXPECT_FALSE(parse_host_and_port(bad)) << bad;
    }
}

TEST(MailServer, IsSmtpOrSmtpsAndAHost) {
    EXPECT_TRUE(is_mail_server("smtps://mail.example.org"));
    EXPECT_TRUE(is_mail_server("smtp://127.0.0.1:2525/"));
    for (const char* bad : {"mail.example.org", "smtp://", "smtp:mail", "https://mail.example.org",
                            "smtps://user:pass@mail.example.org", "smtp://mail.example.org/x"}) {
        EXPECT_FALSE(is_mail_server(bad)) << bad;
    }
}

TEST(MailAddress, IsOneBareAddress) {
    EXPECT_TRUE(is_mail_address("digital@example.org"));
    EXPECT_TRUE(is_mail_address("anna.b+narvaro@xn--hemma-lra.example"));
    EXPECT_TRUE(is_mail_address("root@localhost"));
    for (const char* bad :
         {"", "@", "digital", "digital@", "@example.org", " a@example.org", "a@example.org ",
          "a b@example.org", "a@example.org\r\nBcc: c@example.org", "a@b@example.org",
          "Anna <a@example.org>", "a@example.org,b@example.org", "a@.example.org",
          "a@example.org."}) {
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    }
    EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@example.org"));
}

}  // namespace
}  // namespace narvaro
