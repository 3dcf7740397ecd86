// A backup takes the place of the database: whole, refused when that would lose something, and with
// what was there kept.
#include <fstream>

#include "storage/store.h"
#include "store_fixture.h"

namespace narvaro {
namespace {

namespace fs = std::filesystem;

class Restore : public StoreTest {
  protected:
    fs::path backup() const { return folder() / "backup.db"; }

    /// A backup that holds one post, and a database that has got another since.
    void SetUp() override {
        StoreTest::SetUp();
        apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z", "first")}), "2021-03-01T12:00:00Z");
        ASSERT_TRUE(store().backup_to(backup()));
        apply("fb", posts({post_of("2", "2021-03-02T10:00:00Z", "second")}),
              "2021-03-02T12:00:00Z");
    }
    std::int64_t posts_in(const fs::path& path) {
        return number_from(path, "SELECT count(*) FROM post");
    }
    Error refusal(const fs::path& from) {
        const auto done = Store::restore(from, file());
        EXPECT_FALSE(done);
        return done ? Error{} : done.error();
    }
    void write(const fs::path& path, const std::string& content) {
        std::ofstream{path, std::ios::binary} << content;
    }
};

TEST_F(Restore, PutsTheBackupBackAndKeepsWhatWasThere) {
    store_.reset();
    const auto former = Store::restore(backup(), file());
    ASSERT_TRUE(former) << former.error().what;
    ASSERT_TRUE(*former);
    EXPECT_EQ(**former, fs::path{file().native() + ".before-restore"});
    EXPECT_EQ(posts_in(**former), 2);
    EXPECT_EQ(posts_in(file()), 1);
    EXPECT_EQ(posts_in(backup()), 1);
    reopen();
    EXPECT_EQ(*store().quick_check(), "ok");
}

TEST_F(Restore, KeepsEveryFormerDatabase) {
    store_.reset();
    ASSERT_TRUE(Store::restore(backup(), file()));
    const auto second = Store::restore(backup(), file());
    ASSERT_TRUE(second) << second.error().what;
    EXPECT_EQ(**second, fs::path{file().native() + ".before-restore-2"});
    EXPECT_EQ(posts_in(file().native() + ".before-restore"), 2);
}

TEST_F(Restore, IsRefusedWhileAnybodyHasTheDatabaseOpen) {
    const Error error = refusal(backup());
    EXPECT_NE(error.what.find("in use"), std::string::npos) << error.what;
    EXPECT_NE(error.remedy.find("stop narvarod"), std::string::npos) << error.remedy;
    EXPECT_EQ(posts_in(file()), 2);
    EXPECT_FALSE(fs::exists(file().native() + ".before-restore"));
}

TEST_F(Restore, TakesThePlaceOfADamagedDatabase) {
    store_.reset();
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(file().native() + suffix);
    write(file(),
          "this was a database once, but now it is nothing that SQLite could read at all "
          ".....................................");
    const auto former = Store::restore(backup(), file());
    ASSERT_TRUE(former) << former.error().what;
    EXPECT_EQ(posts_in(file()), 1);
    EXPECT_TRUE(fs::exists(**former));
}

TEST_F(Restore, MakesTheDatabaseWhereThereIsNone) {
    const fs::path fresh = folder() / "fresh.db";
    const auto former = Store::restore(backup(), fresh);
    ASSERT_TRUE(former) << former.error().what;
    EXPECT_FALSE(*former);
    EXPECT_EQ(posts_in(fresh), 1);
}

TEST_F(Restore, RefusesWhatIsNoBackupAndLeavesTheDatabase) {
    store_.reset();
    const fs::path foreign = folder() / "foreign.db";
    run_sql(foreign, "CREATE TABLE theirs (x)");
    const fs::path text = folder() / "text.db";
    write(text, std::string(5000, 'x'));
    const fs::path empty = folder() / "empty.db";
    write(empty, "");
    const fs::path newer = folder() / "newer.db";
    fs::copy_file(backup(), newer);
    run_sql(newer, "PRAGMA user_version = 99");
    const fs::path damaged = folder() / "damaged.db";
    fs::copy_file(backup(), damaged);
    {
        std::fstream out{damaged, std::ios::binary | std::ios::in | std::ios::out};
        for (int page = 5; page < 20; ++page) out.seekp(page * 4096) << std::string(64, '\xee');
    }
    for (const fs::path& from :
         {foreign, text, empty, newer, damaged, folder() / "none.db", file()}) {
        EXPECT_FALSE(refusal(from).remedy.empty()) << from;
        EXPECT_EQ(posts_in(file()), 2) << from;
    }
}

}  // namespace
}  // namespace narvaro
