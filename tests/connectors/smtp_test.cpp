// A delivery, step by step, against a mail server that misbehaves at every one of them.
#include "connectors/smtp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/connectors/run_task.h"
#include "tests/connectors/scripted_smtp.h"

namespace narvaro {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr long kDay = 86'400;
const std::string kBytes =
    "From: n@example.org\r\nTo: ada@example.org\r\n\r\n.Hej\r\n..\r\n.\r\nslut\r\n";
const std::string kOnTheWire =
    "From: n@example.org\r\nTo: ada@example.org\r\n\r\n..Hej\r\n...\r\n..\r\nslut\r\n";

Mail mail(const std::string& to = "ada@example.org") { return {"n@example.org", to, kBytes}; }

class SmtpTest : public ::testing::Test {
  protected:
    static SmtpLimits limits() {
        return {milliseconds{2000}, milliseconds{400}, milliseconds{3000}, milliseconds{600}};
    }
    void serve(SmtpScript script, const std::optional<Identity>& identity = {}) {
        server_.emplace(loop_, std::move(script), identity);
        to_.url = server_->url();
    }
    Delivery send(const Mail& what = mail()) {
        const auto note = [this]() -> Result<void> {
            ++ends_;
            commands_at_end_ = server_ ? server_->commands().size() : 0;
            return {};
        };
        const Result<Delivery> delivery = run(loop_, smtp_.send(to_, what, note));
        EXPECT_TRUE(delivery) << delivery.error().what;
        return delivery.value_or(Delivery{});
    }
    void log_in() {
        to_.user = "ada";
        to_.password = Secret{"hemligt"};
    }

    asio::io_context loop_;
    Smtp smtp_{loop_, limits()};
    std::optional<ScriptedSmtp> server_;
    MailServer to_;
    int ends_ = 0;
    std::size_t commands_at_end_ = 0;
};

TEST_F(SmtpTest, DeliversTheBytesAsTheyAre) {
    serve({});
    const Delivery delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::done) << delivery.words;
    EXPECT_EQ(delivery.code, 250);
    EXPECT_EQ(delivery.words, "2.0.0 queued as 7");
    EXPECT_THAT(server_->messages(), ElementsAre(kOnTheWire));
    EXPECT_EQ(ends_, 1);
    EXPECT_THAT(server_->commands()[1],
                "MAIL FROM:<n@example.org> SIZE=" + std::to_string(kBytes.size()));
    EXPECT_THAT(server_->commands()[2], "RCPT TO:<ada@example.org>");
}

TEST_F(SmtpTest, OneConnectionCarriesOneMessageAfterTheOther) {
    serve({});
    for (const char* to : {"a@x.org", "b@x.org", "c@x.org"}) {
        EXPECT_EQ(send(mail(to)).stage, MailStage::done);
    }
    run(loop_, smtp_.quit());
    EXPECT_EQ(server_->connections(), 1);
    EXPECT_EQ(server_->messages().size(), 3U);
    EXPECT_EQ(server_->commands().back(), "QUIT");
}

TEST_F(SmtpTest, AConnectionThatTheServerHasClosedMeanwhileIsMadeAnew) {
    SmtpScript script;
    script.most_on_a_connection = 1;
    serve(script);
    EXPECT_EQ(send().stage, MailStage::done);
    EXPECT_EQ(send().stage, MailStage::done);
    EXPECT_EQ(server_->connections(), 2);
    EXPECT_EQ(server_->messages().size(), 2U);
}

TEST_F(SmtpTest, AMessageIsNotEndedWhenThatCannotBeNoted) {
    serve({});
    const Result<Delivery> delivery = run(
        loop_, smtp_.send(to_, mail(), [] { return Result<void>{fail(Fault::storage, "full")}; }));
    ASSERT_FALSE(delivery);
    EXPECT_EQ(delivery.error().what, "full");
    run(loop_, sleep_for(milliseconds{50}));
    EXPECT_THAT(server_->messages(), IsEmpty());
}

