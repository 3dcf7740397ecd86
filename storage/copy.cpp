#include "storage/copy.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <sqlite3.h>

#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr int kPagesAtOnce = 1024;
constexpr int kPatience = 500;  ///< waits of 10 ms for a lock
constexpr mode_t kMode = S_IRUSR | S_IWUSR | S_IRGRP;

[[noreturn]] void refuse_file(const std::string& doing, const std::filesystem::path& file) {
    const int code = errno;
    refuse(Fault::storage, doing + " " + file.string() + ": " + std::strerror(code),
           code == ENOSPC ? "free space on the disk"
                          : "look at the folder: does it exist, and may narvaro write there?");
}

class FileDescriptor {
  public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

  private:
    int fd_;
};

void sync_path(const std::filesystem::path& path) {
    const FileDescriptor fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) refuse_file("cannot write", path);
}

/// Takes the unfinished copy away again, with what SQLite may have put beside it.
class Unfinished {
  public:
    explicit Unfinished(std::filesystem::path file) : file_(std::move(file)) { remove(); }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() { remove(); }
    const std::filesystem::path& file() const { return file_; }

  private:
    void remove() const noexcept {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            std::error_code none_there;
            std::filesystem::remove(file_.native() + suffix, none_there);
        }
    }
    std::filesystem::path file_;
};

DatabaseHandle open_copy(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    DatabaseHandle handle{opened};
    if (code != SQLITE_OK) {
        throw SqliteError(code, "opening " + file.string(), sqlite3_errstr(code));
    }
    return handle;
}

struct FinishBackup {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

void copy_pages(Database& from, sqlite3* to) {
    const std::unique_ptr<sqlite3_backup, FinishBackup> backup{
        sqlite3_backup_init(to, "main", from.handle(), "main")};
    if (!backup) throw SqliteError(sqlite3_errcode(to), "starting a copy", sqlite3_errmsg(to));
    int code = SQLITE_OK;
    for (int waits = 0; waits < kPatience;) {
        code = sqlite3_backup_step(backup.get(), kPagesAtOnce);
        if (code == SQLITE_DONE) return;
        if (code == SQLITE_OK) continue;
        if (code != SQLITE_BUSY && code != SQLITE_LOCKED) break;
        sqlite3_sleep(10);
        ++waits;
    }
    throw SqliteError(code, "copying the database", sqlite3_errstr(code));
}

}  // namespace

void create_file(const std::filesystem::path& file) {
    const FileDescriptor fd{::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kMode)};
    if (fd.get() < 0) {
        if (errno == EEXIST) return;
        refuse_file("cannot make", file);
    }
    if (::fchmod(fd.get(), kMode) != 0) refuse_file("cannot set the mode of", file);
}

std::string quick_check(Database& db) {
    std::string found;
    Query query = db.query("PRAGMA quick_check(20)");
    while (query.step()) {
        if (!found.empty()) found += '\n';
        found += query.text(0);
    }
    return found;
}

void copy_database(Database& from, const std::filesystem::path& file) {
    const char* own = sqlite3_db_filename(from.handle(), "main");
    std::error_code unknown;
    if (own != nullptr && std::filesystem::equivalent(own, file, unknown)) {
        refuse(Fault::usage, file.string() + " is the database itself", "name another file");
    }
    const Unfinished part{file.native() + ".part"};
    create_file(part.file());
    {
        Database copy{open_copy(part.file())};
        {
            // Without it, each write by another process would start the copy anew.
            const Snapshot still{from};
            from.query("SELECT count(*) FROM sqlite_schema").step();
            copy_pages(from, copy.handle());
        }
        // The copy is one file that can be carried about: no -wal beside it.
        copy.execute("PRAGMA journal_mode = DELETE");
        if (const std::string found = quick_check(copy); found != "ok") {
            refuse(Fault::storage, "the copy is damaged: " + found,
                   "the database may be damaged: narvaro doctor");
        }
    }
    sync_path(part.file());
    std::error_code failed;
    std::filesystem::rename(part.file(), file, failed);
    if (failed) {
        refuse(Fault::storage, "cannot name the copy " + file.string() + ": " + failed.message(),
               "look at the folder: does it exist, and may narvaro write there?");
    }
    const std::filesystem::path folder = file.parent_path();
    sync_path(folder.empty() ? std::filesystem::path{"."} : folder);
}

}  // namespace narvaro
