#include "storage/poll_table.h"

#include "storage/encoding.h"
#include "storage/failure.h"

namespace narvaro {
namespace {

constexpr char kSuccess[] = R"sql(
    UPDATE poll_state SET last_success = ?2, last_attempt = ?2, next_poll = ?3,
        failing_since = NULL, consecutive_failures = 0,
        error_fault = ?4, error_what = ?5, error_remedy = ?6, error_retry_after = ?7
    WHERE source_id = ?1)sql";
constexpr char kEdgeSuccess[] =
    "UPDATE poll_state SET last_attempt = ?2, next_poll = ?3 WHERE source_id = ?1";
constexpr char kFailure[] = R"sql(
    UPDATE poll_state SET last_attempt = ?2, next_poll = ?3,
        failing_since = coalesce(failing_since, ?2),
        consecutive_failures = consecutive_failures + 1,
        error_fault = ?4, error_what = ?5, error_remedy = ?6, error_retry_after = ?7
    WHERE source_id = ?1)sql";
constexpr char kRead[] = R"sql(
    UPDATE poll_state SET warnings = iif(?4 AND ?2 = '[]', warnings, ?2),
        cursor = coalesce(?3, cursor), not_modified = iif(?4, not_modified + 1, 0),
        last_read = iif(?4, last_read, ?5), feed_ttl = iif(?4, feed_ttl, ?6)
    WHERE source_id = ?1)sql";
constexpr char kValidators[] =
    "UPDATE poll_state SET etag = ?2, last_modified = ?3 WHERE source_id = ?1";
constexpr char kNextPoll[] = "UPDATE poll_state SET next_poll = ?2 WHERE source_id = ?1";
constexpr char kEndBackfill[] = R"sql(
    UPDATE poll_state SET cursor = NULL, backfilled_since = min(coalesce(backfilled_since, ?2), ?2)
    WHERE source_id = ?1)sql";
constexpr char kNextBeat[] = R"sql(
    INSERT INTO poll_beat (source_id, beat, next_poll) VALUES (?1, ?2, ?3)
    ON CONFLICT (source_id, beat) DO UPDATE SET next_poll = ?3)sql";
constexpr char kBeats[] = "SELECT beat, next_poll FROM poll_beat WHERE source_id = ?1";
constexpr char kNews[] = "UPDATE poll_state SET news_at = ?2 WHERE source_id = ?1";
constexpr char kDistrust[] = "UPDATE poll_state SET distrusted_at = ?2 WHERE source_id = ?1";
// A day proves a new address once; another address, or the old one, begins anew.
constexpr char kMoved[] = R"sql(
    UPDATE poll_state SET
        moved_days = iif(moved_to <> ?2, 1, moved_days + (moved_last / 86400 <> ?3 / 86400)),
        moved_to = ?2, moved_last = ?3
    WHERE source_id = ?1)sql";
constexpr char kForgetMove[] = R"sql(
    UPDATE poll_state SET moved_to = '', moved_days = 0, moved_last = NULL
    WHERE source_id = ?1 AND moved_to <> '')sql";
constexpr char kAddressOf[] = "SELECT address FROM source WHERE id = ?1";
constexpr char kKeepWait[] = R"sql(
    INSERT INTO host_wait (host, until) VALUES (?1, ?2)
    ON CONFLICT (host) DO UPDATE SET until = max(until, ?2))sql";
constexpr char kWait[] = "SELECT until FROM host_wait WHERE host = ?1";

#define NARVARO_STATUS                                                                         \
    "SELECT s.name, s.kind, s.address, s.configured, p.last_success, p.last_attempt, "         \
    "p.last_read, p.next_poll, p.failing_since, p.consecutive_failures, p.error_fault, "       \
    "p.error_what, p.error_remedy, p.error_retry_after, p.etag, p.last_modified, p.cursor, "   \
    "p.backfilled_since, p.not_modified, p.warnings, p.news_at, p.distrusted_at, p.moved_to, " \
    "p.moved_days, s.id, p.feed_ttl FROM source s JOIN poll_state p ON p.source_id = s.id "
constexpr char kStatuses[] = NARVARO_STATUS "ORDER BY s.configured DESC, s.name";
constexpr char kStatus[] = NARVARO_STATUS "WHERE s.name = ?1";
#undef NARVARO_STATUS
// The last success is kept in place; what was stored by then is the proof for earlier instants.
constexpr char kLastSuccess[] = R"sql(
    SELECT p.last_success FROM source s JOIN poll_state p ON p.source_id = s.id
    WHERE s.name = ?1)sql";
constexpr char kObserved[] = R"sql(
    SELECT EXISTS (SELECT 1 FROM post WHERE source_id = s.id AND first_seen <= ?2)
        OR EXISTS (SELECT 1 FROM series r JOIN sample m ON m.series_id = r.id
                   WHERE r.source_id = s.id AND m.stored_at <= ?2)
        OR EXISTS (SELECT 1 FROM audience WHERE source_id = s.id AND seen_from <= ?2)
        OR EXISTS (SELECT 1 FROM poll_state WHERE source_id = s.id AND last_success <= ?2)
    FROM source s WHERE s.name = ?1)sql";

Fault fault_named(const std::string& name) {
    for (const Fault fault : {Fault::auth, Fault::permission, Fault::rate_limited, Fault::network,
                              Fault::offline, Fault::bad_reply, Fault::refused, Fault::not_found,
                              Fault::config, Fault::storage, Fault::usage}) {
        if (name == name_of(fault)) return fault;
    }
    return Fault::storage;
}

