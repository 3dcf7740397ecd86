#include "storage/digest_table.h"

namespace narvaro {
namespace {

constexpr char kAdd[] = R"sql(
    INSERT INTO digest_composition (week, revision, composed_at, late, context)
    VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING)sql";
constexpr char kAddFile[] = R"sql(
    INSERT INTO digest_file (week, revision, language, name, media_type, bytes)
    VALUES (?1, ?2, ?3, ?4, ?5, CAST(?6 AS BLOB)))sql";
constexpr char kFind[] = R"sql(
    SELECT week, revision, composed_at, late, context FROM digest_composition
    WHERE week = ?1 AND revision = ?2)sql";
constexpr char kNewest[] = R"sql(
    SELECT week, revision, composed_at, late, context FROM digest_composition
    WHERE week = ?1 ORDER BY revision DESC LIMIT 1)sql";
constexpr char kAll[] = R"sql(
    SELECT week, revision, composed_at, late, context FROM digest_composition
    ORDER BY week DESC, revision DESC)sql";
constexpr char kFiles[] = R"sql(
    SELECT language, name, media_type, bytes FROM digest_file
    WHERE week = ?1 AND revision = ?2 AND language = ?3 ORDER BY name)sql";
constexpr char kFile[] = R"sql(
    SELECT language, name, media_type, bytes FROM digest_file
    WHERE week = ?1 AND revision = ?2 AND language = ?3 AND name = ?4)sql";

Composition composition_in(const Query& row) {
    return {parse_week(row.text(0)).value_or(IsoWeek{}), static_cast<int>(row.integer(1)),
            row.time(2), row.boolean(3), row.text(4)};
}

std::optional<Composition> first_of(Query row) {
    if (!row.step()) return {};
    return composition_in(row);
}

DigestFile file_in(const Query& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3)};
}

}  // namespace

bool add_composition(Database& db, const Composition& composition,
                     std::span<const DigestFile> files) {
    const std::string week = to_string(composition.week);
    const bool added = db.run(kAdd, week, composition.revision, composition.composed_at,
                              composition.late, composition.context) > 0;
    if (!added) return false;
    for (const DigestFile& file : files) {
        db.run(kAddFile, week, composition.revision, file.language, file.name, file.media_type,
               file.bytes);
    }
    return true;
}

std::optional<Composition> find_composition(Database& db, IsoWeek week, int revision) {
    return first_of(db.query(kFind, to_string(week), revision));
}

std::optional<Composition> newest_composition(Database& db, IsoWeek week) {
    return first_of(db.query(kNewest, to_string(week)));
}

std::vector<Composition> all_compositions(Database& db) {
    std::vector<Composition> all;
    Query row = db.query(kAll);
    while (row.step()) all.push_back(composition_in(row));
    return all;
}

std::vector<DigestFile> digest_files(Database& db, IsoWeek week, int revision,
                                     const std::string& language) {
    std::vector<DigestFile> files;
    Query row = db.query(kFiles, to_string(week), revision, language);
    while (row.step()) files.push_back(file_in(row));
    return files;
}

std::optional<DigestFile> find_digest_file(Database& db, IsoWeek week, int revision,
                                           const std::string& language, const std::string& name) {
    Query row = db.query(kFile, to_string(week), revision, language, name);
    if (!row.step()) return {};
    return file_in(row);
}

}  // namespace narvaro
