#include "storage/failure.h"

#include <sqlite3.h>

namespace narvaro {
namespace {

struct Meaning {
    int primary;
    const char* what;
    const char* remedy;
};

constexpr Meaning kMeanings[] = {
    {SQLITE_FULL, "the disk is full",
     "free space on the disk that holds the database; nothing stored is lost"},
    {SQLITE_BUSY, "another process holds the database",
     "it is tried again; if it stays so, look for a narvaro command that hangs"},
    {SQLITE_LOCKED, "another statement holds the database", "it is tried again"},
    {SQLITE_READONLY, "the database cannot be written",
     "let the user that runs narvaro write the database, its folder and its -wal and -shm files"},
    {SQLITE_PERM, "the database cannot be written",
     "let the user that runs narvaro write the database and its folder"},
    {SQLITE_CANTOPEN, "the database cannot be opened",
     "let the user that runs narvaro read and write the database and its folder"},
    {SQLITE_CORRUPT, "the database is damaged",
     "stop narvarod, keep the file, and put a backup back: narvaro restore FILE"},
    {SQLITE_NOTADB, "the file is damaged or no database",
     "stop narvarod, keep the file, and put a backup back: narvaro restore FILE"},
    {SQLITE_IOERR, "the disk could not be read or written",
     "look at free space and at the disk's health; nothing stored is lost"},
    {SQLITE_NOMEM, "no memory was left", "give the service more memory"},
    {SQLITE_TOOBIG, "a text is too long to be stored", ""},
    {SQLITE_CONSTRAINT, "what was to be stored breaks a rule of the database", ""},
};

}  // namespace

Error storage_error(const std::string& doing, const SqliteError& failure) {
    for (const Meaning& meaning : kMeanings) {
        if (meaning.primary != failure.primary()) continue;
        return {Fault::storage,
                doing + ": " + meaning.what + ": " + failure.what(),
                meaning.remedy,
                {}};
    }
    return {Fault::storage, doing + ": " + failure.what(), {}, {}};
}

}  // namespace narvaro
