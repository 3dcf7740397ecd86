#include "storage/open.h"

#include <sqlite3.h>

#include "storage/copy.h"
#include "storage/failure.h"
#include "storage/schema.h"

namespace narvaro {
namespace {

constexpr int kBusyMilliseconds = 5000;

std::unique_ptr<Database> connect(const std::filesystem::path& file, int flags) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    DatabaseHandle handle{opened};
    if (code != SQLITE_OK) {
        throw SqliteError(code, "opening",
                          opened == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(opened));
    }
    sqlite3_busy_timeout(opened, kBusyMilliseconds);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    auto db = std::make_unique<Database>(std::move(handle));
    db->execute(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
        "PRAGMA foreign_keys = ON");
    return db;
}

void use_wal(Database& db) {
    Query mode = db.query("PRAGMA journal_mode = WAL");
    if (!mode.step() || mode.text(0) != "wal") {
        refuse(Fault::storage, "the file system allows no write-ahead log",
               "keep the database on a local disk, not on a network share");
    }
}

}  // namespace

std::unique_ptr<Database> open_to_write(const std::filesystem::path& file) {
    create_file(file);
    auto db = connect(file, SQLITE_OPEN_READWRITE);
    // Refused before anything is written: another program's file stays as it is.
    schema_version(*db, migrations().size());
    use_wal(*db);
    db->execute("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 8388608");
    // A reader in another process finds -wal and -shm also while nobody writes.
    int persist = 1;
    sqlite3_file_control(db->handle(), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
    migrate(*db, migrations(), file);
    return db;
}

std::unique_ptr<Database> open_to_read(const std::filesystem::path& file) {
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown)) {
        refuse(Fault::storage, "there is no such file", "start narvarod, or run: narvaro poll");
    }
    auto db = connect(file, SQLITE_OPEN_READONLY);
    const std::int64_t version = schema_version(*db, migrations().size());
    if (version < static_cast<std::int64_t>(migrations().size())) {
        refuse(Fault::storage, "the database has not been brought up to this narvaro yet",
               "start narvarod, or run: narvaro poll");
    }
    return db;
}

std::unique_ptr<Database> open_as_it_is(const std::filesystem::path& file, Access access) {
    return connect(file, access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
}

}  // namespace narvaro
