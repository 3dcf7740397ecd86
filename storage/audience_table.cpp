#include "storage/audience_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "storage/encoding.h"

namespace narvaro {
namespace {

constexpr char kCurrent[] = R"sql(
    SELECT id, remote_id, version, kind, name, status, live_from, live_to, age_min, age_max,
           seen_from, ended_at, superseded_at
    FROM audience WHERE source_id = ?1 AND remote_id = ?2 AND superseded_at IS NULL)sql";
constexpr char kAll[] = R"sql(
    SELECT a.id, a.remote_id, a.version, a.kind, a.name, a.status, a.live_from, a.live_to,
           a.age_min, a.age_max, a.seen_from, iif(a.ended_at <= ?2, a.ended_at, NULL),
           iif(a.superseded_at <= ?2, a.superseded_at, NULL)
    FROM audience a JOIN source s ON s.id = a.source_id
    WHERE s.name = ?1 AND a.kind <> 'custom' AND a.seen_from <= ?2
    ORDER BY a.remote_id, a.version)sql";
constexpr char kPlaces[] = R"sql(
    SELECT name, region, country FROM audience_place WHERE audience_id = ?1 ORDER BY position)sql";
constexpr char kAdd[] = R"sql(
    INSERT INTO audience (source_id, remote_id, version, kind, name, status, live_from, live_to,
                          age_min, age_max, seen_from)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))sql";
constexpr char kAddPlace[] = R"sql(
    INSERT INTO audience_place (audience_id, position, name, region, country)
    VALUES (?1, ?2, ?3, ?4, ?5))sql";
constexpr char kSupersede[] = "UPDATE audience SET superseded_at = ?2 WHERE id = ?1";
constexpr char kLive[] = R"sql(
    SELECT id, remote_id FROM audience
    WHERE source_id = ?1 AND kind = ?2 AND superseded_at IS NULL AND ended_at IS NULL)sql";
constexpr char kEnd[] = "UPDATE audience SET ended_at = ?2 WHERE id = ?1";

struct Version {
    std::int64_t id;
    std::int64_t number;
    Audience audience;
    sys_seconds seen_from;
    std::optional<sys_seconds> ended_at;
    std::optional<sys_seconds> superseded_at;
};

std::optional<int> maybe_int(const Query& row, int column) {
    const auto value = row.maybe_integer(column);
    if (!value) return {};
    return static_cast<int>(*value);
}

std::vector<AudiencePlace> sorted(std::vector<AudiencePlace> places) {
    std::sort(places.begin(), places.end(), [](const AudiencePlace& a, const AudiencePlace& b) {
        return std::tie(a.name, a.region, a.country) < std::tie(b.name, b.region, b.country);
    });
    return places;
}

Version version_in(Database& db, const Query& row) {
    Version version{row.integer(0), row.integer(2),     {},
                    row.time(10),   row.maybe_time(11), row.maybe_time(12)};
    version.audience = {row.text(1),       row.text(3),       row.text(4),
                        row.text(5),       row.maybe_time(6), row.maybe_time(7),
                        maybe_int(row, 8), maybe_int(row, 9), {}};
    Query place = db.query(kPlaces, version.id);
    while (place.step()) {
        version.audience.places.push_back({place.text(0), place.text(1), place.text(2)});
    }
    return version;
}

/// The platform lists places in no fixed order.
bool same(Audience a, Audience b) {
    a.places = sorted(std::move(a.places));
    b.places = sorted(std::move(b.places));
    return a == b;
}

bool same_places(const Audience& a, const Audience& b) {
    return sorted(a.places) == sorted(b.places);
}

