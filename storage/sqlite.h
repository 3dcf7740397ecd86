#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace narvaro {

/// A failure inside storage/. It never leaves the folder: `guarded` turns it into an Error.
class SqliteError : public std::runtime_error {
  public:
    /// @param extended  SQLite's extended result code
    SqliteError(int extended, const std::string& doing, const std::string& said);
    int extended() const { return extended_; }
    int primary() const { return extended_ & 0xff; }

  private:
    int extended_;
};

struct CloseDatabase {
    void operator()(sqlite3* handle) const noexcept;
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* handle) const noexcept;
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// A statement that runs. When it goes out of scope it is reset, and stays prepared for the next
/// time. Columns count from 0; getters read the row that `step` came to.
class Query {
  public:
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    /// @return false when there is no further row
    bool step();

    std::int64_t integer(int column) const;
    double real(int column) const;
    bool boolean(int column) const { return integer(column) != 0; }
    std::string text(int column) const;
    sys_seconds time(int column) const { return sys_seconds{seconds{integer(column)}}; }
    bool null(int column) const;

    std::optional<std::int64_t> maybe_integer(int column) const;
    std::optional<double> maybe_real(int column) const;
    std::optional<std::string> maybe_text(int column) const;
    std::optional<sys_seconds> maybe_time(int column) const;

  private:
    friend class Database;
    struct Slot;
    Query(Slot* slot, StatementHandle own) : slot_(slot), own_(std::move(own)) {}

    template <class... Values>
    void bind_all(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
    }
    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, std::int64_t{value}); }
    void bind(int index, bool value) { bind(index, std::int64_t{value ? 1 : 0}); }
    void bind(int index, double value);
    void bind(int index, std::string_view value);
    void bind(int index, const std::string& value) { bind(index, std::string_view{value}); }
    void bind(int index, const char* value) { bind(index, std::string_view{value}); }
    void bind(int index, sys_seconds value) { bind(index, value.time_since_epoch().count()); }
    void bind(int index, std::nullopt_t);
    template <class T>
    void bind(int index, const std::optional<T>& value) {
        if (value) {
            bind(index, *value);
        } else {
            bind(index, std::nullopt);
        }
    }

    sqlite3_stmt* handle() const;
    [[noreturn]] void fail_with(int code) const;
    void check_bound(int code) const;

    Slot* slot_;           ///< the prepared statement in use; null with `own_` or when moved from
    StatementHandle own_;  ///< a second copy of a statement that was already running
    bool lasting_ = true;  ///< bound text is copied, since it may not outlive the call
};

/// What a commit outlives.
enum class Outlives {
    power_cut,    ///< it is on the disk
    program_end,  ///< it is in the system's hands; on the disk with the next commit that must be
};

/// One connection. Statements are prepared once and looked up by their text; every text is a
/// constant of this program with static lifetime, and values are bound. One thread.
class Database {
  public:
    explicit Database(DatabaseHandle handle);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Starts a statement with its values bound to ?1, ?2, …
    template <class... Values>
    Query query(const char* sql, const Values&... values) {
        Query started = start(sql);
        started.bind_all(values...);
        return started;
    }
    /// Runs a statement without rows to its end. @return how many rows it changed
    template <class... Values>
    std::int64_t run(const char* sql, const Values&... values) {
        Query started = start(sql);
        started.lasting_ = false;
        started.bind_all(values...);
        while (started.step()) {
        }
        return changes();
    }
    /// Runs constant statements that are used once: schema and pragmas.
    void execute(const char* sql);

    /// What later commits must outlive. Not within a transaction.
    void commits_outlive(Outlives what);

    std::int64_t last_row() const;
    bool in_transaction() const;
    sqlite3* handle() const { return handle_.get(); }

  private:
    Query start(const char* sql);
    std::int64_t changes() const;
    StatementHandle prepare(const char* sql) const;

    DatabaseHandle handle_;
    Outlives outlives_ = Outlives::power_cut;
    std::unordered_map<const char*, std::unique_ptr<Query::Slot>> prepared_;
};

/// BEGIN IMMEDIATE; rolls back unless committed.
class Transaction {
  public:
    explicit Transaction(Database& db, Outlives what = Outlives::power_cut);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Database& db_;
    bool open_ = true;
};

/// All reads within its scope see one moment of the database. Nothing to do within another
/// transaction.
class Snapshot {
  public:
    explicit Snapshot(Database& db);
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot();

  private:
    Database& db_;
    bool own_;
};

}  // namespace narvaro
