#include "storage/restore.h"

#include <memory>
#include <string>
#include <system_error>

#include <sqlite3.h>

#include "storage/copy.h"
#include "storage/failure.h"
#include "storage/open.h"
#include "storage/schema.h"

namespace narvaro {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
    std::error_code unknown;
    return fs::exists(file, unknown);
}

std::unique_ptr<Database> open_backup(const fs::path& backup, const fs::path& file) {
    if (!is_there(backup)) {
        refuse(Fault::usage, backup.string() + ": there is no such file",
               "name a copy that narvaro backup has made");
    }
    std::error_code unknown;
    if (fs::equivalent(backup, file, unknown)) {
        refuse(Fault::usage, backup.string() + " is the database itself", "name the backup");
    }
    auto db = open_as_it_is(backup, Access::read);
    if (schema_version(*db, migrations().size()) == 0) {
        refuse(Fault::usage, backup.string() + " holds nothing",
               "name a copy that narvaro backup has made");
    }
    if (const std::string found = quick_check(*db); found != "ok") {
        refuse(Fault::storage, backup.string() + " is damaged: " + found, "try an older backup");
    }
    return db;
}

/// Nobody else has the database open as long as this lives.
class SoleUser {
  public:
    explicit SoleUser(const fs::path& file) {
        try {
            db_ = open_as_it_is(file, Access::write);
            // Out of the write-ahead log, so that the file is whole and alone when it moves.
            db_->execute(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
        } catch (const SqliteError& failure) {
            if (failure.primary() == SQLITE_BUSY || failure.primary() == SQLITE_LOCKED) {
                refuse(Fault::storage, file.string() + " is in use",
                       "stop the service (systemctl stop narvarod) and other narvaro commands");
            }
            const bool damaged =
                failure.primary() == SQLITE_NOTADB || failure.primary() == SQLITE_CORRUPT;
            if (!damaged) throw;  // a damaged one is what a restore is for
        }
    }

  private:
    std::unique_ptr<Database> db_;
};

fs::path free_name_beside(const fs::path& file) {
    fs::path name = file;
    name += ".before-restore";
    for (int n = 2; is_there(name); ++n) {
        name = file;
        name += ".before-restore-" + std::to_string(n);
    }
    return name;
}

void move_file(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    if (!failed) return;
    refuse(Fault::storage,
           "cannot move " + from.string() + " to " + to.string() + ": " + failed.message(),
           "look at the folder: may narvaro write there?");
}

/// What a damaged database had beside it goes with it, or SQLite would play it into the new one.
void move_log(const fs::path& from, const fs::path& to) {
    for (const char* suffix : {"-wal", "-journal"}) {
        const fs::path log = from.native() + suffix;
        if (is_there(log)) move_file(log, to.native() + suffix);
    }
    std::error_code none_there;
    fs::remove(from.native() + "-shm", none_there);
}

}  // namespace

std::optional<fs::path> restore_database(const fs::path& backup, const fs::path& file) {
    const auto from = open_backup(backup, file);
    if (!is_there(file)) {
        copy_database(*from, file);
        return {};
    }
    const SoleUser sole{file};
    const fs::path fresh = file.native() + ".restored";
    copy_database(*from, fresh);
    const fs::path former = free_name_beside(file);
    move_file(file, former);
    move_log(file, former);
    move_file(fresh, file);
    return former;
}

}  // namespace narvaro
