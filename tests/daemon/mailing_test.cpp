// What becomes of messages: with a clock that is turned and a mail server that is played.
#include "daemon/mailing.h"

#include <deque>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/run_loop.h"

namespace narvaro {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr IsoWeek kWeek{2021, 9};
const sys_seconds kMonday = *parse_instant("2021-03-08T06:00:00Z");

const Delivery kTaken{MailStage::done, 250, "queued"};
const Delivery kLost{MailStage::answer, 0, "no answer in time"};
const Delivery kGreylisted{MailStage::recipient, 450, "greylisted"};
const Delivery kUnknown{MailStage::recipient, 550, "no such person"};
const Delivery kSpam{MailStage::data, 554, "spam"};
const Delivery kDown{MailStage::connect, 0, "connection refused"};
const Delivery kWrongPassword{MailStage::login, 535, "wrong password"};

/// Plays a mail server: answers in order, then takes everything.
class PlayedSender : public MailSender {
  public:
    Task<Result<Delivery>> send(MailServer /*server*/, Mail mail, BeforeEnd before_end) override {
        Delivery answer = kTaken;
        if (!answers.empty()) {
            answer = answers.front();
            answers.pop_front();
        }
        const bool handed_over = answer.stage == MailStage::answer ||
                                 answer.stage == MailStage::done || answer.code == kSpam.code;
        if (handed_over) {
            const Result<void> noted = before_end();
            if (!noted) co_return tl::unexpected<Error>{noted.error()};
        }
        asked.push_back(mail.to);
        if (answer.stage == MailStage::done) taken.push_back(mail.bytes);
        co_return answer;
    }
    Task<void> quit() override { co_return; }

    std::deque<Delivery> answers;
    std::vector<std::string> asked;
    std::vector<std::string> taken;
};

class MailingTest : public ::testing::Test {
  protected:
    MailingTest() {
        std::string pattern = ::testing::TempDir() + "narvaro-mailing-XXXXXX";
        settings_.state = ::mkdtemp(pattern.data());
        settings_.digest.emplace();
        settings_.digest->smtp = "smtp://localhost";
        settings_.digest->from = "n@example.org";
        for (const char* to : {"ada@x.org", "bo@x.org"}) settings_.digest->to.push_back({to, "sv"});
        store_.emplace(
            std::move(*Store::open(settings_.state / "narvaro.db", OpenMode::read_write)));
    }
    ~MailingTest() override {
        store_.reset();
        std::filesystem::remove_all(settings_.state);
    }
    MailingTest(const MailingTest&) = delete;
    MailingTest& operator=(const MailingTest&) = delete;

    void queue(const std::vector<std::string>& recipients) {
        std::vector<QueuedMail> mails;
        for (const std::string& to : recipients) mails.push_back({to, "sv", "<" + to + ">", to});
        ASSERT_TRUE(*store_->add_composition({kWeek, 1, kMonday, false, "{}"}, {}, mails));
    }
    MailingReport round(MailingOrder order = {}) {
        auto lock = OutboxLock::take(settings_.state);
        EXPECT_TRUE(lock && *lock);
        asio::io_context loop;
        return run_on(loop, send_waiting(
                                *store_, settings_, sender_, [this] { return now_; },
                                std::move(order), **lock));
    }
    bool due() const { return *store_->mail_due(now_, kLongestMailWait); }
    StoredMail mail(std::size_t i = 0) const { return store_->mails(kWeek)->at(i); }
    std::string state(std::size_t i = 0) const { return name_of(mail(i).state); }
    std::vector<std::string> log(std::size_t i = 0) const {
        std::vector<std::string> words;
        const auto events = store_->mail_events(mail(i).id);
        for (const MailEvent& event : *events) words.push_back(event.what);
        return words;
    }
    void move_to(MailState from, MailState to) {
        ASSERT_TRUE(*store_->step_mail({mail().id, from, to, now_, name_of(to)}));
    }

