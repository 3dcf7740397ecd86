#include "storage/metric_verdict_table.h"

#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr char kKeep[] = R"sql(
    INSERT INTO metric_verdict (source_id, name, verdict, at, detail) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (source_id, name) DO UPDATE SET verdict = ?3, at = ?4, detail = ?5)sql";
constexpr char kForget[] = "DELETE FROM metric_verdict WHERE source_id = ?1";
constexpr char kAll[] =
    "SELECT name, verdict, at, detail FROM metric_verdict WHERE source_id = ?1 ORDER BY name";

}  // namespace

void keep_metric_verdicts(Database& db, std::int64_t source,
                          const std::vector<JudgedMetric>& judged) {
    for (const JudgedMetric& one : judged) {
        db.run(kKeep, source, one.name, std::string{name_of(one.verdict)}, one.at, one.detail);
    }
}

void forget_metric_verdicts(Database& db, std::int64_t source) { db.run(kForget, source); }

std::vector<JudgedMetric> metric_verdicts(Database& db, std::int64_t source) {
    std::vector<JudgedMetric> judged;
    Query row = db.query(kAll, source);
    while (row.step()) {
        const auto verdict = parse_metric_verdict(row.text(1));
        if (!verdict) refuse(Fault::storage, "a verdict \"" + row.text(1) + "\" is unknown");
        judged.push_back({row.text(0), *verdict, row.time(2), row.text(3)});
    }
    return judged;
}

}  // namespace narvaro
