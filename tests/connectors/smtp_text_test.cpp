#include "connectors/smtp_text.h"

#include <gtest/gtest.h>

#include "connectors/smtp.h"

namespace narvaro {
namespace {

TEST(SmtpText, ADotAtTheStartOfALineIsDoubled) {
    EXPECT_EQ(dot_stuffed(".\r\na.b\r\n..\r\n\r\n.x\r\n"), "..\r\na.b\r\n...\r\n\r\n..x\r\n");
    EXPECT_EQ(dot_stuffed(""), "");
}

TEST(SmtpText, EveryLineIsEndedByCrLfSoThatNoneCanEndTheMessage) {
    EXPECT_EQ(dot_stuffed("a\n.\nb"), "a\r\n..\r\nb\r\n");
    EXPECT_EQ(dot_stuffed("a\r.\rb\r\n"), "a\r\n..\r\nb\r\n");
    EXPECT_EQ(dot_stuffed("a\r\n.\r\r\n"), "a\r\n..\r\n\r\n");
}

TEST(SmtpText, AReplyLineHasThreeDigits) {
    EXPECT_EQ(parse_reply_line("250 ok\r\n")->text, "ok");
    EXPECT_TRUE(parse_reply_line("250")->last);
    EXPECT_FALSE(parse_reply_line("250-SIZE\r\n")->last);
    for (const char* none : {"", "25", "2x0 ok", "250ok", "HTTP/1.1 400 Bad"}) {
        EXPECT_FALSE(parse_reply_line(none)) << none;
    }
}

TEST(SmtpText, WordsAreHarmlessAndHoldNoPassword) {
    const Secret none;
    EXPECT_EQ(harmless_words("no \x1b[31mred\x07 \xe2\x80\xae!\r", "", none),
              "no  [31mred  "
              "?"
              "?"
              "?"
              "!");
    EXPECT_EQ(harmless_words(std::string(1000, 'x'), "", none).size(), 300U);
    const Secret password{"hemligt"};
    for (const char* told : {"bad hemligt", "bad aGVtbGlndA==", "bad AGFkYQBoZW1saWd0"}) {
        EXPECT_EQ(harmless_words(told, "ada", password), "(words that held the password)") << told;
    }
    EXPECT_EQ(harmless_words("bad login", "ada", password), "bad login");
}

TEST(SmtpText, AnEnvelopeTakesNoAddressThatCouldEndIt) {
    EXPECT_TRUE(fits_an_envelope("ada@example.org"));
    for (const char* bad : {"", "a@b> SIZE=0", "a\r\nRCPT TO:<x@y>", "<a@b>", "å@b.se"}) {
        EXPECT_FALSE(fits_an_envelope(bad)) << bad;
    }
}

TEST(SmtpText, OnlyThisMachineMayBeSpokenToInTheClear) {
    for (const char* here : {"smtp://localhost", "smtp://LOCALHOST:25", "smtp://127.0.0.1:2525",
                             "smtp://127.1.2.3/", "smtp://[::1]:25"}) {
        EXPECT_TRUE(is_loopback_server(here)) << here;
    }
    for (const char* there :
         {"smtp://localhost.example.org", "smtp://127.example.org", "smtp://mail.example.org",
          "smtp://[::2]", "smtp://[fe80::1]:25", "localhost"}) {
        EXPECT_FALSE(is_loopback_server(there)) << there;
    }
}

}  // namespace
}  // namespace narvaro
