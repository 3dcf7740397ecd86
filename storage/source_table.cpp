#include "storage/source_table.h"

#include <algorithm>

#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr char kForgetAll[] = "UPDATE source SET configured = 0 WHERE configured <> 0";
constexpr char kAddress[] = "SELECT id, address FROM source WHERE name = ?1";
constexpr char kPut[] = R"sql(
    INSERT INTO source (name, kind, address, configured) VALUES (?1, ?2, ?3, 1)
    ON CONFLICT (name) DO UPDATE SET kind = ?2, address = ?3, configured = 1)sql";
constexpr char kPutState[] = R"sql(
    INSERT INTO poll_state (source_id) SELECT id FROM source WHERE name = ?1
    ON CONFLICT DO NOTHING)sql";
constexpr char kAddressChanged[] = R"sql(
    UPDATE poll_state SET feed_ttl = NULL, etag = '', last_modified = '', cursor = NULL, backfilled_since = NULL,
                          not_modified = 0, distrusted_at = NULL, news_at = NULL,
                          moved_to = '', moved_days = 0, moved_last = NULL
    WHERE source_id = ?1)sql";
constexpr char kKey[] = "SELECT id FROM source WHERE name = ?1";
constexpr char kKeys[] = "SELECT id FROM source ORDER BY id";

}  // namespace

void sync_sources(Database& db, std::span<const Source> sources) {
    db.run(kForgetAll);
    for (const Source& source : sources) {
        std::int64_t moved = 0;
        {
            Query stored = db.query(kAddress, source.id);
            if (stored.step() && stored.text(1) != source.address) moved = stored.integer(0);
        }
        if (moved != 0) db.run(kAddressChanged, moved);
        db.run(kPut, source.id, name_of(source.kind), source.address);
        db.run(kPutState, source.id);
    }
}

std::int64_t source_key(Database& db, const std::string& name) {
    Query query = db.query(kKey, name);
    if (query.step()) return query.integer(0);
    refuse(Fault::not_found, "there is no source \"" + name + "\" in the database",
           "name it in the configuration as [source." + name + "]");
}

std::vector<std::int64_t> source_keys(Database& db, std::span<const std::string> names) {
    std::vector<std::int64_t> keys;
    if (names.empty()) {
        Query query = db.query(kKeys);
        while (query.step()) keys.push_back(query.integer(0));
        return keys;
    }
    for (const std::string& name : names) {
        Query query = db.query(kKey, name);
        if (query.step()) keys.push_back(query.integer(0));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace narvaro
