#include "storage/rehearsal.h"

#include "storage/failure.h"
#include "storage/post_table.h"

namespace narvaro {
namespace {

// A temporary table hides the stored one of the same name from this connection alone, so the very
// queries that count for the digest count here.
constexpr char kShadow[] = R"sql(
    CREATE TEMP TABLE label_now (
        post_id INTEGER NOT NULL, label TEXT NOT NULL, value INTEGER NOT NULL,
        source_id INTEGER NOT NULL, kind TEXT NOT NULL, counts_at INTEGER,
        PRIMARY KEY (post_id, label)) STRICT, WITHOUT ROWID;
    INSERT INTO temp.label_now SELECT * FROM main.label_now;
    CREATE INDEX temp.label_now_counts ON label_now (label, source_id, counts_at, kind)
        WHERE value = 1)sql";
constexpr char kSay[] = R"sql(
    INSERT INTO temp.label_now (post_id, label, value, source_id, kind, counts_at)
    SELECT p.id, ?2,
           coalesce((SELECT d.value FROM decision d WHERE d.post_id = p.id AND d.label = ?2
                     ORDER BY d.id DESC LIMIT 1), ?3),
           p.source_id, p.kind, p.counts_at
    FROM post p WHERE p.id = ?1
    ON CONFLICT (post_id, label) DO UPDATE SET value = excluded.value)sql";
constexpr char kEnd[] = "DROP TABLE IF EXISTS temp.label_now";

}  // namespace

Rehearsal::Rehearsal(Database& db, std::span<const RehearsedLabel> labels) : db_(db) {
    db_.execute(kShadow);
    try {
        for (const RehearsedLabel& one : labels) db_.run(kSay, one.post_key, one.label, one.value);
    } catch (...) {
        db_.execute(kEnd);
        throw;
    }
}

Rehearsal::~Rehearsal() {
    const auto dropped = guarded("ending a rehearsal", [&] { db_.execute(kEnd); });
    // What stays is gone when the connection closes; until then the next rehearsal is refused.
    (void)dropped;
}

}  // namespace narvaro