    Settings settings_;
    std::optional<Store> store_;
    PlayedSender sender_;
    sys_seconds now_ = kMonday;
};

TEST_F(MailingTest, EachRecipientGetsTheMessageOnce) {
    queue({"ada@x.org", "bo@x.org"});
    EXPECT_FALSE(round().fault);
    EXPECT_FALSE(due());
    round();
    EXPECT_THAT(sender_.taken, ElementsAre("ada@x.org", "bo@x.org"));
    EXPECT_THAT(log(), ElementsAre("queued", "sending", "handed", "sent"));
}

TEST_F(MailingTest, ARefusedRecipientIsNotAskedAgainAndTheNextGetsIt) {
    queue({"ada@x.org", "bo@x.org"});
    sender_.answers = {kUnknown};
    EXPECT_FALSE(round().fault);
    EXPECT_EQ(state(0), "refused");
    EXPECT_EQ(mail(0).error, "550 no such person");
    EXPECT_EQ(state(1), "sent");
    EXPECT_FALSE(due());
}

TEST_F(MailingTest, ARefusalOfTheWholeMessageIsNoLostAnswer) {
    queue({"ada@x.org"});
    sender_.answers = {kSpam};
    round();
    EXPECT_EQ(state(), "refused");
    EXPECT_EQ(mail().error, "554 spam");
}

TEST_F(MailingTest, ATemporaryRefusalIsTriedEverMoreSeldomForFiveDays) {
    queue({"ada@x.org"});
    sender_.answers = std::deque<Delivery>(1000, kGreylisted);
    std::vector<minutes> waits;
    while (state() == "waiting" && waits.size() < 1000) {
        round();
        if (state() != "waiting") break;
        waits.push_back(std::chrono::duration_cast<minutes>(*mail().next_attempt - now_));
        now_ = *mail().next_attempt - seconds{1};
        EXPECT_FALSE(due());
        now_ += seconds{1};
        EXPECT_TRUE(due());
    }
    ASSERT_GT(waits.size(), 10U);
    EXPECT_EQ(waits[0], minutes{1});
    EXPECT_EQ(waits[1], minutes{2});
    EXPECT_EQ(waits.back(), hours{4});
    EXPECT_EQ(state(), "refused");
    EXPECT_GE(now_ - kMonday, date::days{5});
    EXPECT_LT(now_ - kMonday, date::days{5} + hours{5});
    EXPECT_EQ(mail().error, "tried for 5 days; at last: 450 greylisted");
}

TEST_F(MailingTest, AMachineThatWasOffForAWeekDoesNotGiveUpAtOnce) {
    queue({"ada@x.org"});
    now_ += date::days{9};
    sender_.answers = {kDown};
    round();
    EXPECT_EQ(state(), "waiting");
    now_ += minutes{1};
    round();
    EXPECT_EQ(state(), "sent");
}

TEST_F(MailingTest, AServerThatIsDownIsAskedOnceForAll) {
    queue({"ada@x.org", "bo@x.org"});
    sender_.answers = {kDown};
    const auto report = round();
    EXPECT_THAT(report.fault->what, HasSubstr("connection refused"));
    EXPECT_THAT(sender_.asked, ElementsAre("ada@x.org"));
    EXPECT_EQ(mail(1).next_attempt, now_ + minutes{1});
    EXPECT_EQ(mail(1).attempts, 1);
    EXPECT_FALSE(*mail_server_fault(*store_)) << "nobody has to do anything yet";
    now_ += minutes{1};
    round();
    EXPECT_EQ(sender_.taken.size(), 2U);
}

TEST_F(MailingTest, AWrongPasswordIsSaidAndTriedHourlyForEver) {
    queue({"ada@x.org", "bo@x.org"});
    for (int hour = 0; hour < 24 * 10; ++hour) {
        sender_.answers = {kWrongPassword};
        ASSERT_TRUE(due()) << hour;
        EXPECT_EQ(round().fault->fault, Fault::auth);
        EXPECT_FALSE(due());
        now_ += hours{1};
    }
    const auto fault = *mail_server_fault(*store_);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->since, kMonday);
    EXPECT_EQ(fault->what, "mail server: login: 535 wrong password");
    EXPECT_THAT(fault->remedy, HasSubstr("password"));
    EXPECT_EQ(state(0), "waiting");
    sender_.answers = {kGreylisted};
    round();
    EXPECT_EQ(state(0), "waiting") << "ten days of a wrong password are not its own";
    EXPECT_EQ(state(1), "sent");
    now_ += minutes{1};
    round();
    EXPECT_EQ(state(0), "sent");
    EXPECT_FALSE(*mail_server_fault(*store_));
}

