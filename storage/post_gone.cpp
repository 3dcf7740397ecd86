#include "storage/post_gone.h"

#include <algorithm>
#include <vector>

namespace narvaro {
namespace {

constexpr char kDue[] = R"sql(
    SELECT id, missed FROM post
    WHERE source_id = ?1 AND counts_at >= ?2 AND kind = ?3 AND gone_since IS NULL)sql";
constexpr char kMiss[] = "UPDATE post SET missed = 1 WHERE id = ?1";
constexpr char kGone[] = "UPDATE post SET gone_since = ?2 WHERE id = ?1";

}  // namespace

std::int64_t mark_missing(Database& db, std::int64_t source, const CompleteRead& complete,
                          const Observations& read, const std::unordered_set<std::int64_t>& seen,
                          sys_seconds now) {
    if (complete.kind == PostKind::story || complete.kind == PostKind::press) return 0;
    const bool any = std::any_of(read.posts.begin(), read.posts.end(), [&](const Post& post) {
        return post.kind == complete.kind && !post.remote_id.empty();
    });
    if (!any) return 0;
    std::vector<std::int64_t> missed_once;
    std::vector<std::int64_t> missed_twice;
    {
        Query row = db.query(kDue, source, complete.since, name_of(complete.kind));
        while (row.step()) {
            if (seen.contains(row.integer(0))) continue;
            (row.boolean(1) ? missed_twice : missed_once).push_back(row.integer(0));
        }
    }
    for (const std::int64_t key : missed_once) db.run(kMiss, key);
    for (const std::int64_t key : missed_twice) db.run(kGone, key, now);
    return static_cast<std::int64_t>(missed_twice.size());
}

}  // namespace narvaro
