#include "storage/record_table.h"

#include <algorithm>
#include <cmath>

#include "storage/encoding.h"
#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr char kAdd[] = R"sql(
    INSERT INTO record (name, at, value, note, link, who, recorded_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING)sql";
constexpr char kSame[] = R"sql(
    SELECT id, name, at, value, note, link, who, recorded_at FROM record
    WHERE name = ?1 AND at = ?2 AND ifnull(value, 'none') = ifnull(?3, 'none')
      AND note = ?4 AND link = ?5)sql";
constexpr char kWithin[] = R"sql(
    SELECT id, name, at, value, note, link, who, recorded_at FROM record
    WHERE name = ?1 AND at >= ?2 AND at < ?3 AND recorded_at <= ?4 ORDER BY at, id)sql";
constexpr char kAll[] = R"sql(
    SELECT id, name, at, value, note, link, who, recorded_at FROM record
    WHERE at <= ?1 AND recorded_at <= ?2 ORDER BY name, at, id)sql";
constexpr char kAt[] = R"sql(
    SELECT at, value FROM record
    WHERE name = ?1 AND at <= ?2 AND value IS NOT NULL AND recorded_at <= ?3
    ORDER BY at DESC, id DESC LIMIT 1)sql";
constexpr char kAfter[] = R"sql(
    SELECT at, value FROM record
    WHERE name = ?1 AND at >= ?2 AND at <= ?3 AND value IS NOT NULL AND recorded_at <= ?4
    ORDER BY at, id DESC LIMIT 1)sql";

Record record_in(const Query& row) {
    return {row.integer(0), row.text(1), row.time(2), row.maybe_real(3),
            row.text(4),    row.text(5), row.text(6), row.time(7)};
}

std::vector<Record> collected(Query query) {
    std::vector<Record> records;
    while (query.step()) records.push_back(record_in(query));
    return records;
}

std::optional<Sample> sample_in(const std::string& name, Query query) {
    if (!query.step()) return {};
    return Sample{name, {}, query.time(0), query.real(1)};
}

}  // namespace

AddedRecord add_record(Database& db, const Record& record) {
    if (record.name.empty()) refuse(Fault::usage, "a record needs a name");
    if (record.value && !std::isfinite(*record.value)) {
        refuse(Fault::usage, "the value of record " + record.name + " is no number");
    }
    AddedRecord result{record, true};
    if (db.run(kAdd, record.name, record.at, record.value, record.note, record.link, record.who,
               record.recorded_at) > 0) {
        result.record.id = db.last_row();
        return result;
    }
    Query same = db.query(kSame, record.name, record.at, record.value, record.note, record.link);
    if (!same.step()) refuse(Fault::storage, "record " + record.name + " was not stored");
    return {record_in(same), false};
}

std::vector<Record> records_within(Database& db, const std::string& name, Span span, AsOf as_of) {
    return collected(db.query(kWithin, name, span.from, end_of(span, as_of), known_until(as_of)));
}

std::vector<Record> all_records(Database& db, AsOf as_of) {
    return collected(db.query(kAll, as_of.at, known_until(as_of)));
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
        samples.push_back({name, {}, record.at, *record.value});
    }
    return samples;
}

}  // namespace narvaro
