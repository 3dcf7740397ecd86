#include "storage/staged_verdicts.h"

#include <string>
#include <vector>

#include "storage/encoding.h"
#include "storage/label_table.h"
#include "storage/post_table.h"

namespace narvaro {
namespace {

constexpr char kClear[] = "DELETE FROM verdict_staged";
constexpr char kStage[] = R"sql(
    INSERT OR REPLACE INTO verdict_staged (post_id, label, value, no_text, score, threshold,
        reasons, hook_item, hook_age, rules_version, input_version)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))sql";

constexpr char kDropOutdated[] = R"sql(
    DELETE FROM verdict_staged WHERE NOT EXISTS (
        SELECT 1 FROM post p WHERE p.id = verdict_staged.post_id
          AND p.input_version = verdict_staged.input_version))sql";
constexpr char kJudged[] =
    "UPDATE post SET judged = ?1 WHERE judged IS NOT NULL"
    " AND id IN (SELECT post_id FROM verdict_staged)";
// What says the same again by the same rules adds nothing.
constexpr char kDropSame[] = R"sql(
    DELETE FROM verdict_staged WHERE EXISTS (
        SELECT 1 FROM verdict v
        WHERE v.post_id = verdict_staged.post_id AND v.label = verdict_staged.label
          AND v.superseded_at IS NULL AND v.rules_version = verdict_staged.rules_version
          AND v.input_version = verdict_staged.input_version
          AND v.value = verdict_staged.value AND v.no_text = verdict_staged.no_text
          AND v.score = verdict_staged.score AND v.threshold = verdict_staged.threshold
          AND v.reasons = verdict_staged.reasons AND v.hook_item = verdict_staged.hook_item
          AND v.hook_age IS verdict_staged.hook_age))sql";
constexpr char kSupersede[] = R"sql(
    UPDATE verdict SET superseded_at = ?1
    WHERE superseded_at IS NULL AND EXISTS (
        SELECT 1 FROM verdict_staged s
        WHERE s.post_id = verdict.post_id AND s.label = verdict.label))sql";
constexpr char kTakeOver[] = R"sql(
    INSERT INTO verdict (post_id, label, value, no_text, score, threshold, reasons, hook_item,
                         hook_age, rules_version, input_version, computed_at)
    SELECT post_id, label, value, no_text, score, threshold, reasons, hook_item, hook_age,
           rules_version, input_version, ?1
    FROM verdict_staged)sql";
// A person's last word wins, unless it hands back to the rules.
constexpr char kHold[] = R"sql(
    INSERT INTO label_now (post_id, label, value, source_id, kind, counts_at)
    SELECT p.id, s.label,
           coalesce((SELECT d.value FROM decision d WHERE d.post_id = s.post_id
                       AND d.label = s.label ORDER BY d.id DESC LIMIT 1), s.value),
           p.source_id, p.kind, p.counts_at
    FROM verdict_staged s JOIN post p ON p.id = s.post_id WHERE true
    ON CONFLICT (post_id, label) DO UPDATE SET value = excluded.value
    WHERE value <> excluded.value)sql";
constexpr char kStaged[] = "SELECT count(*) FROM verdict_staged";

}  // namespace

void clear_staged(Database& db) { db.run(kClear); }

void stage_verdicts(Database& db, std::span<const PostVerdict> verdicts) {
    for (const PostVerdict& put : verdicts) {
        const Verdict& v = put.verdict;
        std::optional<std::int64_t> age;
        if (v.hook_age) age = v.hook_age->count();
        db.run(kStage, post_key(db, put.post_id), v.label, v.value, v.no_text, v.score, v.threshold,
               encode_reasons(v.reasons), v.hook_item, age, v.rules_version, put.input_version);
    }
}

std::int64_t swap_staged(Database& db, std::span<const LabelVersion> versions, sys_seconds now) {
    std::vector<std::string> labels;
    for (const LabelVersion& version : versions) labels.push_back(version.label);
    keep_only_labels(db, labels, now);
    db.run(kDropOutdated);
    db.run(kJudged, judged_hash({versions.begin(), versions.end()}));
    db.run(kDropSame);
    std::int64_t added = 0;
    {
        Query row = db.query(kStaged);
        if (row.step()) added = row.integer(0);
    }
    db.run(kSupersede, now);
    db.run(kTakeOver, now);
    db.run(kHold);
    db.run(kClear);
    return added;
}

}  // namespace narvaro