/// @return whether anything changed
bool store_audience(Database& db, std::int64_t source, const Audience& audience, sys_seconds now) {
    std::int64_t number = 1;
    std::optional<Version> stored;
    {
        Query row = db.query(kCurrent, source, audience.remote_id);
        if (row.step()) stored = version_in(db, row);
    }
    if (stored) {
        if (!stored->ended_at && same(stored->audience, audience)) return false;
        db.run(kSupersede, stored->id, now);
        number = stored->number + 1;
    }
    db.run(kAdd, source, audience.remote_id, number, audience.kind, audience.name, audience.status,
           audience.live_from, audience.live_to, audience.age_min, audience.age_max, now);
    const std::int64_t id = db.last_row();
    std::int64_t position = 0;
    for (const AudiencePlace& place : audience.places) {
        db.run(kAddPlace, id, ++position, place.name, place.region, place.country);
    }
    return true;
}

/// Ids of audiences that were read, by kind.
using IdsOfKinds = std::map<std::string, std::set<std::string>>;

void end_missing(Database& db, std::int64_t source, const IdsOfKinds::value_type& read,
                 sys_seconds now, ApplyCounts& counts) {
    std::vector<std::int64_t> missing;
    {
        Query row = db.query(kLive, source, read.first);
        while (row.step()) {
            if (!read.second.contains(row.text(1))) missing.push_back(row.integer(0));
        }
    }
    for (const std::int64_t id : missing) db.run(kEnd, id, now);
    counts.audiences_changed += static_cast<std::int64_t>(missing.size());
}

/// Versions in a row with the same places and without an end between them: one stretch of life.
struct Stretch {
    Version first;
    Version last;
    bool opens = false;  ///< the first that is known of this audience
};

std::vector<Stretch> stretches(const std::vector<Version>& versions) {
    std::vector<Stretch> all;
    for (const Version& version : versions) {
        const bool known =
            !all.empty() && all.back().last.audience.remote_id == version.audience.remote_id;
        if (known && !all.back().last.ended_at &&
            same_places(all.back().last.audience, version.audience)) {
            all.back().last = version;
        } else {
            all.push_back({version, version, !known});
        }
    }
    return all;
}

/// The audience with the stretch's own start and end.
Audience living(const Stretch& stretch) {
    Audience audience = stretch.last.audience;
    const sys_seconds seen = stretch.first.seen_from;
    const sys_seconds start = audience.live_from.value_or(seen);
    audience.live_from = stretch.opens ? start : std::max(start, seen);
    for (const auto& end : {stretch.last.ended_at, stretch.last.superseded_at}) {
        if (end) audience.live_to = std::min(audience.live_to.value_or(*end), *end);
    }
    return audience;
}

}  // namespace

void apply_audiences(Database& db, std::int64_t source, const Observations& observations,
                     sys_seconds now, ApplyCounts& counts, std::vector<std::string>& warnings) {
    IdsOfKinds of_kind;
    std::set<std::string> read;
    for (const Audience& audience : observations.audiences) {
        if (audience.remote_id.empty()) {
            ++counts.left_out;
            warnings.push_back("an audience without an id was left out");
            continue;
        }
        if (!read.insert(audience.remote_id).second) continue;
        of_kind[audience.kind].insert(audience.remote_id);
        if (store_audience(db, source, audience, now)) ++counts.audiences_changed;
    }
    for (const std::string& kind : observations.complete_audiences) {
        const auto found = of_kind.find(kind);  // a list that is suddenly empty proves nothing
        if (found != of_kind.end()) end_missing(db, source, *found, now, counts);
    }
}

std::vector<Audience> audiences_within(Database& db, const std::string& source, Span span,
                                       AsOf as_of) {
    std::vector<Version> versions;
    {
        Query row = db.query(kAll, source, known_until(as_of));
        while (row.step()) versions.push_back(version_in(db, row));
    }
    std::vector<Audience> live;
    const sys_seconds end = end_of(span, as_of);
    for (const Stretch& stretch : stretches(versions)) {
        const Audience audience = living(stretch);
        const bool begun = *audience.live_from < end;
        const bool lasted = !audience.live_to || *audience.live_to > span.from;
        const bool ever = !audience.live_to || *audience.live_to > *audience.live_from;
        if (begun && lasted && ever) live.push_back(audience);
    }
    return live;
}

}  // namespace narvaro
