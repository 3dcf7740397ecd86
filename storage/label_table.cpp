#include "storage/label_table.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "storage/encoding.h"
#include "storage/post_table.h"

namespace narvaro {
namespace {

constexpr char kCurrent[] = R"sql(
    SELECT id, value, no_text, score, threshold, reasons, hook_item, hook_age, rules_version,
           input_version
    FROM verdict WHERE post_id = ?1 AND label = ?2 AND superseded_at IS NULL)sql";
constexpr char kAdd[] = R"sql(
    INSERT INTO verdict (post_id, label, value, no_text, score, threshold, reasons, hook_item,
                         hook_age, rules_version, input_version, computed_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))sql";
constexpr char kSupersede[] = "UPDATE verdict SET superseded_at = ?2 WHERE id = ?1";
constexpr char kConfirm[] = "UPDATE verdict SET input_version = ?2 WHERE id = ?1";

// What holds now: a person's last word, unless it hands back to the rules, else the verdict.
constexpr char kHolds[] = R"sql(
    SELECT coalesce(
        (SELECT value FROM decision WHERE post_id = ?1 AND label = ?2 ORDER BY id DESC LIMIT 1),
        (SELECT value FROM verdict WHERE post_id = ?1 AND label = ?2 AND superseded_at IS NULL)))sql";
constexpr char kHold[] = R"sql(
    INSERT INTO label_now (post_id, label, value, source_id, kind, counts_at)
    SELECT id, ?2, ?3, source_id, kind, counts_at FROM post WHERE id = ?1
    ON CONFLICT (post_id, label) DO UPDATE SET value = excluded.value
    WHERE value <> excluded.value)sql";
constexpr char kDrop[] = "DELETE FROM label_now WHERE post_id = ?1 AND label = ?2";

constexpr char kJudgedBy[] = R"sql(
    SELECT v.label, v.rules_version, v.input_version = p.input_version
    FROM verdict v JOIN post p ON p.id = v.post_id
    WHERE v.post_id = ?1 AND v.superseded_at IS NULL ORDER BY v.label)sql";
constexpr char kSetJudged[] =
    "UPDATE post SET judged = ?2 WHERE id = ?1 AND judged IS NOT NULL AND judged <> ?2";
// INDEXED BY: hardly any post is ever found by post_judged, which the planner cannot know.
constexpr char kUnjudged[] = R"sql(
    SELECT p.id FROM (SELECT id, input_version FROM post INDEXED BY post_judged
                      WHERE judged < ?1 AND id > ?2
                      UNION ALL
                      SELECT id, input_version FROM post INDEXED BY post_judged
                      WHERE judged > ?1 AND id > ?2) p
    WHERE EXISTS (
        SELECT 1 FROM json_each(?3) j WHERE NOT EXISTS (
            SELECT 1 FROM verdict v
            WHERE v.post_id = p.id AND v.label = json_extract(j.value, '$[0]')
              AND v.superseded_at IS NULL AND v.rules_version = json_extract(j.value, '$[1]')
              AND v.input_version = p.input_version))
    ORDER BY p.id LIMIT ?4)sql";
constexpr char kNeverJudged[] =
    "SELECT id FROM post INDEXED BY post_judged WHERE judged = 0 AND id > ?1 ORDER BY id LIMIT ?2";
constexpr char kOthers[] = R"sql(
    SELECT id, post_id, label FROM verdict
    WHERE superseded_at IS NULL AND label NOT IN (SELECT value FROM json_each(?1)))sql";

constexpr char kAddDecision[] = R"sql(
    INSERT INTO decision (post_id, label, value, who, decided_at, note, revision)
    SELECT id, ?2, ?3, ?4, ?5, ?6, revision FROM post WHERE id = ?1)sql";
constexpr char kVerdicts[] = R"sql(
    SELECT label, value, no_text, score, threshold, reasons, hook_item, hook_age, rules_version,
           input_version, computed_at, iif(superseded_at <= ?2, superseded_at, NULL)
    FROM verdict
    WHERE post_id = ?1 AND computed_at <= ?2 AND (superseded_at IS NULL OR superseded_at > ?2)
    ORDER BY label, id)sql";