SourceStatus status_in(Database& db, const Query& row) {
    SourceStatus status;
    status.id = row.text(0);
    status.kind = parse_source_kind(row.text(1)).value_or(SourceKind::website);
    status.address = row.text(2);
    status.configured = row.boolean(3);
    status.last_success = row.maybe_time(4);
    status.last_attempt = row.maybe_time(5);
    status.last_read = row.maybe_time(6);
    status.next_poll = row.maybe_time(7);
    status.failing_since = row.maybe_time(8);
    status.consecutive_failures = row.integer(9);
    if (const auto fault = row.maybe_text(10)) {
        status.error = Error{fault_named(*fault), row.text(11), row.text(12), {}};
        if (const auto wait = row.maybe_integer(13)) status.error->retry_after = seconds{*wait};
    }
    status.validators = {row.text(14), row.text(15)};
    status.cursor = row.maybe_text(16);
    status.backfilled_since = row.maybe_time(17);
    status.not_modified = row.integer(18);
    status.warnings = decode_list(row.text(19));
    status.news_at = row.maybe_time(20);
    status.distrusted_at = row.maybe_time(21);
    status.moved_to = row.text(22);
    status.moved_days = row.integer(23);
    if (const auto ttl = row.maybe_integer(25)) status.feed_ttl = seconds{*ttl};
    Query beat = db.query(kBeats, row.integer(24));
    while (beat.step()) status.beats.emplace(beat.text(0), beat.time(1));
    return status;
}

/// What a whole read says of the address that it was asked at.
void keep_address(Database& db, std::int64_t source, const Observations& observations,
                  std::int64_t posts_known, sys_seconds at) {
    const std::string& answered = observations.permanent_address;
    if (answered.empty()) return;
    bool in_place = false;
    {
        Query address = db.query(kAddressOf, source);
        in_place = address.step() && address.text(0) == answered;
    }
    if (in_place) {
        db.run(kForgetMove, source);
    } else if (posts_known > 0) {
        db.run(kMoved, source, answered, at);
    }
}

}  // namespace

void keep_outcome(Database& db, std::int64_t source, const PollOutcome& outcome) {
    for (const auto& [beat, next] : outcome.beats) keep_next_beat(db, source, beat, next);
    if (outcome.one_edge && outcome.succeeded && !outcome.error) {
        db.run(kEdgeSuccess, source, outcome.at, outcome.next_poll);
        return;
    }
    std::optional<std::string> fault;
    std::optional<std::string> what;
    std::optional<std::string> remedy;
    std::optional<std::int64_t> wait;
    if (outcome.error) {
        fault = name_of(outcome.error->fault);
        what = outcome.error->what;
        remedy = outcome.error->remedy;
        if (outcome.error->retry_after) wait = outcome.error->retry_after->count();
    }
    db.run(outcome.succeeded ? kSuccess : kFailure, source, outcome.at, outcome.next_poll, fault,
           what, remedy, wait);
}

void keep_poll(Database& db, std::int64_t source, const Observations& observations,
               const PollOutcome& outcome, const ReadNews& news,
               const std::vector<std::string>& warnings) {
    keep_outcome(db, source, outcome);
    std::optional<std::int64_t> ttl;
    if (observations.feed_ttl) ttl = observations.feed_ttl->count();
    db.run(kRead, source, encode_list(warnings), observations.cursor, observations.not_modified,
           outcome.at, ttl);
    if (observations.validators) {
        db.run(kValidators, source, observations.validators->etag,
               observations.validators->last_modified);
    }
    const auto& [counts, known] = news;
    if (counts.posts_added > 0 && known > 0) db.run(kNews, source, outcome.at);
    const bool hidden =
        observations.validators_repeated && counts.posts_added + counts.posts_revised > 0;
    if (hidden) db.run(kDistrust, source, outcome.at);
    keep_address(db, source, observations, known, outcome.at);
}

void keep_next_poll(Database& db, std::int64_t source, sys_seconds next_poll) {
    db.run(kNextPoll, source, next_poll);
}

void keep_next_beat(Database& db, std::int64_t source, const std::string& beat,
                    sys_seconds next_poll) {
    db.run(kNextBeat, source, beat, next_poll);
}

void forget_move(Database& db, std::int64_t source) { db.run(kForgetMove, source); }

void keep_host_wait(Database& db, const std::string& host, sys_seconds until) {
    db.run(kKeepWait, host, until);
}

std::optional<sys_seconds> host_wait(Database& db, const std::string& host) {
    Query row = db.query(kWait, host);
    if (!row.step()) return {};
    return row.time(0);
}

void end_backfill(Database& db, std::int64_t source, sys_seconds since) {
    db.run(kEndBackfill, source, since);
}

std::vector<SourceStatus> source_statuses(Database& db) {
    std::vector<SourceStatus> statuses;
    Query row = db.query(kStatuses);
    while (row.step()) statuses.push_back(status_in(db, row));
    return statuses;
}

SourceStatus source_status(Database& db, const std::string& name) {
    Query row = db.query(kStatus, name);
    if (row.step()) return status_in(db, row);
    refuse(Fault::not_found, "there is no source \"" + name + "\" in the database");
}

std::optional<sys_seconds> last_success(Database& db, const std::string& source) {
    Query row = db.query(kLastSuccess, source);
    if (!row.step()) return {};
    return row.maybe_time(0);
}

bool was_observed(Database& db, const std::string& source, AsOf as_of) {
    Query row = db.query(kObserved, source, known_until(as_of));
    return row.step() && row.boolean(0);
}

}  // namespace narvaro
