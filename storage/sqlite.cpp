#include "storage/sqlite.h"

#include <sqlite3.h>

namespace narvaro {
namespace {

constexpr std::size_t kLongest = 120;

/// A statement in a message: one line, and not all of a long one.
std::string shortened(const char* sql) {
    std::string line;
    for (const char* c = sql; c != nullptr && *c != '\0' && line.size() < kLongest; ++c) {
        const bool space = *c == ' ' || *c == '\n' || *c == '\t';
        if (!space) {
            line += *c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

}  // namespace

SqliteError::SqliteError(int extended, const std::string& doing, const std::string& said)
    : std::runtime_error(doing + ": " + said + " (SQLite code " + std::to_string(extended) + ")"),
      extended_(extended) {}

void CloseDatabase::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
void FinalizeStatement::operator()(sqlite3_stmt* handle) const noexcept {
    sqlite3_finalize(handle);
}

struct Query::Slot {
    StatementHandle handle;
    bool running = false;
};

Query::Query(Query&& other) noexcept
    : slot_(std::exchange(other.slot_, nullptr)),
      own_(std::move(other.own_)),
      lasting_(other.lasting_) {}

Query::~Query() {
    if (slot_ == nullptr) return;
    sqlite3_reset(slot_->handle.get());  // repeats the code that step has already thrown
    sqlite3_clear_bindings(slot_->handle.get());
    slot_->running = false;
}

sqlite3_stmt* Query::handle() const { return own_ ? own_.get() : slot_->handle.get(); }

void Query::fail_with(int code) const {
    sqlite3* db = sqlite3_db_handle(handle());
    const int extended = sqlite3_extended_errcode(db);
    throw SqliteError(extended == SQLITE_OK ? code : extended,
                      "\"" + shortened(sqlite3_sql(handle())) + "\"", sqlite3_errmsg(db));
}

bool Query::step() {
    const int code = sqlite3_step(handle());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail_with(code);
}

void Query::check_bound(int code) const {
    if (code != SQLITE_OK) fail_with(code);
}

void Query::bind(int index, std::int64_t value) {
    check_bound(sqlite3_bind_int64(handle(), index, value));
}

void Query::bind(int index, double value) {
    check_bound(sqlite3_bind_double(handle(), index, value));
}

void Query::bind(int index, std::string_view value) {
    // An empty view may hold a null pointer, which SQLite would store as NULL.
    const char* data = value.data() == nullptr ? "" : value.data();
    check_bound(sqlite3_bind_text64(handle(), index, data, value.size(),
                                    lasting_ ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind(int index, std::nullopt_t) { check_bound(sqlite3_bind_null(handle(), index)); }

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(handle(), column); }
double Query::real(int column) const { return sqlite3_column_double(handle(), column); }
bool Query::null(int column) const { return sqlite3_column_type(handle(), column) == SQLITE_NULL; }

std::string Query::text(int column) const {
    const void* data = sqlite3_column_blob(handle(), column);  // blob: no detour over UTF-16
    const int size = sqlite3_column_bytes(handle(), column);
    if (data == nullptr || size <= 0) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
    if (null(column)) return {};
    return integer(column);
}
std::optional<double> Query::maybe_real(int column) const {
    if (null(column)) return {};
    return real(column);
}
std::optional<std::string> Query::maybe_text(int column) const {
    if (null(column)) return {};
    return text(column);
}
std::optional<sys_seconds> Query::maybe_time(int column) const {
    if (null(column)) return {};
    return time(column);
}

Database::Database(DatabaseHandle handle) : handle_(std::move(handle)) {}

Database::~Database() { prepared_.clear(); }

StatementHandle Database::prepare(const char* sql) const {
    sqlite3_stmt* made = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    StatementHandle statement{made};
    if (code != SQLITE_OK) {
        throw SqliteError(sqlite3_extended_errcode(handle_.get()), "\"" + shortened(sql) + "\"",
                          sqlite3_errmsg(handle_.get()));
    }
    return statement;
}

Query Database::start(const char* sql) {
    std::unique_ptr<Query::Slot>& slot = prepared_[sql];
    if (!slot) slot = std::make_unique<Query::Slot>();
    if (slot->running) return Query{nullptr, prepare(sql)};
    if (!slot->handle) slot->handle = prepare(sql);
    slot->running = true;
    return Query{slot.get(), nullptr};
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        throw SqliteError(sqlite3_extended_errcode(handle_.get()), "\"" + shortened(sql) + "\"",
                          sqlite3_errmsg(handle_.get()));
    }
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }
std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

void Database::commits_outlive(Outlives what) {
    if (what == outlives_) return;
    execute(what == Outlives::power_cut ? "PRAGMA synchronous = FULL"
                                        : "PRAGMA synchronous = NORMAL");
    outlives_ = what;
}

Transaction::Transaction(Database& db, Outlives what) : db_(db) {
    db_.commits_outlive(what);
    db_.run("BEGIN IMMEDIATE");
}

void Transaction::commit() {
    db_.run("COMMIT");
    open_ = false;
}

Transaction::~Transaction() {
    // A full disk or an I/O error has rolled back already. A ROLLBACK that fails leaves nothing
    // that could be told: the first error is on its way out.
    if (open_ && db_.in_transaction()) {
        sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Snapshot::Snapshot(Database& db) : db_(db), own_(!db.in_transaction()) {
    if (own_) db_.run("BEGIN");
}

Snapshot::~Snapshot() {
    if (own_ && db_.in_transaction()) {
        sqlite3_exec(db_.handle(), "COMMIT", nullptr, nullptr, nullptr);
    }
}

}  // namespace narvaro
