#include "connectors/http_status.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

using std::chrono::seconds;

HttpReply reply_of(long status, const std::string& retry = {}) {
    HttpReply reply;
    reply.status = status;
    reply.url = "https://vallentuna.example/feed/?token=secret";
    if (!retry.empty()) reply.headers["retry-after"] = retry;
    return reply;
}

const sys_seconds kNow = parse_instant("2021-03-01T12:00:00Z").value();

TEST(RetryAfter, ReadsSecondsAndDates) {
    const auto read = [](const std::string& text) {
        return retry_after(reply_of(429, text), kNow);
    };
    EXPECT_EQ(read("120"), seconds{120});
    EXPECT_EQ(read("0"), seconds{0});
    EXPECT_EQ(read("Mon, 01 Mar 2021 12:10:00 GMT"), seconds{600});
    EXPECT_EQ(read("Monday, 01-Mar-21 12:10:00 GMT"), seconds{600});
    EXPECT_EQ(read("Mon, 01 Mar 2021 11:00:00 GMT"), seconds{0});
    EXPECT_EQ(read(""), std::nullopt);
    EXPECT_EQ(read("soon"), std::nullopt);
    EXPECT_EQ(read("-5"), std::nullopt);
}

TEST(RetryAfter, IsNeverMoreThanAYear) {
    const seconds year = std::chrono::hours{24 * 366};
    EXPECT_EQ(retry_after(reply_of(429, "99999999999999999999999"), kNow), year);
    EXPECT_EQ(retry_after(reply_of(429, "9223372036854775807"), kNow), year);
    EXPECT_EQ(retry_after(reply_of(429, "Mon, 01 Mar 2060 12:00:00 GMT"), kNow), year);
}

struct StatusCase {
    long status;
    Fault fault;
};

TEST(ErrorOfStatus, SaysWhatTheProgramDoesNext) {
    constexpr StatusCase cases[] = {
        {304, Fault::bad_reply},  {400, Fault::bad_reply}, {401, Fault::permission},
        {403, Fault::permission}, {404, Fault::not_found}, {408, Fault::network},
        {410, Fault::not_found},  {418, Fault::bad_reply}, {429, Fault::rate_limited},
        {500, Fault::network},    {502, Fault::network},   {503, Fault::rate_limited},
        {599, Fault::network},
    };
    for (const StatusCase& c : cases) {
        const Error error = error_of_status(reply_of(c.status), kNow);
        EXPECT_EQ(error.fault, c.fault) << c.status;
        EXPECT_NE(error.what.find("vallentuna.example/feed/"), std::string::npos);
        EXPECT_NE(error.what.find(std::to_string(c.status)), std::string::npos);
        EXPECT_EQ(error.what.find("secret"), std::string::npos);
    }
}

TEST(ErrorOfStatus, KeepsTheServersWishToBeLeftAlone) {
    EXPECT_EQ(error_of_status(reply_of(429, "90"), kNow).retry_after, seconds{90});
    EXPECT_EQ(error_of_status(reply_of(503, "90"), kNow).retry_after, seconds{90});
    EXPECT_EQ(error_of_status(reply_of(503), kNow).retry_after, std::nullopt);
    EXPECT_EQ(error_of_status(reply_of(500, "90"), kNow).retry_after, std::nullopt);
}

}  // namespace
}  // namespace narvaro
