#include "storage/schema.h"

#include <string>

#include "storage/copy.h"
#include "storage/failure.h"

namespace narvaro {
namespace {

std::int64_t single(Database& db, const char* sql) {
    Query query = db.query(sql);
    return query.step() ? query.integer(0) : 0;
}

}  // namespace

std::int64_t schema_version(Database& db, std::size_t known) {
    const std::int64_t version = single(db, "PRAGMA user_version");
    const std::int64_t application = single(db, "PRAGMA application_id");
    const bool empty = single(db, "SELECT count(*) FROM sqlite_schema") == 0;
    if (empty && application == 0 && version == 0) return 0;
    if (application != kApplicationId) {
        refuse(Fault::storage, "the database belongs to another program",
               "name another folder as `state` in the configuration");
    }
    if (version > static_cast<std::int64_t>(known)) {
        refuse(
            Fault::storage,
            "the database has version " + std::to_string(version) +
                " of the schema; this narvaro knows versions up to " + std::to_string(known),
            "install the newer narvaro again, or put an older backup back: narvaro restore FILE");
    }
    return version;
}

void migrate(Database& db, std::span<const Migration> steps, const std::filesystem::path& file) {
    const std::int64_t before = schema_version(db, steps.size());
    const auto last = static_cast<std::int64_t>(steps.size());
    if (before > 0 && before < last) {
        std::filesystem::path copy = file;
        copy += ".before-v" + std::to_string(last);
        if (!std::filesystem::exists(copy)) copy_database(db, copy);
    }
    for (std::int64_t next = before; next < last; ++next) {
        Transaction transaction{db};
        // Another process may have done this step while we waited for the lock.
        if (single(db, "PRAGMA user_version") > next) continue;
        db.execute(steps[static_cast<std::size_t>(next)]);
        transaction.commit();
    }
}

}  // namespace narvaro