TEST_F(MailingTest, AMissingPasswordIsAFaultOfTheConfiguration) {
    settings_.digest->user = "n";
    settings_.digest->password = SecretRef{SecretRef::Kind::environment, "NARVARO_NO_SUCH_SECRET"};
    queue({"ada@x.org"});
    EXPECT_TRUE(round().fault);
    EXPECT_THAT((*mail_server_fault(*store_))->what, HasSubstr("NARVARO_NO_SUCH_SECRET"));
    EXPECT_EQ(mail().next_attempt, now_ + hours{1});
    EXPECT_THAT(sender_.asked, IsEmpty());
}

TEST_F(MailingTest, ALostAnswerIsFollowedByTheSameMessageOnce) {
    queue({"ada@x.org"});
    sender_.answers = {kLost};
    round();
    EXPECT_EQ(state(), "waiting");
    EXPECT_EQ(mail().error, "the server's answer was lost; sent again with the same Message-ID");
    now_ += minutes{1};
    round();
    EXPECT_EQ(state(), "sent");
    EXPECT_THAT(sender_.asked, ElementsAre("ada@x.org", "ada@x.org"));
    EXPECT_THAT(log(), ElementsAre("queued", "sending", "handed", "answer lost", "sending",
                                   "handed", "sent"));
}

TEST_F(MailingTest, AnAnswerThatIsLostTwiceIsLeftToAPerson) {
    queue({"ada@x.org"});
    sender_.answers = {kLost, kGreylisted, kLost};
    for (int i = 0; i < 3; ++i) {
        round();
        now_ += hours{1};
    }
    EXPECT_EQ(state(), "unconfirmed");
    EXPECT_FALSE(due());
    MailingOrder order;
    order.week = kWeek;
    round(order);
    EXPECT_EQ(sender_.asked.size(), 3U) << "not by a person's --send either";
}

TEST_F(MailingTest, WhatWasInterruptedBeforeTheEndIsSentAsIfNothingHadHappened) {
    queue({"ada@x.org"});
    move_to(MailState::waiting, MailState::sending);
    EXPECT_TRUE(due());
    round();
    EXPECT_EQ(state(), "sent");
    EXPECT_EQ(mail().answers_lost, 0);
    EXPECT_THAT(log(),
                ElementsAre("queued", "sending", "interrupted", "sending", "handed", "sent"));
}

TEST_F(MailingTest, WhatWasInterruptedAfterTheEndIsSentAgainOnceAndSaysSo) {
    queue({"ada@x.org"});
    for (int crash = 0; crash < 2; ++crash) {
        move_to(MailState::waiting, MailState::sending);
        move_to(MailState::sending, MailState::handed);
        sender_.answers = {kGreylisted};
        round();
        now_ += hours{1};
    }
    EXPECT_EQ(state(), "unconfirmed");
    EXPECT_THAT(sender_.asked, ElementsAre("ada@x.org"));
}

