#include "storage/service_table.h"

namespace narvaro {
namespace {

constexpr char kSet[] = R"sql(
    INSERT INTO service_state (key, value) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value)sql";
constexpr char kForget[] = "DELETE FROM service_state WHERE key = ?1";
constexpr char kGet[] = "SELECT value FROM service_state WHERE key = ?1";

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

}  // namespace narvaro
