// The digest as it was composed, and what becomes of its messages.
#include <atomic>
#include <thread>

#include "storage/open.h"
#include "storage/schema.h"
#include "store_fixture.h"

namespace narvaro {
namespace {

constexpr IsoWeek kWeek{2021, 9};
constexpr seconds kLongest{4 * 3600};

const sys_seconds kMonday = utc("2021-03-08T06:00:00Z");

class Outbox : public StoreTest {
  protected:
    static Composition composition(int revision = 1) {
        return {kWeek, revision, kMonday, false, R"({"plan":"2021"})"};
    }
    static QueuedMail mail(const std::string& name, const std::string& bytes = "To: x\r\n\r\nHej") {
        return {name + "@example.org", "sv", "<2021-W09." + name + "@narvaro>", bytes};
    }
    void compose(std::vector<QueuedMail> mails) {
        const auto added = store().add_composition(composition(), {}, mails);
        ASSERT_TRUE(added) << added.error().what;
        ASSERT_TRUE(*added);
    }
    StoredMail only() {
        const auto all = store().mails(kWeek);
        EXPECT_TRUE(all) << all.error().what;
        return all && all->size() == 1 ? all->front() : StoredMail{};
    }
    bool step(MailState from, MailState to, const char* at, const std::string& detail = {},
              std::optional<sys_seconds> next = {}) {
        const auto done =
            store().step_mail({only().id, from, to, utc(at), name_of(to), detail, next, false});
        EXPECT_TRUE(done) << done.error().what;
        return done.value_or(false);
    }
};

TEST_F(Outbox, ACompositionIsStoredOnceWithItsFilesAndMessages) {
    const std::string picture{"\x89PNG\r\n\x1a\n\0\xff", 10};
    const std::vector<DigestFile> files{{"sv", "text", "text/plain", "Hej å\n"},
                                        {"sv", "pace", "image/png", picture},
                                        {"en", "text", "text/plain", "Hello\n"}};
    const std::vector<QueuedMail> mails{mail("ada"), mail("bo")};
    ASSERT_TRUE(*store().add_composition(composition(), files, mails));
    Composition again = composition();
    again.context = "other";
    const std::vector<QueuedMail> more{mail("cleo")};
    EXPECT_FALSE(*store().add_composition(again, files, more));
    EXPECT_EQ((*store().composition(kWeek))->context, R"({"plan":"2021"})");
    EXPECT_EQ(store().mails(kWeek)->size(), 2U) << "nothing of the second was stored";
    const auto swedish = *store().digest_files(kWeek, 1, "sv");
    ASSERT_EQ(swedish.size(), 2U);
    EXPECT_EQ(swedish[0].name, "pace");
    EXPECT_EQ(swedish[0].bytes, picture);
    EXPECT_EQ((*store().digest_file(kWeek, 1, "en", "text"))->bytes, "Hello\n");
    EXPECT_FALSE(*store().digest_file(kWeek, 1, "en", "html"));
}

TEST_F(Outbox, ALaterRevisionStandsBesideTheFirst) {
    compose({mail("ada")});
    ASSERT_TRUE(*store().add_composition(composition(2), {}, {}));
    EXPECT_EQ((*store().composition(kWeek))->revision, 2);
    EXPECT_EQ((*store().composition(kWeek, 1))->revision, 1);
    EXPECT_FALSE(*store().composition(kWeek, 3));
    EXPECT_FALSE(*store().composition({2021, 8}));
    const auto all = *store().compositions();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].revision, 2);
}

TEST_F(Outbox, OfTwoWhoComposeAtOnceOneGoesOn) {
    std::atomic<int> first{0};
    const auto one = [&](const std::string& name) {
        auto own = Store::open(file(), OpenMode::read_write);
        const std::vector<DigestFile> files{{"sv", "text", "text/plain", name}};
        const std::vector<QueuedMail> mails{{"ada@example.org", "sv", "<" + name + ">", name}};
        const auto added = own->add_composition(composition(), files, mails);
        ASSERT_TRUE(added) << added.error().what;
        if (*added) ++first;
    };
    std::thread a{one, "a"};
    std::thread b{one, "b"};
    a.join();
    b.join();
    EXPECT_EQ(first, 1);
    const std::string winner = (*store().digest_file(kWeek, 1, "sv", "text"))->bytes;
    EXPECT_EQ(only().message_id, "<" + winner + ">");
    EXPECT_EQ(*store().mail_bytes(only().id), winner);
}

TEST_F(Outbox, AMessageIdBelongsToOneMessage) {
    QueuedMail twin = mail("bo");
    twin.message_id = mail("ada").message_id;
    const std::vector<QueuedMail> mails{mail("ada"), twin};
    EXPECT_EQ(store().add_composition(composition(), {}, mails).error().fault, Fault::storage);
    EXPECT_FALSE(*store().composition(kWeek)) << "all of it or nothing";
}

