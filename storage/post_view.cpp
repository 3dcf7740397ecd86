#include "storage/post_view.h"

#include <algorithm>

#include "storage/encoding.h"
#include "storage/post_sql.h"
#include "storage/source_table.h"

namespace narvaro {
namespace {

constexpr char kLoad[] = R"sql(
    SELECT p.id, s.name, s.kind, p.remote_id, p.kind,
           iif(r.revision IS NULL, p.published, r.published),
           iif(r.revision IS NULL, p.counts_at, r.counts_at) AS counted,
           p.first_seen,
           iif(r.revision IS NULL, p.title, r.title), iif(r.revision IS NULL, p.text, r.text),
           iif(r.revision IS NULL, p.url, r.url),
           p.media_type, p.links, p.mentions, p.parent_id, p.reactions, p.comments, p.shares,
           p.second_key, iif(p.gone_since <= ?3, p.gone_since, NULL),
           coalesce(r.revision, p.revision), p.input_version,
           EXISTS (SELECT 1 FROM decision d
                   WHERE d.post_id = p.id AND d.decided_at <= ?2 AND d.value IS NOT NULL
                     AND d.revision < coalesce(r.revision, p.revision)
                     AND NOT EXISTS (SELECT 1 FROM decision e
                                     WHERE e.post_id = d.post_id AND e.label = d.label
                                       AND e.decided_at <= ?2 AND e.id > d.id))
    FROM post p JOIN source s ON s.id = p.source_id
    LEFT JOIN post_revision r ON r.post_id = p.id AND r.seen_from <= ?2 AND r.seen_until > ?2
    WHERE p.id = ?1 AND p.first_seen <= ?2 AND coalesce(counted, p.first_seen) <= ?3)sql";

constexpr char kLabelsNow[] = "SELECT label, value FROM label_now WHERE post_id = ?1";
constexpr char kLabelsThen[] =
    "SELECT l.label, " NARVARO_LABEL_THEN("?1", "l.label")
    " FROM (SELECT label FROM verdict WHERE post_id = ?1 AND computed_at <= ?4"
    " AND (superseded_at IS NULL OR superseded_at > ?4)"
    " UNION SELECT label FROM decision WHERE post_id = ?1 AND decided_at <= ?4"
    " AND value IS NOT NULL) l WHERE ?2 IS NULL AND ?3 IS NULL";

// ?1 sources ?2 from ?3 to ?4 known ?5 as of ?6 kinds ?7 label; two ways to say which label holds,
// and with a range an index leads.
#define NARVARO_LIST(POSTS, RANGE, LABELLED)                                \
    "SELECT p.id FROM " POSTS                                               \
    " JOIN source s ON s.id = p.source_id"                                  \
    " WHERE p.source_id IN (SELECT value FROM json_each(?1))" RANGE         \
    " AND p.first_seen <= ?4 AND coalesce(p.counts_at, p.first_seen) <= ?5" \
    " AND (?6 = '[]' OR p.kind IN (SELECT value FROM json_each(?6)))"       \
    " AND (?7 = '' OR " LABELLED                                            \
    ")"                                                                     \
    " ORDER BY p.published IS NULL, p.published, s.name, p.remote_id"
#define NARVARO_RANGE " AND p.counts_at >= ?2 AND p.counts_at < ?3"
#define NARVARO_NO_RANGE " AND ?2 IS NOT NULL AND ?3 IS NOT NULL"
#define NARVARO_LABEL_NOW \
    "EXISTS (SELECT 1 FROM label_now n WHERE n.post_id = p.id AND n.label = ?7 AND n.value = 1)"

constexpr char kListNow[] = NARVARO_LIST("post p", NARVARO_NO_RANGE, NARVARO_LABEL_NOW);
constexpr char kListNowWithin[] = NARVARO_LIST("post p", NARVARO_RANGE, NARVARO_LABEL_NOW);
constexpr char kListThen[] =
    NARVARO_LIST(NARVARO_POSTS_THEN, NARVARO_NO_RANGE, NARVARO_LABEL_THEN("p.id", "?7") " = 1");
constexpr char kListThenWithin[] =
    NARVARO_LIST(NARVARO_POSTS_THEN, NARVARO_RANGE, NARVARO_LABEL_THEN("p.id", "?7") " = 1");
#undef NARVARO_LIST
#undef NARVARO_RANGE
#undef NARVARO_NO_RANGE
#undef NARVARO_LABEL_NOW

constexpr char kPress[] = R"sql(
    SELECT p.id, coalesce(p.counts_at, p.first_seen) FROM post p
    WHERE p.source_id = ?1 AND p.counts_at >= ?2 AND p.counts_at < ?3 AND p.kind = 'press'
      AND p.first_seen <= ?4
    UNION ALL
    SELECT p.id, p.first_seen FROM post p
    WHERE p.source_id = ?1 AND p.counts_at IS NULL AND p.first_seen >= ?2 AND p.first_seen < ?3
      AND p.kind = 'press' AND p.first_seen <= ?4
    ORDER BY 2, 1)sql";
constexpr char kWithin[] = R"sql(
    SELECT id FROM post
    WHERE source_id = ?1 AND counts_at >= ?2 AND counts_at < ?3 AND kind <> 'press')sql";

