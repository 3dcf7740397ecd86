#include "digest/message.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "digest/week.h"
#include "sample_week.h"

namespace narvaro {
namespace {

using testing::HasSubstr;
using testing::Not;

DigestEnvelope envelope() {
    return {"narvaro@example.org",
            "narvaro",
            "anna@example.org",
            "2021-W46.1.00000000000000ab@example.org",
            "2021-W45.1.00000000000000ab@example.org",
            utc("2021-11-22T06:00:00Z"),
            "narvaro.example.org"};
}

DigestBody body_of(const DigestWeek& week) {
    return {"sv",
            subject_line(week, "sv"),
            render_text(week, "sv"),
            render_html(week, "sv"),
            digest_pictures(week).value(),
            "id,name\nweb-posts,Minst två\n",
            "narvaro-2021-W46.csv"};
}

std::string header_of(const std::string& message) {
    return message.substr(0, message.find("\r\n\r\n") + 2);
}

TEST(Message, HasTheHeadersOfAListThatNobodyAnswersByMachine) {
    const std::string header = header_of(render_message(envelope(), body_of(full_week())));
    for (const char* line : {
             "From: narvaro <narvaro@example.org>\r\n",
             "To: anna@example.org\r\n",
             "Date: Mon, 22 Nov 2021 06:00:00 +0000\r\n",
             "Message-Id: <2021-W46.1.00000000000000ab@example.org>\r\n",
             "References: <2021-W45.1.00000000000000ab@example.org>\r\n",
             "Auto-Submitted: auto-generated\r\n",
             "Content-Language: sv\r\n",
             "List-Id: narvaro <narvaro.example.org>\r\n",
             "List-Unsubscribe: <mailto:narvaro@example.org?subject=stopp>\r\n",
             "MIME-Version: 1.0\r\n",
         }) {
        EXPECT_THAT(header, HasSubstr(line));
    }
}

TEST(Message, IsTheSameBytesForTheSameDigest) {
    EXPECT_EQ(render_message(envelope(), body_of(full_week())),
              render_message(envelope(), body_of(full_week())));
}

TEST(Message, EndsEveryLineWithCrLfAndKeepsLinesShort) {
    const std::string message = render_message(envelope(), body_of(hostile_week()));
    for (std::size_t i = 0; i < message.size(); ++i) {
        ASSERT_NE(message[i], '\0');
        if (message[i] == '\n') {
            ASSERT_TRUE(i > 0 && message[i - 1] == '\r') << i;
        }
        if (message[i] == '\r') ASSERT_EQ(message[i + 1], '\n') << i;
    }
    std::istringstream lines{message};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 998U);
}

TEST(Message, LetsNoTextBeginAHeader) {
    DigestBody body = body_of(full_week());
    body.subject = "Vecka 46\r\nBcc: all@example.org\r\n\r\nx" + hostile_text();
    const std::string header = header_of(render_message(envelope(), body));
    EXPECT_THAT(header, Not(HasSubstr("\nBcc:")));
    EXPECT_THAT(header, HasSubstr("\r\nList-Id:"));
}

TEST(Message, HasPartsThatAMailClientCanChooseFrom) {
    const std::string message = render_message(envelope(), body_of(full_week()));
    const auto at = [&](const char* text) { return message.find(text); };
    EXPECT_LT(at("multipart/mixed"), at("multipart/alternative"));
    EXPECT_LT(at("multipart/alternative"), at("text/plain"));
    EXPECT_LT(at("text/plain"), at("multipart/related"));
    EXPECT_LT(at("multipart/related"), at("text/html"));
    EXPECT_LT(at("text/html"), at("Content-Id: <fb-followers.png@narvaro>"));
    EXPECT_LT(at("image/png"), at("narvaro-2021-W46.csv"));
    EXPECT_NE(at("narvaro-2021-W46.csv"), std::string::npos);
}

TEST(MessageId, IsStableByWeekRevisionAndRecipientAndTellsNoAddress) {
    const IsoWeek week{2021, 46};
    const std::string id = digest_message_id(week, 1, "anna@example.org", "narvaro@v.example");
    EXPECT_EQ(id, digest_message_id(week, 1, "anna@example.org", "narvaro@v.example"));
    EXPECT_THAT(id, testing::MatchesRegex("2021-W46\\.1\\.[0-9a-f]{16}@v\\.example"));
    EXPECT_NE(id, digest_message_id(week, 2, "anna@example.org", "narvaro@v.example"));
    EXPECT_NE(id, digest_message_id(week, 1, "bo@example.org", "narvaro@v.example"));
    EXPECT_THAT(id, Not(HasSubstr("anna")));
}

}  // namespace
}  // namespace narvaro
