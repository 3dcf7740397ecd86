#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/audience.h"
#include "core/label.h"
#include "core/mail.h"
#include "core/observations.h"
#include "core/post.h"
#include "core/record.h"
#include "core/result.h"
#include "core/sample.h"
#include "core/source.h"
#include "core/time.h"

namespace narvaro {

/// How one poll of one source went.
struct PollOutcome {
    sys_seconds at;              ///< when it was read; what is stored is dated by it
    std::optional<Error> error;  ///< the whole failure, or the first problem of a poll that read on
    bool succeeded = true;       ///< something was read, be it that nothing is new
    sys_seconds next_poll;
    std::map<std::string, sys_seconds> beats{};  ///< next times of edges with a rhythm of their own
    /// Only one edge was read: that it went well says nothing of the source's other failures.
    bool one_edge = false;
};

/// What one apply changed. All zero: the source said nothing new.
struct ApplyCounts {
    std::int64_t posts_added = 0;
    std::int64_t posts_revised = 0;  ///< title, text, address or date changed
    std::int64_t posts_gone = 0;
    std::int64_t samples_added = 0;
    std::int64_t gaps_opened = 0;
    std::int64_t gaps_closed = 0;
    std::int64_t audiences_changed = 0;  ///< new, changed, or no longer live
    std::int64_t left_out = 0;  ///< posts without id, numbers that are none; told in the warnings
    bool operator==(const ApplyCounts&) const = default;
};

/// A post as it is stored, seen as of one instant.
struct StoredPost {
    std::int64_t key = 0;  ///< the store's own; grows in the order of storing
    std::string id;        ///< "fb/1000_1"; the first id that the post was known by
    std::string source;
    SourceKind source_kind = SourceKind::website;
    Post post;
    sys_seconds first_seen;
    /// The instant that the post counts at: `published`, unless that is empty or lay more than a
    /// day in the future when it was read.
    std::optional<sys_seconds> counts_at;
    std::optional<sys_seconds> gone_since;
    bool gone = false;
    std::int64_t revision = 1;  ///< 1 for the first text
    /// Grows whenever anything that a rule reads has changed (text, links, mentions, parent).
    std::int64_t input_version = 1;
    std::map<std::string, bool> labels;  ///< effective: a person's word, else the rule's
    bool edited_after_decision = false;  ///< the text changed after a person had judged it
};

/// One version of a post's words, oldest first where they are listed; the last is the current one.
struct PostRevision {
    std::int64_t revision = 1;
    std::string title;
    std::string text;
    std::string url;
    std::optional<sys_seconds> published;
    sys_seconds seen_from;
    std::optional<sys_seconds> seen_until;  ///< empty: still so
};

/// A verdict on its way in. `input_version` is that of the StoredPost which was judged.
struct PostVerdict {
    std::string post_id;
    std::int64_t input_version = 1;
    Verdict verdict;
};

struct StoredVerdict {
    Verdict verdict;
    std::int64_t input_version = 1;
    sys_seconds computed_at;
    std::optional<sys_seconds> superseded_at;  ///< empty: the current one
};

struct StoredDecision {
    std::string post_id;
    Decision decision;
    std::int64_t revision = 1;  ///< the text that the person saw
};

/// A post that a target counts or nearly counts, with why.
struct Evidence {
    StoredPost post;
    std::vector<StoredVerdict> verdicts;    ///< one per label, by label
    std::vector<StoredDecision> decisions;  ///< all, oldest first
};

/// The rules that a label is judged by now.
struct LabelVersion {
    std::string label;
    std::string rules_version;
};

/// What changed rules would say of a post.
struct RehearsedLabel {
    std::int64_t post_key = 0;
    std::string label;
    bool value = false;
};

/// Which posts to list. Empty members do not restrict.
struct PostListing {
    std::string source{};
    std::string label{};                ///< effectively true
    std::optional<sys_seconds> from{};  ///< with `from` or `to`: only posts whose date is proven
    std::optional<sys_seconds> to{};    ///< exclusive
    std::vector<PostKind> kinds{};
};

/// A press item, for matching news hooks.
struct StoredPressItem {
    std::string id;  ///< "mitti/https://…"
    std::string source;
    std::string url;
    std::string title;
    std::string text;
    std::optional<sys_seconds> published;
    sys_seconds first_seen;
};

struct StoredGap {
    std::string source;
    Gap gap;
    sys_seconds since;
    sys_seconds last_seen;
};

/// A series of numbers: a metric of a source.
struct Series {
    std::string source;
    std::string metric;
    std::string dimension;
    bool operator==(const Series&) const = default;
};

struct ImportedSample {
    std::string source;
    Sample sample;
};

struct ImportCounts {
    std::int64_t added = 0;
    std::int64_t duplicates = 0;
    bool operator==(const ImportCounts&) const = default;
};

struct AddedRecord {
    Record record;       ///< with its id
    bool added = false;  ///< false: the same record was there already, and is the one returned
};

/// How a source fares.
struct SourceStatus {
    std::string id;
    SourceKind kind = SourceKind::website;
    std::string address;
    bool configured = false;  ///< false: taken out of the configuration; its data stays
    std::optional<sys_seconds> last_success;
    std::optional<sys_seconds> last_attempt;
    std::optional<sys_seconds> last_read;  ///< the last success that was no 304
    std::optional<sys_seconds> next_poll;
    std::optional<sys_seconds> failing_since;
    std::int64_t consecutive_failures = 0;
    std::optional<Error> error;  ///< of the last poll
    Validators validators;
    std::optional<std::string> cursor;            ///< a back-fill that was not finished
    std::optional<sys_seconds> backfilled_since;  ///< how far back a finished back-fill reached
    std::int64_t not_modified = 0;                ///< 304s in a row
    std::vector<std::string> warnings;            ///< of the last poll that read something
    std::map<std::string, sys_seconds> beats;     ///< when each edge with its own rhythm is due
    std::optional<sys_seconds> news_at;           ///< when a poll last found a new post
    /// When a whole read showed news although the validators said that there were none.
    std::optional<sys_seconds> distrusted_at;
    std::optional<seconds> feed_ttl;  ///< how long the feed says that it may be kept
    std::string moved_to;             ///< where permanent redirects lead; empty: nowhere
    std::int64_t moved_days = 0;      ///< on how many days that led to a feed with posts we know
};

/// A week's digest as it was composed; a later revision stands beside the earlier ones.
struct Composition {
    IsoWeek week;
    int revision = 1;
    sys_seconds composed_at;
    bool late = false;
    std::string context;  ///< JSON: what it was composed from
};

/// One rendering of a composed digest.
struct DigestFile {
    std::string language;
    std::string name;  ///< "text", "html", "json", "csv", "eml", or a picture's cid
    std::string media_type;
    std::string bytes;
};

/// A message on its way into the outbox.
struct QueuedMail {
    std::string recipient;  ///< bare address
    std::string language;
    std::string message_id;  ///< of this week, revision and recipient, and of nothing else
    std::string bytes;       ///< the whole message; sent again it is the same
};

/// A message in the outbox, without its bytes.
struct StoredMail {
    std::int64_t id = 0;
    IsoWeek week;
    int revision = 1;
    std::string recipient;
    std::string language;
    std::string message_id;
    MailState state = MailState::waiting;
    sys_seconds queued_at;
    int attempts = 0;
    int answers_lost = 0;                     ///< how often it was handed over without an answer
    std::optional<sys_seconds> next_attempt;  ///< while it waits
    std::optional<sys_seconds> last_try;
    std::string error;  ///< what was last said of it; empty: nothing, or all is well
};

/// A step of a message, with the line of its log.
struct MailStep {
    std::int64_t id = 0;
    MailState from = MailState::waiting;  ///< else nothing is done
    MailState to = MailState::waiting;
    sys_seconds at;
    std::string what;                           ///< "sent"
    std::string detail{};                       ///< the server's words
    std::optional<sys_seconds> next_attempt{};  ///< with `to` waiting
    bool answer_lost = false;
    bool tried = false;       ///< counts as an attempt; `to` sending always does
    bool begin_anew = false;  ///< attempts are counted from here on
};

struct MailEvent {
    sys_seconds at;
    std::string what;
    std::string detail;
};

}  // namespace narvaro
