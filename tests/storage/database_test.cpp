#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/failure.h"
#include "storage/open.h"
#include "storage/schema.h"
#include "store_fixture.h"

namespace narvaro {
namespace {

constexpr char kNames[] = "SELECT name FROM source ORDER BY name";

class DatabaseFile : public StoreTest {
  protected:
    unsigned mode(const std::filesystem::path& path) {
        struct stat info{};
        EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
        return info.st_mode & 0777U;
    }
    std::string bytes(const std::filesystem::path& path) {
        std::ifstream in{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void write(const std::filesystem::path& path, const std::string& content) {
        std::ofstream{path, std::ios::binary} << content;
    }
    Error refused(const std::filesystem::path& path, OpenMode how) {
        const auto opened = Store::open(path, how);
        if (opened) {
            ADD_FAILURE() << path << " was opened";
            return {};
        }
        EXPECT_EQ(opened.error().fault, Fault::storage);
        EXPECT_FALSE(opened.error().remedy.empty()) << opened.error().what;
        return opened.error();
    }
};

TEST_F(DatabaseFile, IsMadeForOwnerAndGroupWithTheSchemaOfToday) {
    EXPECT_EQ(mode(file()), 0640U);
    EXPECT_EQ(number_from(file(), "PRAGMA user_version"),
              static_cast<std::int64_t>(migrations().size()));
    EXPECT_EQ(number_from(file(), "PRAGMA application_id"), kApplicationId);
    EXPECT_EQ(text_from(file(), "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(number_from(file(),
                          "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' "
                          "AND type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT strict"),
              0);
    EXPECT_EQ(*store().quick_check(), "ok");
    EXPECT_TRUE(store().alive());
}

TEST_F(DatabaseFile, IsWrittenSafely) {
    store_.reset();
    const auto db = open_to_write(file());
    const std::pair<const char*, const char*> expected[] = {
        {"PRAGMA synchronous", "2"},
        {"PRAGMA foreign_keys", "1"},
        {"PRAGMA trusted_schema", "0"},
        {"PRAGMA busy_timeout", "5000"},
        {"PRAGMA cell_size_check", "1"},
        {"PRAGMA journal_mode", "wal"},
        {"PRAGMA journal_size_limit", "8388608"}};
    for (const auto& [pragma, value] : expected) {
        Query row = db->query(pragma);
        ASSERT_TRUE(row.step()) << pragma;
        EXPECT_EQ(row.text(0), value) << pragma;
    }
}

TEST_F(DatabaseFile, OpensAgainWithWhatItHeld) {
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z")}), "2021-03-01T12:00:00Z");
    const std::string before = dump(file());
    reopen();
    EXPECT_EQ(dump(file()), before);
}

TEST_F(DatabaseFile, OfANewerProgramIsRefusedAndLeftAlone) {
    store_.reset();
    run_sql(file(), "PRAGMA user_version = 99");
    const std::string before = dump(file());
    for (const OpenMode how : {OpenMode::read_write, OpenMode::read_only}) {
        const Error error = refused(file(), how);
        EXPECT_NE(error.what.find("99"), std::string::npos) << error.what;
        EXPECT_NE(error.remedy.find("newer narvaro"), std::string::npos);
    }
    EXPECT_EQ(dump(file()), before);
    run_sql(file(), "PRAGMA user_version = 1");
}

TEST_F(DatabaseFile, OfAnotherProgramIsRefusedAndLeftAlone) {
    const auto foreign = folder() / "foreign.db";
    run_sql(foreign, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    const std::string before = bytes(foreign);
    EXPECT_NE(refused(foreign, OpenMode::read_write).what.find("another program"),
              std::string::npos);
    EXPECT_EQ(bytes(foreign), before);
}

TEST_F(DatabaseFile, ThatIsDamagedIsRefusedAndLeftAlone) {
    const auto broken = folder() / "broken.db";
    write(broken,
          "this is no database, but it is long enough to be looked at as one ..........."
          "..................................................................");
    const std::string before = bytes(broken);
    for (const OpenMode how : {OpenMode::read_write, OpenMode::read_only}) {
        const Error error = refused(broken, how);
        EXPECT_NE(error.remedy.find("narvaro restore"), std::string::npos) << error.what;
        EXPECT_NE(error.what.find("SQLite code 26"), std::string::npos) << error.what;
    }
    EXPECT_EQ(bytes(broken), before);
}

TEST_F(DatabaseFile, DamageInsideIsFoundByTheCheckAndNotCopied) {
    std::vector<Post> many;
    many.reserve(500);
    for (int i = 0; i < 500; ++i) {
        many.push_back(post_of(std::to_string(i), "2021-03-01T10:00:00Z", std::string(500, 'x')));
    }
    apply("fb", posts(many), "2021-03-01T12:00:00Z");
    store_.reset();
    run_sql(file(), "PRAGMA wal_checkpoint(TRUNCATE)");
    std::string content = bytes(file());
    for (std::size_t page = 70; page < 90; ++page) content.replace(page * 4096, 64, 64, '\xee');
    write(file(), content);
    reopen();
    const auto checked = store().quick_check();
    EXPECT_TRUE(!checked || *checked != "ok");
    const auto backup = store().backup_to(folder() / "copy.db");
    ASSERT_FALSE(backup);
    EXPECT_EQ(backup.error().fault, Fault::storage);
    EXPECT_FALSE(std::filesystem::exists(folder() / "copy.db"));
    EXPECT_FALSE(std::filesystem::exists(folder() / "copy.db.part"));
}

TEST_F(DatabaseFile, ThatIsMissingOrUnreachableIsToldPlainly) {
    EXPECT_NE(refused(folder() / "none.db", OpenMode::read_only).what.find("none.db"),
              std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder() / "none.db"));
    refused(folder() / "no" / "such" / "folder.db", OpenMode::read_write);
    refused(folder(), OpenMode::read_write);
}

TEST_F(DatabaseFile, IsReadByAnotherWhileItIsWritten) {
    auto reader = Store::open(file(), OpenMode::read_only);
    ASSERT_TRUE(reader) << reader.error().what;
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z")}), "2021-03-01T12:00:00Z");
    EXPECT_TRUE(*reader->post("fb/1", kNow));
    const auto failed = reader->apply("fb", {}, outcome("2021-03-01T12:00:00Z"));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::storage);
    EXPECT_NE(failed.error().what.find("cannot be written"), std::string::npos);
    EXPECT_FALSE(failed.error().remedy.empty());
    store_.reset();
    EXPECT_TRUE(reader->alive());
    EXPECT_TRUE(Store::open(file(), OpenMode::read_only)) << "also when nobody writes";
}

TEST_F(DatabaseFile, SeveralQuestionsSeeOneMoment) {
    auto other = Store::open(file(), OpenMode::read_write);
    ASSERT_TRUE(other);
    const auto answered = store().at_one_moment([&]() -> Result<void> {
        EXPECT_FALSE(*store().post("fb/1", kNow));
        EXPECT_TRUE(other->apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z")}),
                                 outcome("2021-03-01T12:00:00Z")));
        EXPECT_FALSE(*store().post("fb/1", kNow));
        return fail(Fault::usage, "passed on");
    });
    EXPECT_EQ(answered.error().what, "passed on");
    EXPECT_TRUE(*store().post("fb/1", kNow));
}

TEST_F(DatabaseFile, AFullDiskIsToldAndLosesNothing) {
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z")}), "2021-03-01T12:00:00Z");
    const std::string before = dump(file());
    const auto impl = open_to_write(file());
    {
        Query limit = impl->query("PRAGMA max_page_count = 1");  // SQLite raises it to what is used
        ASSERT_TRUE(limit.step());
    }
    const auto failed = guarded("writing", [&] {
        Transaction transaction{*impl};
        for (int i = 0; i < 1000; ++i) {
            impl->run(
                "INSERT INTO record (name, at, note, link, who, recorded_at) "
                "VALUES ('x', ?1, ?2, '', '', 0)",
                i, std::string(1000, 'x'));
        }
        transaction.commit();
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::storage);
    EXPECT_NE(failed.error().what.find("disk is full"), std::string::npos) << failed.error().what;
    EXPECT_NE(failed.error().what.find("INSERT INTO record"), std::string::npos);
    EXPECT_FALSE(failed.error().remedy.empty());
    EXPECT_EQ(dump(file()), before);
    apply("fb", posts({post_of("2", "2021-03-01T10:00:00Z")}), "2021-03-01T13:00:00Z");
}

TEST_F(DatabaseFile, IsCopiedWhole) {
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z")}), "2021-03-01T12:00:00Z");
    const auto copy = folder() / "copy.db";
    write(copy, "an older backup");
    const auto done = store().backup_to(copy);
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(dump(copy), dump(file()));
    EXPECT_EQ(mode(copy), 0640U);
    EXPECT_FALSE(std::filesystem::exists(folder() / "copy.db.part"));
    EXPECT_FALSE(std::filesystem::exists(folder() / "copy.db-wal"));
    EXPECT_TRUE(Store::open(copy, OpenMode::read_write));
    EXPECT_EQ(store().backup_to(file()).error().fault, Fault::usage);
    EXPECT_EQ(store().backup_to(folder() / "no" / "copy.db").error().fault, Fault::storage);
}

TEST_F(DatabaseFile, AFailedCopyLeavesTheFormerOne) {
    const auto copy = folder() / "copy.db";
    std::filesystem::create_directory(copy);
    write(copy / "kept", "x");
    ASSERT_FALSE(store().backup_to(copy));
    EXPECT_EQ(bytes(copy / "kept"), "x");
    EXPECT_FALSE(std::filesystem::exists(folder() / "copy.db.part"));
}

TEST_F(DatabaseFile, IsMigratedStepByStepWithACopyOfWhatWas) {
    store_.reset();
    const std::string before = dump(file());
    auto db = open_to_write(file());
    const auto today = static_cast<std::int64_t>(migrations().size());
    const std::string first =
        "CREATE TABLE extra (x INTEGER) STRICT; PRAGMA user_version = " + std::to_string(today + 1);
    const std::string second =
        "INSERT INTO extra VALUES (1); INSERT INTO nowhere VALUES (1); PRAGMA user_version = " +
        std::to_string(today + 2);
    std::vector<Migration> steps{migrations().begin(), migrations().end()};
    steps.push_back(first.c_str());
    steps.push_back(second.c_str());
    EXPECT_THROW(migrate(*db, steps, file()), SqliteError);
    EXPECT_EQ(number_from(file(), "PRAGMA user_version"), today + 1)
        << "the failed step left nothing";
    EXPECT_EQ(number_from(file(), "SELECT count(*) FROM extra"), 0);
    auto copy = file();
    copy += ".before-v" + std::to_string(today + 2);
    EXPECT_EQ(dump(copy), before);
    EXPECT_EQ(number_from(copy, "PRAGMA user_version"), today);
}

TEST_F(DatabaseFile, OfTheFirstSchemaIsRaisedAndLosesNothing) {
    const auto old = folder() / "old.db";
    run_sql(old, migrations()[0]);
    run_sql(old,
            "INSERT INTO source VALUES (1, 'web', 'website', 'https://site.example/feed', 1);"
            "INSERT INTO poll_state (source_id, etag) VALUES (1, 'kept')");
    const auto opened = Store::open(old, OpenMode::read_write);
    ASSERT_TRUE(opened) << opened.error().what;
    const auto web = opened->status("web");
    ASSERT_TRUE(web) << web.error().what;
    EXPECT_EQ(web->validators.etag, "kept");
    EXPECT_EQ(web->moved_to, "");
    EXPECT_TRUE(web->beats.empty());
    EXPECT_EQ(number_from(old, "PRAGMA user_version"),
              static_cast<std::int64_t>(migrations().size()));
}

TEST_F(DatabaseFile, ATransactionThatIsNotCommittedLeavesNothing) {
    store_.reset();
    const auto db = open_to_write(file());
    {
        Transaction transaction{*db};
        db->run("INSERT INTO service_state (key, value) VALUES (?1, ?2)", "a", "b");
    }
    EXPECT_EQ(number_from(file(), "SELECT count(*) FROM service_state"), 0);
    Transaction again{*db};
    again.commit();
}

TEST_F(DatabaseFile, ACommitWaitsForTheDiskUnlessToldOtherwise) {
    store_.reset();
    const auto db = open_to_write(file());
    const auto level = [&] {
        Query row = db->query("PRAGMA synchronous");
        return row.step() ? row.text(0) : "";
    };
    Transaction{*db, Outlives::program_end}.commit();
    EXPECT_EQ(level(), "1");
    Transaction{*db}.commit();
    EXPECT_EQ(level(), "2");
}

TEST_F(DatabaseFile, AStatementWithinItselfIsPreparedASecondTime) {
    store_.reset();
    const auto db = open_to_write(file());
    int pairs = 0;
    Query outer = db->query(kNames);
    while (outer.step()) {
        Query inner = db->query(kNames);
        while (inner.step()) ++pairs;
    }
    EXPECT_EQ(pairs, 25);
}

}  // namespace
}  // namespace narvaro
