// The schema, step by step: what each release added. How the steps are taken stands in schema.cpp.
#include <array>

#include "storage/schema.h"

namespace narvaro {
namespace {

// Instants are UTC seconds. Nothing here can hold a private person: who follows, comments or
// reacts has no column.
constexpr char kFirst[] = R"sql(
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    configured INTEGER NOT NULL
) STRICT;

CREATE TABLE poll_state (
    source_id INTEGER PRIMARY KEY REFERENCES source (id),
    last_success INTEGER,
    last_attempt INTEGER,
    last_read INTEGER,
    next_poll INTEGER,
    failing_since INTEGER,
    consecutive_failures INTEGER NOT NULL DEFAULT 0,
    error_fault TEXT,
    error_what TEXT,
    error_remedy TEXT,
    error_retry_after INTEGER,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    cursor TEXT,
    backfilled_since INTEGER,
    not_modified INTEGER NOT NULL DEFAULT 0,
    warnings TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    remote_id TEXT NOT NULL CHECK (remote_id <> ''),
    kind TEXT NOT NULL,
    published INTEGER,
    counts_at INTEGER,              -- published, unless that proves nothing
    first_seen INTEGER NOT NULL,
    revised_at INTEGER NOT NULL,    -- since when these words stand
    revision INTEGER NOT NULL DEFAULT 1,
    input_version INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    media_type TEXT NOT NULL,
    links TEXT NOT NULL,            -- JSON list
    mentions TEXT NOT NULL,         -- JSON list, organisations only
    parent_id TEXT,
    reactions INTEGER,
    comments INTEGER,
    shares INTEGER,
    second_key TEXT NOT NULL,
    content_hash INTEGER NOT NULL,  -- of title, text, url, published
    input_hash INTEGER NOT NULL,    -- of links, mentions, parent_id
    missed INTEGER NOT NULL DEFAULT 0,
    gone_since INTEGER,
    judged INTEGER,                 -- hash of labels and rules that judged it; 0: not yet; null: press
    UNIQUE (source_id, remote_id)
) STRICT;
CREATE INDEX post_counts ON post (source_id, counts_at, kind);
CREATE INDEX post_undated ON post (source_id, first_seen) WHERE counts_at IS NULL;
CREATE INDEX post_second_key ON post (source_id, kind, second_key) WHERE second_key <> '';
CREATE INDEX post_judged ON post (judged) WHERE judged IS NOT NULL;

CREATE TABLE post_alias (
    source_id INTEGER NOT NULL REFERENCES source (id),
    remote_id TEXT NOT NULL,
    post_id INTEGER NOT NULL REFERENCES post (id),
    PRIMARY KEY (source_id, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_alias_post ON post_alias (post_id);

CREATE TABLE post_revision (        -- former words; the current ones stand in post
    post_id INTEGER NOT NULL REFERENCES post (id),
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    published INTEGER,
    counts_at INTEGER,
    seen_from INTEGER NOT NULL,
    seen_until INTEGER NOT NULL,
    PRIMARY KEY (post_id, revision)
) STRICT;
CREATE INDEX post_revision_counts ON post_revision (counts_at);

CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES post (id),
    label TEXT NOT NULL,
    value INTEGER NOT NULL,
    no_text INTEGER NOT NULL,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    reasons TEXT NOT NULL,          -- JSON list of {"text","weight"}
    hook_item TEXT NOT NULL,
    hook_age INTEGER,               -- minutes
    rules_version TEXT NOT NULL,
    input_version INTEGER NOT NULL,
    computed_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX verdict_current ON verdict (post_id, label) WHERE superseded_at IS NULL;
CREATE INDEX verdict_history ON verdict (post_id, label, computed_at);

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES post (id),
    label TEXT NOT NULL,
    value INTEGER,                  -- null: back to what the rules say
    who TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    revision INTEGER NOT NULL       -- the text that was judged
) STRICT;
CREATE INDEX decision_post ON decision (post_id, label);
CREATE INDEX decision_time ON decision (decided_at);
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
    BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_stands BEFORE UPDATE ON decision
    BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;

CREATE TABLE label_now (            -- effective labels, kept by the same transactions
    post_id INTEGER NOT NULL REFERENCES post (id),
    label TEXT NOT NULL,
    value INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    counts_at INTEGER,
    PRIMARY KEY (post_id, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_now_counts ON label_now (label, source_id, counts_at, kind) WHERE value = 1;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    metric TEXT NOT NULL,
    dimension TEXT NOT NULL,
    UNIQUE (source_id, metric, dimension)
) STRICT;

CREATE TABLE sample (               -- a value and the readings that said it without a break
    series_id INTEGER NOT NULL REFERENCES series (id),
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    value REAL NOT NULL,
    seen_until INTEGER NOT NULL,
    again BLOB NOT NULL,            -- later readings, one a day: seconds after at, 4 bytes each
    stored_at INTEGER NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (series_id, at, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    metric TEXT NOT NULL,
    dimension TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    since INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE UNIQUE INDEX gap_open ON gap (source_id, metric, dimension, reason) WHERE until IS NULL;
CREATE INDEX gap_time ON gap (since);

CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    value REAL,
    note TEXT NOT NULL,
    link TEXT NOT NULL,
    who TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_once ON record (name, at, ifnull(value, 'none'), note, link);

CREATE TABLE audience (             -- one row for each version
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    remote_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    live_from INTEGER,
    live_to INTEGER,
    age_min INTEGER,
    age_max INTEGER,
    seen_from INTEGER NOT NULL,
    ended_at INTEGER,               -- missing from a complete read
    superseded_at INTEGER,
    UNIQUE (source_id, remote_id, version)
) STRICT;
CREATE UNIQUE INDEX audience_current ON audience (source_id, remote_id)
    WHERE superseded_at IS NULL;

CREATE TABLE audience_place (
    audience_id INTEGER NOT NULL REFERENCES audience (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    country TEXT NOT NULL,
    PRIMARY KEY (audience_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE digest (
    week TEXT NOT NULL,
    language TEXT NOT NULL,
    composed_at INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (week, language)
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 1852995169;
PRAGMA user_version = 1;
)sql";

// How feeds and hosts behave over weeks, and the edges that are polled at times of their own.
constexpr char kManners[] = R"sql(
ALTER TABLE poll_state ADD COLUMN distrusted_at INTEGER;   -- its validators hid news from us then
ALTER TABLE poll_state ADD COLUMN news_at INTEGER;         -- when a poll last found a new post
ALTER TABLE poll_state ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE poll_state ADD COLUMN moved_days INTEGER NOT NULL DEFAULT 0;  -- days that proved it
ALTER TABLE poll_state ADD COLUMN moved_last INTEGER;

CREATE TABLE poll_beat (
    source_id INTEGER NOT NULL REFERENCES source (id),
    beat TEXT NOT NULL,
    next_poll INTEGER NOT NULL,
    PRIMARY KEY (source_id, beat)
) STRICT, WITHOUT ROWID;

CREATE TABLE host_wait (            -- hosts that asked to be left alone
    host TEXT PRIMARY KEY,          -- name:port
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
)sql";

constexpr char kStagedVerdicts[] = R"sql(
CREATE TABLE verdict_staged (       -- what changed rules say, until the whole archive is judged
    post_id INTEGER NOT NULL REFERENCES post (id),
    label TEXT NOT NULL,
    value INTEGER NOT NULL,
    no_text INTEGER NOT NULL,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    reasons TEXT NOT NULL,
    hook_item TEXT NOT NULL,
    hook_age INTEGER,
    rules_version TEXT NOT NULL,
    input_version INTEGER NOT NULL,
    PRIMARY KEY (post_id, label)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 3;
)sql";

// A 304 does not repeat what the feed says of itself.
constexpr char kFeedTtl[] = R"sql(
ALTER TABLE poll_state ADD COLUMN feed_ttl INTEGER;        -- seconds

PRAGMA user_version = 4;
)sql";

// A record is corrected by a new one that names it; what a person entered as a source's figure says
// by whom.
constexpr char kCorrections[] = R"sql(
ALTER TABLE record ADD COLUMN corrects INTEGER REFERENCES record (id);
ALTER TABLE record ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
DROP INDEX record_once;
CREATE UNIQUE INDEX record_once
    ON record (name, at, ifnull(value, 'none'), note, link, ifnull(corrects, 0), withdrawn);
CREATE UNIQUE INDEX record_corrects ON record (corrects) WHERE corrects IS NOT NULL;
CREATE TRIGGER record_stays BEFORE DELETE ON record
    BEGIN SELECT raise(ABORT, 'records are append-only'); END;
CREATE TRIGGER record_stands BEFORE UPDATE ON record
    BEGIN SELECT raise(ABORT, 'records are append-only'); END;
ALTER TABLE sample ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 5;
)sql";

// What a platform said of its own metrics, so that a dead one is not asked for again and again.
constexpr char kMetricVerdicts[] = R"sql(
CREATE TABLE metric_verdict (
    source_id INTEGER NOT NULL REFERENCES source (id),
    name TEXT NOT NULL,             -- the platform's own
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (source_id, name)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 6;
)sql";

// What the digest said, byte for byte, and what went to whom. The table `digest` stays as it was:
// a week in it counts as composed.
constexpr char kOutbox[] = R"sql(
CREATE TABLE digest_composition (
    week TEXT NOT NULL,
    revision INTEGER NOT NULL,
    composed_at INTEGER NOT NULL,
    late INTEGER NOT NULL,
    context TEXT NOT NULL,          -- JSON
    PRIMARY KEY (week, revision)
) STRICT, WITHOUT ROWID;
INSERT INTO digest_composition SELECT week, 1, min(composed_at), 0, '{}' FROM digest GROUP BY week;

CREATE TABLE digest_file (
    week TEXT NOT NULL,
    revision INTEGER NOT NULL,
    language TEXT NOT NULL,
    name TEXT NOT NULL,             -- text, html, json, csv, eml, or a picture's cid
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (week, revision, language, name),
    FOREIGN KEY (week, revision) REFERENCES digest_composition (week, revision)
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    week TEXT NOT NULL,
    revision INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    bytes BLOB,                     -- null once nothing will be sent any more
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    answers_lost INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER,           -- waiting only
    last_try INTEGER,
    error TEXT NOT NULL DEFAULT '', -- the last words of the server, or why it was not reached
    UNIQUE (week, revision, recipient),
    FOREIGN KEY (week, revision) REFERENCES digest_composition (week, revision)
) STRICT;
CREATE INDEX outbox_open ON outbox (state, next_attempt)
    WHERE state IN ('waiting', 'sending', 'handed');

CREATE TABLE outbox_event (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_event_mail ON outbox_event (outbox_id);
CREATE TRIGGER outbox_event_stays BEFORE DELETE ON outbox_event
    BEGIN SELECT raise(ABORT, 'events are append-only'); END;
CREATE TRIGGER outbox_event_stands BEFORE UPDATE ON outbox_event
    BEGIN SELECT raise(ABORT, 'events are append-only'); END;

PRAGMA user_version = 7;
)sql";

// What was said of a gap when it opened: what a past digest said must not change with `detail`.
constexpr char kGapWords[] = R"sql(
ALTER TABLE gap ADD COLUMN first_detail TEXT;
UPDATE gap SET first_detail = detail;

PRAGMA user_version = 8;
)sql";

constexpr std::array<Migration, 8> kMigrations{
    kFirst, kManners, kStagedVerdicts, kFeedTtl, kCorrections, kMetricVerdicts, kOutbox, kGapWords};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace narvaro