TEST_F(Outbox, WhoHasAMessageIsNotQueuedAgain) {
    compose({mail("ada")});
    QueuedMail again = mail("ada", "other bytes");
    again.message_id = "<another>";
    const std::vector<QueuedMail> mails{again, mail("bo")};
    EXPECT_EQ(*store().queue_mail(kWeek, 1, mails, kMonday), 1);
    EXPECT_EQ(store().mails(kWeek)->size(), 2U);
    EXPECT_EQ(store().queue_mail(kWeek, 7, mails, kMonday).error().fault, Fault::not_found);
}

TEST_F(Outbox, AStepIsTakenOnlyFromWhereTheMessageStands) {
    const std::string bytes{"From: å\r\n\r\n.\r\n\0", 15};
    compose({mail("ada", bytes)});
    EXPECT_FALSE(step(MailState::sending, MailState::handed, "2021-03-08T06:00:01Z"));
    EXPECT_TRUE(step(MailState::waiting, MailState::sending, "2021-03-08T06:00:01Z"));
    EXPECT_FALSE(step(MailState::waiting, MailState::sending, "2021-03-08T06:00:01Z"));
    EXPECT_EQ(only().attempts, 1);
    EXPECT_EQ(only().last_try, utc("2021-03-08T06:00:01Z"));
    EXPECT_EQ(*store().mail_bytes(only().id), bytes);
    EXPECT_TRUE(step(MailState::sending, MailState::handed, "2021-03-08T06:00:02Z"));
    EXPECT_EQ(*store().mail_bytes(only().id), bytes);
    EXPECT_TRUE(step(MailState::handed, MailState::sent, "2021-03-08T06:00:03Z", "250 ok"));
    EXPECT_EQ(only().state, MailState::sent);
    EXPECT_EQ(only().error, "");
    EXPECT_EQ(store().mail_bytes(only().id).error().fault, Fault::not_found);
    const auto events = *store().mail_events(only().id);
    ASSERT_EQ(events.size(), 4U) << "queued, sending, handed, sent; no word of what was not done";
    EXPECT_EQ(events[3].what, "sent");
    EXPECT_EQ(events[3].detail, "250 ok");
}

TEST_F(Outbox, WhatIsDueIsFoundAlsoWhenTheClockWasSetBack) {
    compose({mail("ada")});
    EXPECT_FALSE(*store().mail_due(kMonday - std::chrono::hours{1}, kLongest));
    EXPECT_TRUE(*store().mail_due(kMonday, kLongest));
    EXPECT_TRUE(*store().mail_due(kMonday - std::chrono::hours{5}, kLongest));
    EXPECT_EQ(store().due_mails(kMonday - std::chrono::hours{5}, kLongest)->size(), 1U);
    EXPECT_TRUE(step(MailState::waiting, MailState::sending, "2021-03-08T06:00:01Z"));
    EXPECT_TRUE(*store().mail_due(kMonday, kLongest)) << "it was interrupted";
    EXPECT_TRUE(store().due_mails(kMonday, kLongest)->empty());
    EXPECT_EQ(store().interrupted_mails()->size(), 1U);
    EXPECT_TRUE(step(MailState::sending, MailState::waiting, "2021-03-08T06:00:02Z", "451 later",
                     kMonday + std::chrono::minutes{1}));
    EXPECT_FALSE(*store().mail_due(kMonday, kLongest));
    EXPECT_EQ(only().error, "451 later");
    EXPECT_TRUE(*store().mail_due(kMonday + std::chrono::minutes{1}, kLongest));
}

TEST_F(Outbox, TheLogOfAMessageCannotBeRewritten) {
    compose({mail("ada")});
    const auto db = open_to_write(file());
    EXPECT_THROW(db->execute("UPDATE outbox_event SET what = 'x'"), SqliteError);
    EXPECT_THROW(db->execute("DELETE FROM outbox_event"), SqliteError);
    EXPECT_EQ(store().mail_events(only().id)->front().what, "queued");
}

TEST_F(Outbox, WeeksThatWereComposedBeforeThereWasAnOutboxCountAsComposed) {
    const auto old = folder() / "old.db";
    for (std::size_t i = 0; i < 6; ++i) run_sql(old, migrations()[i]);
    run_sql(old,
            "INSERT INTO digest VALUES ('2021-W09', 'sv', 1615183200, 'abc', NULL);"
            "INSERT INTO digest VALUES ('2021-W09', 'en', 1615183201, 'abd', 1615183300);"
            "INSERT INTO digest VALUES ('2021-W10', 'sv', 1615788000, 'abe', NULL)");
    const auto opened = Store::open(old, OpenMode::read_write);
    ASSERT_TRUE(opened) << opened.error().what;
    const auto all = *opened->compositions();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].week, kWeek);
    EXPECT_EQ(all[1].revision, 1);
    EXPECT_EQ(all[1].composed_at, sys_seconds{seconds{1615183200}});
    EXPECT_FALSE(all[1].late);
    EXPECT_TRUE(opened->digest_files(kWeek, 1, "sv")->empty());
    EXPECT_TRUE(opened->mails({})->empty());
    EXPECT_EQ(number_from(old, "SELECT count(*) FROM digest"), 3);
}

}  // namespace
}  // namespace narvaro