TEST_F(SmtpTest, AMessageThatIsGivenUpHalfWayIsNotDelivered) {
    SmtpScript script;
    script.sleep_after_bytes = 1000;
    serve(script);
    Mail large = mail();
    for (int i = 0; i < 400'000; ++i) large.bytes += "en rad av en lång post\r\n";
    const Delivery delivery = send(large);
    EXPECT_EQ(delivery.stage, MailStage::data);
    EXPECT_EQ(delivery.words, "no answer in time");
    EXPECT_EQ(ends_, 0);
    run(loop_, sleep_for(milliseconds{3000}));  // the server reads what had been sent
    EXPECT_THAT(server_->messages(), IsEmpty());
}

TEST(SmtpLoop, MayEndInTheMiddleOfAnything) {
    for (int steps = 0; steps < 60; ++steps) {
        asio::io_context loop;
        ScriptedSmtp server{loop, {}};
        Smtp smtp{loop};
        asio::co_spawn(
            loop,
            smtp.send({server.url(), "", Secret{}, {}}, mail(), [] { return Result<void>{}; }),
            [](const std::exception_ptr&, const Result<Delivery>&) {});
        for (int i = 0; i < steps; ++i) loop.run_one_for(milliseconds{20});
    }
}

TEST_F(SmtpTest, AnAddressThatWouldEndItsLineIsNotSent) {
    serve({});
    for (const char* bad : {"a@b>\r\nRCPT TO:<c@d", ""}) {
        const auto sent = run(loop_, smtp_.send(to_, mail(bad), [] { return Result<void>{}; }));
        ASSERT_FALSE(sent);
        EXPECT_EQ(sent.error().fault, Fault::usage);
    }
    EXPECT_EQ(server_->connections(), 0);
}

struct ReplyCase {
    const char* name;
    const char* moment;
    const char* reply;
    MailStage stage;
    int code;
    const char* words;
    int ends;
};
class SmtpReplies : public SmtpTest, public ::testing::WithParamInterface<ReplyCase> {};

TEST_P(SmtpReplies, AreToldWithTheirStageAndWords) {
    const ReplyCase& c = GetParam();
    SmtpScript script;
    script.offers_login = true;
    script.replies[c.moment] = c.reply;
    serve(script);
    log_in();
    const Delivery delivery = send();
    EXPECT_EQ(name_of(delivery.stage), std::string{name_of(c.stage)});
    EXPECT_EQ(delivery.code, c.code);
    EXPECT_EQ(delivery.words, c.words);
    EXPECT_EQ(ends_, c.ends);
}

INSTANTIATE_TEST_SUITE_P(
    Each, SmtpReplies,
    ::testing::Values(
        ReplyCase{"GreetingLater", "greeting", "421 too busy\r\n", MailStage::connect, 421,
                  "too busy", 0},
        ReplyCase{"GreetingNever", "greeting", "554 go away\r\n", MailStage::connect, 554,
                  "go away", 0},
        ReplyCase{"GreetingOfAnother", "greeting", "HTTP/1.1 400 Bad Request\r\n\r\n",
                  MailStage::connect, 0, "the mail server did not answer in time", 0},
        ReplyCase{"LoginLater", "AUTH", "454 no directory\r\n", MailStage::login, 454,
                  "no directory", 0},
        ReplyCase{"LoginNever", "AUTH", "535 5.7.8 wrong\r\n", MailStage::login, 535, "5.7.8 wrong",
                  0},
        ReplyCase{"LoginEchoed", "AUTH", "535 AGFkYQBoZW1saWd0?\r\n", MailStage::login, 535,
                  "(words that held the password)", 0},
        ReplyCase{"SenderLater", "MAIL", "451 wait\r\n", MailStage::sender, 451, "wait", 0},
        ReplyCase{"SenderNever", "MAIL", "553 not you\r\n", MailStage::sender, 553, "not you", 0},
        ReplyCase{"RecipientLater", "RCPT", "450 4.2.0 greylisted\r\n", MailStage::recipient, 450,
                  "4.2.0 greylisted", 0},
        ReplyCase{"RecipientNever", "RCPT", "550-5.1.1 no such\r\n550 5.1.1 person\r\n",
                  MailStage::recipient, 550, "5.1.1 person", 0},
        ReplyCase{"DataLater", "DATA", "451 wait\r\n", MailStage::data, 451, "wait", 0},
        ReplyCase{"DataNever", "DATA", "554 no\r\n", MailStage::data, 554, "no", 0},
        ReplyCase{"MessageLater", ".", "451 scanning fails\r\n", MailStage::data, 451,
                  "scanning fails", 1},
        ReplyCase{"MessageNever", ".", "554 looks like spam\r\n", MailStage::data, 554,
                  "looks like spam", 1},
        ReplyCase{"ControlCharacters", "RCPT", "550 \x1b]0;x\x07 no\r\n", MailStage::recipient, 550,
                  " ]0;x  no", 0},
        ReplyCase{"NoReply", "RCPT", "whatever\r\n", MailStage::recipient, 0,
                  "what answers does not speak SMTP", 0}),
    [](const auto& p) { return p.param.name; });

TEST_F(SmtpTest, AReplyWithoutEndIsGivenUp) {
    SmtpScript script;
    script.replies["RCPT"] = "550 " + std::string(100'000, 'x') + "\r\n";
    serve(script);
    EXPECT_EQ(send().words, "the server's reply is over the limit of length");
    server_->script().replies["RCPT"] = [] {
        std::string many;
        for (int i = 0; i < 5000; ++i) many += "250-more and more of it\r\n";
        return many + "250 ok\r\n";
    }();
    EXPECT_EQ(send().words, "the server's reply is over the limit of length");
    server_->script().replies.clear();
    EXPECT_EQ(send().stage, MailStage::done);
}

struct LossCase {
    const char* name;
    const char* moment;
    MailStage stage;
    int ends;
};
class SmtpLosses : public SmtpTest, public ::testing::WithParamInterface<LossCase> {};

TEST_P(SmtpLosses, OfTheConnectionAreToldWithTheirStage) {
    SmtpScript script;
    script.offers_login = true;
    script.drop_at = GetParam().moment;
    serve(script);
    log_in();
    const Delivery delivery = send();
    EXPECT_EQ(name_of(delivery.stage), std::string{name_of(GetParam().stage)}) << delivery.words;
    EXPECT_LT(delivery.code, 400);
    EXPECT_EQ(ends_, GetParam().ends);
}

TEST_P(SmtpLosses, OfTheServersVoiceAreTimedOut) {
    SmtpScript script;
    script.offers_login = true;
    script.silent_at = GetParam().moment;
    serve(script);
    log_in();
    const Delivery delivery = send();
    EXPECT_EQ(name_of(delivery.stage), std::string{name_of(GetParam().stage)}) << delivery.words;
    EXPECT_THAT(delivery.words, HasSubstr("in time"));
    EXPECT_EQ(ends_, GetParam().ends);
}

INSTANTIATE_TEST_SUITE_P(
    Each, SmtpLosses,
    ::testing::Values(LossCase{"AtTheGreeting", "greeting", MailStage::connect, 0},
                      LossCase{"AtEhlo", "EHLO", MailStage::connect, 0},
                      LossCase{"AtLogin", "AUTH", MailStage::connect, 0},
                      LossCase{"AtTheSender", "MAIL", MailStage::sender, 0},
                      LossCase{"AtTheRecipient", "RCPT", MailStage::recipient, 0},
                      LossCase{"BeforeTheMessage", "DATA", MailStage::data, 0},
                      LossCase{"OfTheAnswer", ".", MailStage::answer, 1}),
    [](const auto& p) { return p.param.name; });

TEST_F(SmtpTest, AConnectionLostWithinTheMessageLosesNoAnswer) {
    SmtpScript script;
    script.drop_after_bytes = 1000;
    serve(script);
    Mail large = mail();
    for (int i = 0; i < 200'000; ++i) large.bytes += "en rad av en lång post\r\n";
    const Delivery delivery = send(large);
    EXPECT_EQ(delivery.stage, MailStage::data);
    EXPECT_EQ(delivery.code, 0);
    EXPECT_EQ(ends_, 0);
}

TEST_F(SmtpTest, ARefusedRecipientLeavesTheConnectionToTheNext) {
    SmtpScript script;
    script.replies["RCPT"] = "550 no such person\r\n";
    serve(script);
    EXPECT_EQ(send().code, 550);
    server_->script().replies.clear();
    EXPECT_EQ(send(mail("bo@example.org")).stage, MailStage::done);
    EXPECT_EQ(server_->connections(), 1);
}

TEST_F(SmtpTest, NobodyListening) {
    serve({});
    const std::string url = server_->url("127.0.0.1");
    server_.reset();
    to_.url = url;
    run(loop_, sleep_for(milliseconds{20}));
    const Delivery delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::connect);
    EXPECT_EQ(delivery.words, "connection refused");
    to_.url = "smtp://no-such-host.invalid";
    EXPECT_EQ(send().stage, MailStage::connect);
}

TEST_F(SmtpTest, TheLoopTurnsWhileTheServerThinks) {
    SmtpScript script;
    script.silent_at = ".";
    serve(script);
    int beats = 0;
    asio::co_spawn(
        loop_,
        [](int* count) -> Task<void> {
            for (int i = 0; i < 1000; ++i) {
                co_await sleep_for(milliseconds{10});
                ++*count;
            }
        }(&beats),
        [](const std::exception_ptr&) {});
    EXPECT_EQ(send().stage, MailStage::answer);
    EXPECT_GT(beats, 20) << "600 ms of silence";
}

TEST_F(SmtpTest, StartTlsProtectsLoginAndMessage) {
    const Identity good = make_identity("smtp_good", "DNS:localhost", 0, kDay);
    SmtpScript script;
    script.offers_starttls = true;
    script.offers_login = true;
    serve(script, good);
    log_in();
    to_.ca_file = good.certificate_file;
    const Delivery delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::done) << delivery.words;
    EXPECT_THAT(server_->messages(), ElementsAre(kOnTheWire));
    EXPECT_EQ(server_->commands()[1], "STARTTLS");
    EXPECT_THAT(server_->commands()[3], StartsWith("AUTH"));
}

TEST_F(SmtpTest, SmtpsIsTlsFromTheFirstByte) {
    const Identity good = make_identity("smtps_good", "DNS:localhost", 0, kDay);
    SmtpScript script;
    script.tls_at_once = true;
    serve(script, good);
    to_.ca_file = good.certificate_file;
    EXPECT_EQ(send().stage, MailStage::done);
    Mail large = mail();
    for (int i = 0; i < 10'000; ++i) large.bytes += ".en rad av en lång post\r\n";
    EXPECT_EQ(send(large).stage, MailStage::done);
    EXPECT_EQ(server_->messages().at(1).size(), kOnTheWire.size() + 10'000 * 27);
}

TEST_F(SmtpTest, WithoutStartTlsNothingIsSaidInTheClear) {
    const Identity good = make_identity("smtp_plain", "DNS:localhost", 0, kDay);
    SmtpScript script;
    script.offers_login = true;
    serve(script, good);
    log_in();
    to_.ca_file = good.certificate_file;
    const Delivery delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::tls);
    EXPECT_EQ(delivery.words, "the server offers no STARTTLS");
    EXPECT_FALSE(delivery.remedy.empty());
    for (const std::string& command : server_->commands()) {
        EXPECT_THAT(command, Not(StartsWith("AUTH")));
    }
}

TEST_F(SmtpTest, ACertificateThatIsNotTrustedStopsThere) {
    const Identity good = make_identity("smtp_known", "DNS:localhost", 0, kDay);
    const Identity other = make_identity("smtp_other", "DNS:mail.example", 0, kDay);
    SmtpScript script;
    script.tls_at_once = true;
    serve(script, other);
    to_.ca_file = other.certificate_file;
    Delivery delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::tls);
    EXPECT_EQ(delivery.words, "the TLS certificate is for another host name");
    to_.ca_file = good.certificate_file;
    delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::tls);
    EXPECT_THAT(delivery.words, StartsWith("the TLS certificate"));
    to_.ca_file = "/does/not/exist.pem";
    EXPECT_EQ(send().words, "the file of trusted certificates cannot be read");
    EXPECT_THAT(server_->commands(), IsEmpty());
}

TEST_F(SmtpTest, AServerWithoutLoginIsToldSo) {
    serve({});
    log_in();
    const Delivery delivery = send();
    EXPECT_EQ(delivery.stage, MailStage::login);
    EXPECT_EQ(delivery.words, "the server offers no login");
    EXPECT_THAT(server_->messages(), IsEmpty());
}

TEST_F(SmtpTest, AKnockSendsNothing) {
    SmtpScript script;
    script.offers_login = true;
    serve(script);
    log_in();
    EXPECT_EQ(run(loop_, smtp_.knock(to_)).stage, MailStage::done);
    EXPECT_EQ(server_->commands().back(), "QUIT");
    server_->script().replies["AUTH"] = "535 wrong\r\n";
    EXPECT_EQ(run(loop_, smtp_.knock(to_)).stage, MailStage::login);
}

}  // namespace
}  // namespace narvaro