constexpr char kDecisions[] = R"sql(
    SELECT s.name || '/' || p.remote_id, d.label, d.value, d.who, d.decided_at, d.note, d.revision
    FROM decision d JOIN post p ON p.id = d.post_id JOIN source s ON s.id = p.source_id
    WHERE d.post_id = ?1 AND d.decided_at <= ?2 ORDER BY d.id)sql";
constexpr char kDecisionsWithin[] = R"sql(
    SELECT s.name || '/' || p.remote_id, d.label, d.value, d.who, d.decided_at, d.note, d.revision
    FROM decision d JOIN post p ON p.id = d.post_id JOIN source s ON s.id = p.source_id
    WHERE d.decided_at >= ?1 AND d.decided_at < ?2 ORDER BY d.decided_at, d.id)sql";

/// Brings label_now in line with decisions and verdicts.
void refresh_label(Database& db, std::int64_t post, const std::string& label) {
    std::optional<std::int64_t> holds;
    {
        Query row = db.query(kHolds, post, label);
        if (row.step()) holds = row.maybe_integer(0);
    }
    if (holds) {
        db.run(kHold, post, label, *holds);
    } else {
        db.run(kDrop, post, label);
    }
}

void refresh_judged(Database& db, std::int64_t post) {
    std::vector<LabelVersion> by;
    bool current = true;
    {
        Query row = db.query(kJudgedBy, post);
        while (row.step()) {
            by.push_back({row.text(0), row.text(1)});
            current = current && row.boolean(2);
        }
    }
    db.run(kSetJudged, post, current ? judged_hash(std::move(by)) : 0);
}

Verdict verdict_in(const Query& row, const std::string& label, int first) {
    Verdict verdict;
    verdict.label = label;
    verdict.value = row.boolean(first);
    verdict.no_text = row.boolean(first + 1);
    verdict.score = row.real(first + 2);
    verdict.threshold = row.real(first + 3);
    verdict.reasons = decode_reasons(row.text(first + 4));
    verdict.hook_item = row.text(first + 5);
    if (const auto age = row.maybe_integer(first + 6)) {
        verdict.hook_age = std::chrono::minutes{*age};
    }
    verdict.rules_version = row.text(first + 7);
    return verdict;
}

/// Reasons are compared as they are stored, since storing replaces bytes that are no UTF-8.
bool same_verdict(const Query& row, Verdict verdict) {
    if (row.text(5) != encode_reasons(verdict.reasons)) return false;
    verdict.reasons = decode_reasons(row.text(5));
    return verdict_in(row, verdict.label, 1) == verdict;
}

/// @return whether it says anything new
bool put_verdict(Database& db, std::int64_t post, const PostVerdict& put, sys_seconds now) {
    const Verdict& verdict = put.verdict;
    std::optional<std::int64_t> former;
    {
        Query row = db.query(kCurrent, post, verdict.label);
        if (row.step()) {
            former = row.integer(0);
            if (same_verdict(row, verdict)) {
                if (row.integer(9) != put.input_version) {
                    db.run(kConfirm, *former, put.input_version);
                }
                return false;
            }
        }
    }
    if (former) db.run(kSupersede, *former, now);
    std::optional<std::int64_t> age;
    if (verdict.hook_age) age = verdict.hook_age->count();
    db.run(kAdd, post, verdict.label, verdict.value, verdict.no_text, verdict.score,
           verdict.threshold, encode_reasons(verdict.reasons), verdict.hook_item, age,
           verdict.rules_version, put.input_version, now);
    return true;
}

StoredDecision decision_in(const Query& row) {
    StoredDecision stored;
    stored.post_id = row.text(0);
    stored.decision.label = row.text(1);
    if (const auto value = row.maybe_integer(2)) stored.decision.value = *value != 0;
    stored.decision.who = row.text(3);
    stored.decision.when = row.time(4);
    stored.decision.note = row.text(5);
    stored.revision = row.integer(6);
    return stored;
}

