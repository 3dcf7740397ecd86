#include "storage/record_table.h"

#include <algorithm>
#include <cmath>

#include "storage/encoding.h"
#include "storage/failure.h"

namespace narvaro {
namespace {

#define NARVARO_RECORD \
    "SELECT id, name, at, value, note, link, who, recorded_at, corrects, withdrawn FROM record r"
// Counts still: no record that was known by PARAMETER stands in its place, and it is no withdrawal.
#define NARVARO_IN_FORCE(PARAMETER)                                   \
    " r.recorded_at <= " PARAMETER                                    \
    " AND r.withdrawn = 0"                                            \
    " AND NOT EXISTS (SELECT 1 FROM record c WHERE c.corrects = r.id" \
    " AND c.recorded_at <= " PARAMETER ")"

constexpr char kAdd[] = R"sql(
    INSERT INTO record (name, at, value, note, link, who, recorded_at, corrects, withdrawn)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING)sql";
constexpr char kSame[] = NARVARO_RECORD
    " WHERE name = ?1 AND at = ?2 AND ifnull(value, 'none') = ifnull(?3, 'none')"
    " AND note = ?4 AND link = ?5 AND ifnull(corrects, 0) = ifnull(?6, 0) AND withdrawn = ?7";
constexpr char kById[] = NARVARO_RECORD " WHERE id = ?1";
constexpr char kCorrection[] = NARVARO_RECORD " WHERE corrects = ?1";
constexpr char kWithin[] =
    NARVARO_RECORD " WHERE r.name = ?1 AND r.at >= ?2 AND r.at < ?3 AND" NARVARO_IN_FORCE(
        "?4") " ORDER BY r.at, r.id";
constexpr char kAll[] =
    NARVARO_RECORD " WHERE r.at <= ?1 AND" NARVARO_IN_FORCE("?2") " ORDER BY r.name, r.at, r.id";
constexpr char kHistory[] =
    NARVARO_RECORD " WHERE r.at <= ?1 AND r.recorded_at <= ?2 ORDER BY r.name, r.at, r.id";
constexpr char kAt[] =
    "SELECT r.at, r.value, r.who FROM record r"
    " WHERE r.name = ?1 AND r.at <= ?2 AND r.value IS NOT NULL AND" NARVARO_IN_FORCE(
        "?3") " ORDER BY r.at DESC, r.id DESC LIMIT 1";
constexpr char kAfter[] =
    "SELECT r.at, r.value, r.who FROM record r WHERE r.name = ?1 AND r.at >= ?2 AND r.at <= ?3"
    " AND r.value IS NOT NULL AND" NARVARO_IN_FORCE("?4") " ORDER BY r.at, r.id DESC LIMIT 1";
#undef NARVARO_RECORD
#undef NARVARO_IN_FORCE

Record record_in(const Query& row) {
    return {row.integer(0), row.text(1), row.time(2), row.maybe_real(3),    row.text(4),
            row.text(5),    row.text(6), row.time(7), row.maybe_integer(8), row.boolean(9)};
}

std::vector<Record> collected(Query query) {
    std::vector<Record> records;
    while (query.step()) records.push_back(record_in(query));
    return records;
}

std::optional<Sample> sample_in(const std::string& name, Query query) {
    if (!query.step()) return {};
    return Sample{name, {}, query.time(0), query.real(1), query.text(2)};
}

std::optional<Record> single(Query query) {
    if (!query.step()) return {};
    return record_in(query);
}

/// A correction names a record of the same name that nothing has corrected yet.
void require_correctable(Database& db, const Record& record) {
    const std::string old = std::to_string(*record.corrects);
    const auto corrected = single(db.query(kById, *record.corrects));
    if (!corrected) {
        refuse(Fault::not_found, "there is no record " + old, "narvaro records lists them");
    }
    if (corrected->name != record.name) {
        refuse(
            Fault::usage,
            "record " + old + " is of \"" + corrected->name + "\", not of \"" + record.name + "\"",
            "a correction keeps the name of what it corrects");
    }
    if (corrected->withdrawn) {
        refuse(Fault::usage, "record " + old + " is a withdrawal and counts nothing",
               "enter what did happen as a record of its own");
    }
    const auto later = single(db.query(kCorrection, *record.corrects));
    if (later) {
        refuse(
            Fault::usage,
            "record " + old + " was corrected by record " + std::to_string(later->id) + " already",
            "correct that one: --corrects " + std::to_string(later->id));
    }
}

}  // namespace

AddedRecord add_record(Database& db, const Record& record) {
    if (record.name.empty()) refuse(Fault::usage, "a record needs a name");
    if (record.value && !std::isfinite(*record.value)) {
        refuse(Fault::usage, "the value of record " + record.name + " is no number");
    }
    if (record.withdrawn && !record.corrects) {
        refuse(Fault::usage, "a withdrawal names the record that it withdraws");
    }
    const auto same = single(db.query(kSame, record.name, record.at, record.value, record.note,
                                      record.link, record.corrects, record.withdrawn));
    if (same) return {*same, false};
    if (record.corrects) require_correctable(db, record);
    AddedRecord result{record, true};
    if (db.run(kAdd, record.name, record.at, record.value, record.note, record.link, record.who,
               record.recorded_at, record.corrects, record.withdrawn) == 0) {
        refuse(Fault::storage, "record " + record.name + " was not stored");
    }
    result.record.id = db.last_row();
    return result;
}

std::vector<Record> records_within(Database& db, const std::string& name, Span span, AsOf as_of) {
    return collected(db.query(kWithin, name, span.from, end_of(span, as_of), known_until(as_of)));
}

std::vector<Record> all_records(Database& db, AsOf as_of) {
    return collected(db.query(kAll, as_of.at, known_until(as_of)));
}

std::vector<Record> record_history(Database& db, AsOf as_of) {
    return collected(db.query(kHistory, as_of.at, known_until(as_of)));
}

std::optional<Sample> record_at(Database& db, const std::string& name, sys_seconds t, AsOf as_of) {
    return sample_in(name, db.query(kAt, name, std::min(t, as_of.at), known_until(as_of)));
}

std::optional<Sample> record_after(Database& db, const std::string& name, sys_seconds t,
                                   AsOf as_of) {
    return sample_in(name, db.query(kAfter, name, t, as_of.at, known_until(as_of)));
}

std::vector<Sample> record_samples(Database& db, const std::string& name, Span span, AsOf as_of) {
    std::vector<Sample> samples;
    for (const Record& record : records_within(db, name, span, as_of)) {
        if (!record.value) continue;
        if (!samples.empty() && samples.back().at == record.at) samples.pop_back();
        samples.push_back({name, {}, record.at, *record.value, record.who});
    }
    return samples;
}

}  // namespace narvaro
