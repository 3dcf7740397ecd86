#include "storage/post_count.h"

#include <algorithm>
#include <string>

#include "storage/encoding.h"
#include "storage/label_table.h"
#include "storage/post_sql.h"
#include "storage/post_view.h"
#include "storage/source_table.h"

namespace narvaro {
namespace {

// ?1 source ?2 from ?3 to ?4 known ?5 stories ?6 shares of Ung Vänster ?7 first label
// ?8 all labels as JSON; as known today those but the first two, and ?9 the second (or null)

#define NARVARO_COUNTED(TABLE)                                  \
    " (" TABLE ".kind IN ('post', 'article') OR (?5 AND " TABLE \
    ".kind = 'story')"                                          \
    " OR (?6 AND " TABLE ".kind IN ('collaboration', 'tag')))"

// Without labels, and with one as the leader, an index range holds exactly what counts.
#define NARVARO_PLAIN_NOW                  \
    "SELECT p.id, p.counts_at FROM post p" \
    " WHERE p.source_id = ?1 AND p.counts_at >= ?2 AND p.counts_at < ?3 AND" NARVARO_COUNTED("p")
#define NARVARO_LABELLED_NOW \
    "SELECT n.post_id AS id, n.counts_at FROM label_now n"                                \
    " WHERE n.label = ?7 AND n.value = 1 AND n.source_id = ?1"                            \
    " AND n.counts_at >= ?2 AND n.counts_at < ?3 AND" NARVARO_COUNTED("n")                \
    " AND (?9 IS NULL OR EXISTS (SELECT 1 FROM label_now o"                               \
    " WHERE o.post_id = n.post_id AND o.label = ?9 AND o.value = 1))"                     \
    " AND (?8 = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(?8) j WHERE NOT EXISTS"       \
    " (SELECT 1 FROM label_now o"                                                         \
    " WHERE o.post_id = n.post_id AND o.label = j.value AND o.value = 1)))"
// As it was known then: current words that stood already, and former words that stood still. CROSS:
// SQLite would rather walk through all posts of the source to look for former words of each.
#define NARVARO_PLAIN_THEN \
    "SELECT p.id, p.counts_at FROM post p"                                        \
    " WHERE p.source_id = ?1 AND p.counts_at >= ?2 AND p.counts_at < ?3"          \
    " AND p.first_seen <= ?4 AND p.revised_at <= ?4 AND" NARVARO_COUNTED("p")     \
    " UNION ALL SELECT p.id, r.counts_at FROM post_revision r"                    \
    " CROSS JOIN post p ON p.id = r.post_id"                                      \
    " WHERE r.counts_at >= ?2 AND r.counts_at < ?3 AND r.seen_from <= ?4"         \
    " AND r.seen_until > ?4 AND p.source_id = ?1 AND" NARVARO_COUNTED("p")
#define NARVARO_LABELLED_THEN                                             \
    "SELECT m.id, m.counts_at FROM (" NARVARO_PLAIN_THEN                  \
    ") m"                                                                 \
    " WHERE ?7 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM json_each(?8) j" \
    " WHERE NOT " NARVARO_LABEL_THEN("m.id", "j.value") ")"

// Exactly one label is missing, its rule said no, and not by much.
#define NARVARO_NEAR \
    "SELECT m.id, m.counts_at FROM (" NARVARO_PLAIN_THEN ") m"                    \
    " WHERE ?7 IS NOT NULL AND 1 = (SELECT count(*) FROM json_each(?8) j"         \
    " WHERE NOT " NARVARO_LABEL_THEN("m.id", "j.value") ")"                       \
    " AND EXISTS (SELECT 1 FROM json_each(?8) j JOIN verdict v"                   \
    " ON v.post_id = m.id AND v.label = j.value"                                  \
    " WHERE v.computed_at <= ?4 AND (v.superseded_at IS NULL OR v.superseded_at > ?4)" \
    " AND v.value = 0 AND v.score > 0 AND v.score >= ?9 * v.threshold"            \
    " AND NOT " NARVARO_LABEL_THEN("m.id", "j.value") ")"

#define NARVARO_COUNT(POSTS) "SELECT count(*) FROM (" POSTS ")"

struct Matching {
    const char* rows;   ///< id, counts_at
    const char* count;  ///< one number
};
constexpr Matching kPlainNow{NARVARO_PLAIN_NOW, NARVARO_COUNT(NARVARO_PLAIN_NOW)};
constexpr Matching kLabelledNow{NARVARO_LABELLED_NOW, NARVARO_COUNT(NARVARO_LABELLED_NOW)};
constexpr Matching kPlainThen{NARVARO_PLAIN_THEN, NARVARO_COUNT(NARVARO_PLAIN_THEN)};
constexpr Matching kLabelledThen{NARVARO_LABELLED_THEN, NARVARO_COUNT(NARVARO_LABELLED_THEN)};
constexpr char kNear[] = NARVARO_NEAR;

#undef NARVARO_COUNT
#undef NARVARO_NEAR
#undef NARVARO_LABELLED_THEN
#undef NARVARO_PLAIN_THEN
#undef NARVARO_LABELLED_NOW
#undef NARVARO_PLAIN_NOW
#undef NARVARO_COUNTED

/// A filter made ready to be bound.
struct Asked {
    std::vector<std::int64_t> sources;
    bool stories;
    bool shares;  ///< collaborations and photo tags count
    std::string first_label;
    std::optional<std::string> second_label;
    std::string further_labels;
    std::string labels;
};

Asked asked(Database& db, const PostFilter& filter) {
    const bool shares =
        std::find(filter.labels.begin(), filter.labels.end(), kUngVanster) != filter.labels.end();
    std::vector<std::string> labels = filter.labels;
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    Asked asked{source_keys(db, filter.sources),
                filter.stories || shares,
                shares,
                labels.empty() ? std::string{} : labels.front(),
                {},
                {},
                encode_list(labels)};
    if (labels.size() > 1) asked.second_label = labels[1];
    labels.erase(labels.begin(), labels.begin() + std::min<std::ptrdiff_t>(2, std::ssize(labels)));
    asked.further_labels = encode_list(labels);
    return asked;
}

Query matching(Database& db, bool count, const Asked& asked, std::int64_t source, Span span,
               AsOf as_of) {
    const sys_seconds end = end_of(span, as_of);
    const bool plain = asked.first_label.empty();
    if (plain) {
        const Matching& sql = as_of.by_then() ? kPlainThen : kPlainNow;
        return db.query(count ? sql.count : sql.rows, source, span.from, end, known_until(as_of),
                        asked.stories, asked.shares);
    }
    if (as_of.by_then()) {
        return db.query(count ? kLabelledThen.count : kLabelledThen.rows, source, span.from, end,
                        known_until(as_of), asked.stories, asked.shares, asked.first_label,
                        asked.labels);
    }
    return db.query(count ? kLabelledNow.count : kLabelledNow.rows, source, span.from, end,
                    known_until(as_of), asked.stories, asked.shares, asked.first_label,
                    asked.further_labels, asked.second_label);
}

struct Found {
    sys_seconds at;
    std::int64_t key;
};

void collect(Query row, std::vector<Found>& into) {
    while (row.step()) into.push_back({row.time(1), row.integer(0)});
}

std::vector<Found> found_posts(Database& db, const PostFilter& filter, Span span, AsOf as_of) {
    std::vector<Found> found;
    const Asked question = asked(db, filter);
    for (const std::int64_t source : question.sources) {
        collect(matching(db, false, question, source, span, as_of), found);
    }
    return found;
}

/// Oldest first, then by id, so that the order does not depend on what was stored first.
std::vector<Evidence> with_reasons(Database& db, const std::vector<Found>& found, AsOf as_of) {
    std::vector<Evidence> all;
    for (const Found& one : found) {
        auto post = load_post(db, one.key, as_of);
        if (!post) continue;
        all.push_back(
            {std::move(*post), verdicts_of(db, one.key, as_of), decisions_of(db, one.key, as_of)});
    }
    std::sort(all.begin(), all.end(), [](const Evidence& a, const Evidence& b) {
        if (a.post.counts_at != b.post.counts_at) return a.post.counts_at < b.post.counts_at;
        return a.post.id < b.post.id;
    });
    return all;
}

}  // namespace

std::vector<std::int64_t> count_posts(Database& db, const PostFilter& filter,
                                      std::span<const Span> spans, AsOf as_of) {
    const Asked question = asked(db, filter);
    std::vector<std::int64_t> counts;
    counts.reserve(spans.size());
    for (const Span& span : spans) {
        std::int64_t count = 0;
        for (const std::int64_t source : question.sources) {
            Query row = matching(db, true, question, source, span, as_of);
            if (row.step()) count += row.integer(0);
        }
        counts.push_back(count);
    }
    return counts;
}

std::vector<sys_seconds> post_times(Database& db, const PostFilter& filter, Span span, AsOf as_of) {
    std::vector<sys_seconds> times;
    for (const Found& one : found_posts(db, filter, span, as_of)) times.push_back(one.at);
    std::sort(times.begin(), times.end());
    return times;
}

std::vector<Evidence> evidence(Database& db, const PostFilter& filter, Span span, AsOf as_of) {
    return with_reasons(db, found_posts(db, filter, span, as_of), as_of);
}

std::vector<Evidence> near_misses(Database& db, const PostFilter& filter, Span span, AsOf as_of,
                                  double least_share) {
    if (filter.labels.empty()) return {};
    std::vector<Found> found;
    const Asked question = asked(db, filter);
    for (const std::int64_t source : question.sources) {
        collect(db.query(kNear, source, span.from, end_of(span, as_of), known_until(as_of),
                         question.stories, question.shares, question.first_label, question.labels,
                         least_share),
                found);
    }
    return with_reasons(db, found, as_of);
}

}  // namespace narvaro