std::vector<StoredDecision> collected(Query row) {
    std::vector<StoredDecision> decisions;
    while (row.step()) decisions.push_back(decision_in(row));
    return decisions;
}

std::string encode_versions(std::span<const LabelVersion> versions) {
    nlohmann::json json = nlohmann::json::array();
    for (const LabelVersion& version : versions) {
        json.push_back({version.label, version.rules_version});
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::int64_t judged_hash(std::vector<LabelVersion> versions) {
    std::sort(versions.begin(), versions.end(),
              [](const LabelVersion& a, const LabelVersion& b) { return a.label < b.label; });
    Fingerprint hash;
    for (const LabelVersion& version : versions) {
        hash.add(version.label).add(version.rules_version);
    }
    return hash.value() == 0 ? 1 : hash.value();  // 0 says: not judged as it stands
}

std::int64_t put_verdicts(Database& db, std::span<const PostVerdict> verdicts, sys_seconds now) {
    std::int64_t added = 0;
    std::set<std::int64_t> posts;
    for (const PostVerdict& put : verdicts) {
        const std::int64_t post = post_key(db, put.post_id);
        posts.insert(post);
        if (!put_verdict(db, post, put, now)) continue;
        ++added;
        refresh_label(db, post, put.verdict.label);
    }
    for (const std::int64_t post : posts) refresh_judged(db, post);
    return added;
}

void keep_only_labels(Database& db, std::span<const std::string> labels, sys_seconds now) {
    struct Other {
        std::int64_t verdict;
        std::int64_t post;
        std::string label;
    };
    std::vector<Other> others;
    {
        Query row = db.query(kOthers, encode_list(labels));
        while (row.step()) others.push_back({row.integer(0), row.integer(1), row.text(2)});
    }
    for (const Other& other : others) {
        db.run(kSupersede, other.verdict, now);
        refresh_label(db, other.post, other.label);
        refresh_judged(db, other.post);
    }
}

void add_decision(Database& db, std::int64_t post, const Decision& decision) {
    db.run(kAddDecision, post, decision.label, decision.value, decision.who, decision.when,
           decision.note);
    refresh_label(db, post, decision.label);
}

std::vector<StoredVerdict> verdicts_of(Database& db, std::int64_t post, AsOf as_of) {
    std::vector<StoredVerdict> verdicts;
    Query row = db.query(kVerdicts, post, known_until(as_of));
    while (row.step()) {
        verdicts.push_back(
            {verdict_in(row, row.text(0), 1), row.integer(9), row.time(10), row.maybe_time(11)});
    }
    return verdicts;
}

std::vector<StoredDecision> decisions_of(Database& db, std::int64_t post, AsOf as_of) {
    return collected(db.query(kDecisions, post, known_until(as_of)));
}

std::vector<StoredDecision> decisions_within(Database& db, Span span, AsOf as_of) {
    return collected(db.query(kDecisionsWithin, span.from, end_of(span, as_of)));
}

std::vector<std::int64_t> never_judged(Database& db, std::int64_t after, std::size_t limit) {
    std::vector<std::int64_t> keys;
    Query row = db.query(kNeverJudged, after, static_cast<std::int64_t>(limit));
    while (row.step()) keys.push_back(row.integer(0));
    return keys;
}

std::vector<std::int64_t> unjudged(Database& db, std::span<const LabelVersion> versions,
                                   std::int64_t after, std::size_t limit) {
    std::vector<std::int64_t> keys;
    const std::int64_t hash = judged_hash({versions.begin(), versions.end()});
    Query row = db.query(kUnjudged, hash, after, encode_versions(versions),
                         static_cast<std::int64_t>(limit));
    while (row.step()) keys.push_back(row.integer(0));
    return keys;
}

}  // namespace narvaro
