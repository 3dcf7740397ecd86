#include "storage/service_table.h"

#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr char kSet[] = R"sql(
    INSERT INTO service_state (key, value) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value)sql";
constexpr char kForget[] = "DELETE FROM service_state WHERE key = ?1";
constexpr char kGet[] = "SELECT value FROM service_state WHERE key = ?1";
constexpr char kAdd[] = R"sql(
    INSERT INTO digest (week, language, composed_at, text_hash, sent_at)
    VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING)sql";
constexpr char kSent[] = "UPDATE digest SET sent_at = ?3 WHERE week = ?1 AND language = ?2";
constexpr char kFind[] = R"sql(
    SELECT week, language, composed_at, text_hash, sent_at FROM digest
    WHERE week = ?1 AND language = ?2)sql";
constexpr char kAll[] = R"sql(
    SELECT week, language, composed_at, text_hash, sent_at FROM digest
    ORDER BY week DESC, language)sql";

StoredDigest digest_in(const Query& row) {
    return {parse_week(row.text(0)).value_or(IsoWeek{}), row.text(1), row.time(2), row.text(3),
            row.maybe_time(4)};
}

}  // namespace

void set_service_state(Database& db, const std::string& key,
                       const std::optional<std::string>& value) {
    if (value) {
        db.run(kSet, key, *value);
    } else {
        db.run(kForget, key);
    }
}

std::optional<std::string> service_state(Database& db, const std::string& key) {
    Query row = db.query(kGet, key);
    if (!row.step()) return {};
    return row.text(0);
}

bool add_digest(Database& db, const StoredDigest& digest) {
    return db.run(kAdd, to_string(digest.week), digest.language, digest.composed_at,
                  digest.text_hash, digest.sent_at) > 0;
}

void mark_digest_sent(Database& db, IsoWeek week, const std::string& language, sys_seconds at) {
    if (db.run(kSent, to_string(week), language, at) == 0) {
        refuse(Fault::not_found, "no digest of week " + to_string(week) + " is stored");
    }
}

std::optional<StoredDigest> find_digest(Database& db, IsoWeek week, const std::string& language) {
    Query row = db.query(kFind, to_string(week), language);
    if (!row.step()) return {};
    return digest_in(row);
}

std::vector<StoredDigest> all_digests(Database& db) {
    std::vector<StoredDigest> digests;
    Query row = db.query(kAll);
    while (row.step()) digests.push_back(digest_in(row));
    return digests;
}

}  // namespace narvaro
