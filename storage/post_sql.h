#pragma once

// Pieces of SQL that several queries share, so that they cannot differ. ?4 is always the instant
// after which nothing that was stored is seen. Labels as they were known then: a person's last
// word, unless it hands back to the rules, else the verdict of that time.

/// @param POST, LABEL  expressions in SQL
#define NARVARO_LABEL_THEN(POST, LABEL)                                                        \
    "coalesce((SELECT d.value FROM decision d WHERE d.post_id = " POST " AND d.label = " LABEL \
    " AND d.decided_at <= ?4 ORDER BY d.id DESC LIMIT 1),"                                     \
    " (SELECT v.value FROM verdict v WHERE v.post_id = " POST " AND v.label = " LABEL          \
    " AND v.computed_at <= ?4 AND (v.superseded_at IS NULL OR v.superseded_at > ?4)"           \
    " ORDER BY v.id DESC LIMIT 1), 0)"

/// Posts with the words that stood at ?4, as a table "p".
#define NARVARO_POSTS_THEN                                             \
    "(SELECT c.id, c.source_id, c.kind, c.remote_id, c.first_seen,"    \
    " iif(r.revision IS NULL, c.published, r.published) AS published," \
    " iif(r.revision IS NULL, c.counts_at, r.counts_at) AS counts_at"  \
    " FROM post c LEFT JOIN post_revision r"                           \
    " ON r.post_id = c.id AND r.seen_from <= ?4 AND r.seen_until > ?4" \
    " WHERE c.first_seen <= ?4) p"