StoredPost post_in(const Query& row) {
    StoredPost stored;
    stored.key = row.integer(0);
    stored.source = row.text(1);
    stored.source_kind = parse_source_kind(row.text(2)).value_or(SourceKind::website);
    Post& post = stored.post;
    post.remote_id = row.text(3);
    post.kind = parse_post_kind(row.text(4)).value_or(PostKind::post);
    post.published = row.maybe_time(5);
    stored.counts_at = row.maybe_time(6);
    stored.first_seen = row.time(7);
    post.title = row.text(8);
    post.text = row.text(9);
    post.url = row.text(10);
    post.media_type = row.text(11);
    post.links = decode_list(row.text(12));
    post.mentions = decode_list(row.text(13));
    post.parent_id = row.maybe_text(14);
    post.reactions = row.maybe_integer(15);
    post.comments = row.maybe_integer(16);
    post.shares = row.maybe_integer(17);
    post.second_key = row.text(18);
    stored.gone_since = row.maybe_time(19);
    stored.gone = stored.gone_since.has_value();
    stored.revision = row.integer(20);
    stored.input_version = row.integer(21);
    stored.edited_after_decision = row.boolean(22);
    stored.id = post_id(stored.source, post.remote_id);
    return stored;
}

std::map<std::string, bool> labels_of(Database& db, std::int64_t key, AsOf as_of) {
    std::map<std::string, bool> labels;
    Query row = as_of.by_then()
                    ? db.query(kLabelsThen, key, std::nullopt, std::nullopt, known_until(as_of))
                    : db.query(kLabelsNow, key);
    while (row.step()) labels[row.text(0)] = row.boolean(1);
    return labels;
}

const char* listing_sql(bool ranged, bool then) {
    if (then) return ranged ? kListThenWithin : kListThen;
    return ranged ? kListNowWithin : kListNow;
}

std::vector<std::int64_t> listed_keys(Database& db, const PostListing& listing, AsOf as_of) {
    std::vector<std::string> names;
    if (!listing.source.empty()) names.push_back(listing.source);
    std::vector<std::string> kinds;
    kinds.reserve(listing.kinds.size());
    for (const PostKind kind : listing.kinds) kinds.emplace_back(name_of(kind));
    const bool ranged = listing.from || listing.to;
    std::vector<std::int64_t> keys;
    Query row =
        db.query(listing_sql(ranged, as_of.by_then()), encode_keys(source_keys(db, names)),
                 listing.from.value_or(sys_seconds::min()), listing.to.value_or(sys_seconds::max()),
                 known_until(as_of), as_of.at, encode_list(kinds), listing.label);
    while (row.step()) keys.push_back(row.integer(0));
    return keys;
}

}  // namespace

std::optional<StoredPost> load_post(Database& db, std::int64_t key, AsOf as_of) {
    std::optional<StoredPost> post;
    {
        Query row = db.query(kLoad, key, known_until(as_of), as_of.at);
        if (!row.step()) return {};
        post = post_in(row);
    }
    post->labels = labels_of(db, key, as_of);
    return post;
}

std::vector<StoredPost> load_posts(Database& db, std::span<const std::int64_t> keys, AsOf as_of) {
    std::vector<StoredPost> posts;
    posts.reserve(keys.size());
    for (const std::int64_t key : keys) {
        if (auto post = load_post(db, key, as_of)) posts.push_back(std::move(*post));
    }
    return posts;
}

void each_post(Database& db, const PostListing& listing, AsOf as_of,
               const std::function<bool(const StoredPost&)>& take) {
    for (const std::int64_t key : listed_keys(db, listing, as_of)) {
        const auto post = load_post(db, key, as_of);
        if (post && !take(*post)) return;
    }
}

std::vector<StoredPressItem> press_within(Database& db, Span span, AsOf as_of) {
    struct Found {
        sys_seconds at;
        std::int64_t key;
        auto operator<=>(const Found&) const = default;
    };
    std::vector<Found> found;
    for (const std::int64_t source : source_keys(db, {})) {
        Query row = db.query(kPress, source, span.from, end_of(span, as_of), known_until(as_of));
        while (row.step()) found.push_back({row.time(1), row.integer(0)});
    }
    std::sort(found.begin(), found.end());
    std::vector<StoredPressItem> items;
    for (const Found& one : found) {
        auto stored = load_post(db, one.key, as_of);
        if (!stored) continue;
        Post& post = stored->post;
        items.push_back({std::move(stored->id), std::move(stored->source), std::move(post.url),
                         std::move(post.title), std::move(post.text), post.published,
                         stored->first_seen});
    }
    return items;
}

std::vector<StoredPost> posts_within(Database& db, std::span<const Span> spans) {
    std::vector<std::int64_t> keys;
    for (const std::int64_t source : source_keys(db, {})) {
        for (const Span& span : spans) {
            Query row = db.query(kWithin, source, span.from, span.to);
            while (row.step()) keys.push_back(row.integer(0));
        }
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return load_posts(db, keys, {sys_seconds::max()});
}

}  // namespace narvaro