TEST_F(MailingTest, AClockThatIsSetBackNeitherRepeatsNorStarves) {
    queue({"ada@x.org", "bo@x.org"});
    sender_.answers = {kTaken, kGreylisted};
    round();
    now_ -= date::days{400};
    EXPECT_TRUE(due());
    round();
    EXPECT_THAT(sender_.asked, ElementsAre("ada@x.org", "bo@x.org", "bo@x.org"));
    EXPECT_EQ(state(1), "sent");
    now_ += date::days{800};
    EXPECT_FALSE(due());
}

TEST_F(MailingTest, WhoWasTakenOutOfTheConfigurationGetsNothingMore) {
    queue({"ada@x.org", "bo@x.org"});
    settings_.digest->to.pop_back();
    round();
    EXPECT_THAT(sender_.taken, ElementsAre("ada@x.org"));
    EXPECT_EQ(state(1), "refused");
    EXPECT_EQ(mail(1).error, "no longer among [digest] to");
}

TEST_F(MailingTest, ARoundThatIsToldToStopTakesNoFurtherMessage) {
    queue({"ada@x.org", "bo@x.org"});
    MailingOrder order;
    order.goes_on = [this] { return sender_.asked.empty(); };
    round(order);
    EXPECT_EQ(state(0), "sent");
    EXPECT_EQ(state(1), "waiting");
}

TEST_F(MailingTest, OnlyOneSendsAtATime) {
    const auto first = OutboxLock::take(settings_.state);
    ASSERT_TRUE(first && *first);
    EXPECT_FALSE(*OutboxLock::take(settings_.state));
    EXPECT_EQ(OutboxLock::take("/does/not/exist").error().fault, Fault::storage);
}

struct StepCase {
    const char* name;
    Delivery delivery;
    MailState to;
    bool every;
};
class MailStepTest : public ::testing::TestWithParam<StepCase> {};

TEST_P(MailStepTest, FollowsFromTheServersWord) {
    const StepCase& c = GetParam();
    StoredMail mail;
    mail.queued_at = kMonday;
    const MailStep step = step_after(mail, MailState::sending, c.delivery, kMonday);
    EXPECT_EQ(name_of(step.to), std::string{name_of(c.to)});
    EXPECT_EQ(step.next_attempt.has_value(), c.to == MailState::waiting);
    EXPECT_EQ(concerns_every_mail(c.delivery), c.every);
}

INSTANTIATE_TEST_SUITE_P(
    Each, MailStepTest,
    ::testing::Values(
        StepCase{"Taken", kTaken, MailState::sent, false},
        StepCase{"Down", kDown, MailState::waiting, true},
        StepCase{"Busy", {MailStage::connect, 421, "busy"}, MailState::waiting, true},
        StepCase{"Unwelcome", {MailStage::connect, 554, "no"}, MailState::waiting, true},
        StepCase{"NoTls", {MailStage::tls, 0, "no STARTTLS"}, MailState::waiting, true},
        StepCase{"NoLogin", {MailStage::login, 0, "none"}, MailState::waiting, true},
        StepCase{"LoginLater", {MailStage::login, 454, "later"}, MailState::waiting, true},
        StepCase{"SenderLater", {MailStage::sender, 451, "later"}, MailState::waiting, false},
        StepCase{"SenderNever", {MailStage::sender, 553, "not you"}, MailState::waiting, true},
        StepCase{"TooLarge", {MailStage::sender, 552, "too large"}, MailState::refused, false},
        StepCase{"RecipientLater", kGreylisted, MailState::waiting, false},
        StepCase{"RecipientNever", kUnknown, MailState::refused, false},
        StepCase{"LoginWanted", {MailStage::recipient, 530, "log in"}, MailState::waiting, true},
        StepCase{"DataLater", {MailStage::data, 451, "later"}, MailState::waiting, false},
        StepCase{"DataNever", kSpam, MailState::refused, false},
        StepCase{"CutOff", {MailStage::data, 0, "lost"}, MailState::waiting, false},
        StepCase{"AnswerLost", kLost, MailState::waiting, false}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace narvaro
