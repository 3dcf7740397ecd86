#include "storage/post_table.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "storage/encoding.h"
#include "storage/failure.h"
#include "storage/like_title.h"
#include "storage/post_gone.h"

namespace narvaro {
namespace {

// The columns of `Known`, in its order.
#define NARVARO_KNOWN                                                                         \
    "p.id, p.kind, p.published, p.counts_at, p.url, p.content_hash, p.input_hash, "           \
    "p.reactions, p.comments, p.shares, p.media_type, p.second_key, p.missed, p.gone_since, " \
    "p.remote_id "

constexpr char kById[] =
    "SELECT " NARVARO_KNOWN "FROM post p WHERE p.source_id = ?1 AND p.remote_id = ?2";
constexpr char kByAlias[] = "SELECT " NARVARO_KNOWN
                            "FROM post_alias a JOIN post p ON p.id = a.post_id "
                            "WHERE a.source_id = ?1 AND a.remote_id = ?2";
constexpr char kBySecondKey[] = "SELECT " NARVARO_KNOWN
                                "FROM post p WHERE p.source_id = ?1 AND p.kind = ?2 "
                                "AND p.second_key = ?3 AND p.second_key <> '' ORDER BY p.id";
#undef NARVARO_KNOWN

constexpr char kAliases[] = "SELECT remote_id FROM post_alias WHERE post_id = ?1";
constexpr char kTitle[] = "SELECT title FROM post WHERE id = ?1";
constexpr char kMentions[] = "SELECT mentions FROM post WHERE id = ?1";
constexpr char kAnyAlias[] = "SELECT 1 FROM post_alias WHERE source_id = ?1 LIMIT 1";
constexpr char kAnyPost[] = "SELECT 1 FROM post WHERE source_id = ?1 LIMIT 1";
constexpr char kAddAlias[] =
    "INSERT INTO post_alias (source_id, remote_id, post_id) VALUES (?1, ?2, ?3)";
constexpr char kAdd[] = R"sql(
    INSERT INTO post (source_id, remote_id, kind, published, counts_at, first_seen, revised_at,
                      title, text, url, media_type, links, mentions, parent_id, reactions,
                      comments, shares, second_key, content_hash, input_hash, judged)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19, ?20))sql";
constexpr char kKeepRevision[] = R"sql(
    INSERT INTO post_revision (post_id, revision, title, text, url, published, counts_at,
                               seen_from, seen_until)
    SELECT id, revision, title, text, url, published, counts_at, revised_at, ?2
    FROM post WHERE id = ?1)sql";
// How many former revisions bear the title, address and date of a read, and since when the present
// one stands.
constexpr char kSameHead[] = R"sql(
    SELECT p.revised_at, p.title = ?2 AND p.url = ?3 AND p.published IS ?4,
           (SELECT count(*) FROM post_revision r WHERE r.post_id = p.id
            AND r.title = ?2 AND r.url = ?3 AND r.published IS ?4)
    FROM post p WHERE p.id = ?1)sql";
constexpr char kRevise[] = R"sql(
    UPDATE post SET revision = revision + 1, revised_at = ?2, title = ?3, text = ?4, url = ?5,
                    published = ?6, counts_at = ?7, content_hash = ?8
    WHERE id = ?1)sql";
constexpr char kNewInput[] = R"sql(
    UPDATE post SET input_version = input_version + 1, links = ?2, mentions = ?3, parent_id = ?4,
                    input_hash = ?5, judged = iif(judged IS NULL, NULL, 0)
    WHERE id = ?1)sql";
constexpr char kTouch[] = R"sql(
    UPDATE post SET kind = ?2, reactions = ?3, comments = ?4, shares = ?5, media_type = ?6,
                    second_key = ?7, missed = 0, gone_since = NULL
    WHERE id = ?1)sql";
constexpr char kMoveLabels[] = R"sql(
    UPDATE label_now SET kind = p.kind, counts_at = p.counts_at
    FROM post p WHERE p.id = ?1 AND label_now.post_id = ?1)sql";
constexpr char kFind[] = R"sql(
    SELECT p.id FROM post p JOIN source s ON s.id = p.source_id
    WHERE s.name = ?1 AND p.remote_id = ?2)sql";
constexpr char kFindAlias[] = R"sql(
    SELECT a.post_id FROM post_alias a JOIN source s ON s.id = a.source_id
    WHERE s.name = ?1 AND a.remote_id = ?2)sql";
constexpr char kRevisions[] = R"sql(
    SELECT revision, title, text, url, published, seen_from, iif(seen_until <= ?2, seen_until, NULL)
    FROM post_revision WHERE post_id = ?1 AND seen_from <= ?2
    UNION ALL
    SELECT revision, title, text, url, published, revised_at, NULL
    FROM post WHERE id = ?1 AND revised_at <= ?2
    ORDER BY revision)sql";

/// Changes of the text alone that are kept as fast as they come.
constexpr std::int64_t kMostTextRevisions = 24;

/// What is stored of a post that is read again.
struct Known {
    std::int64_t key;
    std::string kind;
    std::optional<sys_seconds> published;
    std::optional<sys_seconds> counts_at;
    std::string url;
    std::int64_t content_hash;
    std::int64_t input_hash;
    std::optional<std::int64_t> reactions;
    std::optional<std::int64_t> comments;
    std::optional<std::int64_t> shares;
    std::string media_type;
    std::string second_key;
    bool missed;
    std::string remote_id;
};

Known known_in(const Query& row) {
    return {row.integer(0),
            row.text(1),
            row.maybe_time(2),
            row.maybe_time(3),
            row.text(4),
            row.integer(5),
            row.integer(6),
            row.maybe_integer(7),
            row.maybe_integer(8),
            row.maybe_integer(9),
            row.text(10),
            row.text(11),
            row.boolean(12) || !row.null(13),
            row.text(14)};
}

std::optional<Known> first_known(Query row) {
    if (!row.step()) return {};
    return known_in(row);
}

std::int64_t content_hash(const Post& post) {
    Fingerprint hash;
    hash.add(post.title).add(post.text).add(post.url).add(std::int64_t{post.published.has_value()});
    if (post.published) hash.add(post.published->time_since_epoch().count());
    return hash.value();
}

std::int64_t input_hash(const Post& post) {
    Fingerprint hash;
    for (const auto* list : {&post.links, &post.mentions}) {
        hash.add(static_cast<std::int64_t>(list->size()));
        for (const std::string& item : *list) hash.add(item);
    }
    return hash.add(std::int64_t{post.parent_id.has_value()})
        .add(post.parent_id.value_or(""))
        .value();
}

/// A date that lies ahead of the moment it was read at proves nothing; a day is allowed for clocks
/// and zones.
std::optional<sys_seconds> proven(std::optional<sys_seconds> published, sys_seconds now) {
    if (published && *published > now + std::chrono::hours{24}) return {};
    return published;
}

class PostWriter {
  public:
    PostWriter(Database& db, std::int64_t source, const Observations& read, sys_seconds now,
               ApplyCounts& counts)
        : db_(db),
          source_(source),
          now_(now),
          counts_(counts),
          any_posts_(db.query(kAnyPost, source).step()),
          any_aliases_(db.query(kAnyAlias, source).step()) {
        if (any_posts_) {
            ids_.reserve(read.posts.size());
            for (const Post& post : read.posts) ids_.insert(post.remote_id);
        }
        seen_.reserve(read.posts.size());
    }

    /// @return the post's key
    std::int64_t store(const Post& post) {
        const std::optional<Known> known = any_posts_ ? find(post) : std::nullopt;
        const std::int64_t key = known ? known->key : add(post);
        if (known) ++known_;
        // What comes later in this read and is the same post by another id would undo this one.
        if (seen_.insert(key).second && known) update(post, *known);
        return key;
    }

    const std::unordered_set<std::int64_t>& seen() const { return seen_; }
    std::int64_t known() const { return known_; }

  private:
    std::optional<Known> find(const Post& post) {
        if (auto known = first_known(db_.query(kById, source_, post.remote_id))) return known;
        if (any_aliases_) {
            if (auto known = first_known(db_.query(kByAlias, source_, post.remote_id))) {
                return known;
            }
        }
        if (post.second_key.empty()) return {};
        std::optional<Known> renamed = find_renamed(post);
        if (renamed) {
            db_.run(kAddAlias, source_, post.remote_id, renamed->key);
            any_aliases_ = true;
        }
        return renamed;
    }

    /// A stored post with the same second key and a like title, unless this very read shows that
    /// one under its own id as well: then they are two.
    std::optional<Known> find_renamed(const Post& post) {
        Query row = db_.query(kBySecondKey, source_, name_of(post.kind), post.second_key);
        while (row.step()) {
            Known known = known_in(row);
            if (ids_.contains(known.remote_id) || alias_read(known.key)) continue;
            if (alike_titles(title_of(known.key), post.title)) return known;
        }
        return {};
    }

    std::string title_of(std::int64_t key) {
        Query row = db_.query(kTitle, key);
        return row.step() ? row.text(0) : std::string{};
    }

    bool alias_read(std::int64_t key) {
        if (!any_aliases_) return false;
        Query alias = db_.query(kAliases, key);
        while (alias.step()) {
            if (ids_.contains(alias.text(0))) return true;
        }
        return false;
    }

    std::int64_t add(const Post& post) {
        std::optional<std::int64_t> judged;
        if (post.kind != PostKind::press) judged = 0;
        db_.run(kAdd, source_, post.remote_id, name_of(post.kind), post.published,
                proven(post.published, now_), now_, post.title, post.text, post.url,
                post.media_type, encode_list(post.links), encode_list(post.mentions),
                post.parent_id, post.reactions, post.comments, post.shares, post.second_key,
                content_hash(post), input_hash(post), judged);
        ++counts_.posts_added;
        return db_.last_row();
    }

    void update(const Post& read, const Known& known) {
        const bool date_told = read.published.has_value();
        const bool url_told = !read.url.empty();
        std::optional<Post> merged;  // what this read does not tell stays as it was
        if (!date_told || !url_told || read.mentions_partial) {
            merged = read;
            if (!date_told) merged->published = known.published;
            if (!url_told) merged->url = known.url;
            if (read.mentions_partial) merged->mentions = joined_mentions(read, known.key);
        }
        const Post& post = merged ? *merged : read;
        const std::int64_t content = content_hash(post);
        const std::int64_t input = input_hash(post);
        const bool revised = content != known.content_hash && !restless(post, known.key);
        if (revised) revise(post, known, content);
        if (revised || input != known.input_hash) {
            db_.run(kNewInput, known.key, encode_list(post.links), encode_list(post.mentions),
                    post.parent_id, input);
        }
        touch(post, known);
        if (revised || known.kind != name_of(post.kind)) db_.run(kMoveLabels, known.key);
    }

    /// Whether the text alone has changed, and has done so too often: stars, counters and times
    /// that differ on every read are no news. Then one revision a day is enough.
    bool restless(const Post& post, std::int64_t key) {
        Query row = db_.query(kSameHead, key, post.title, post.url, post.published);
        if (!row.step() || !row.boolean(1) || row.integer(2) < kMostTextRevisions) return false;
        return now_ - row.maybe_time(0).value_or(sys_seconds{}) < std::chrono::hours{24};
    }

    /// The stored mentions, and those of this read that are new.
    std::vector<std::string> joined_mentions(const Post& read, std::int64_t key) {
        std::vector<std::string> mentions;
        Query row = db_.query(kMentions, key);
        while (row.step()) mentions = decode_list(row.text(0));
        for (const std::string& mention : read.mentions) {
            if (std::find(mentions.begin(), mentions.end(), mention) == mentions.end()) {
                mentions.push_back(mention);
            }
        }
        return mentions;
    }

    void revise(const Post& post, const Known& known, std::int64_t content) {
        const auto counts_at =
            post.published == known.published ? known.counts_at : proven(post.published, now_);
        db_.run(kKeepRevision, known.key, now_);
        db_.run(kRevise, known.key, now_, post.title, post.text, post.url, post.published,
                counts_at, content);
        ++counts_.posts_revised;
    }

    /// What changes without being another text; nothing is written when nothing changed.
    void touch(const Post& post, const Known& known) {
        const auto reactions = post.reactions ? post.reactions : known.reactions;
        const auto comments = post.comments ? post.comments : known.comments;
        const auto shares = post.shares ? post.shares : known.shares;
        const std::string& media = post.media_type.empty() ? known.media_type : post.media_type;
        const std::string& second = post.second_key.empty() ? known.second_key : post.second_key;
        const bool same = known.kind == name_of(post.kind) && reactions == known.reactions &&
                          comments == known.comments && shares == known.shares &&
                          media == known.media_type && second == known.second_key && !known.missed;
        if (same) return;
        db_.run(kTouch, known.key, name_of(post.kind), reactions, comments, shares, media, second);
    }

    Database& db_;
    std::int64_t source_;
    sys_seconds now_;
    ApplyCounts& counts_;
    std::int64_t known_ = 0;
    bool any_posts_;
    bool any_aliases_;
    std::unordered_set<std::string_view> ids_;  ///< of this read; only where there are older posts
    std::unordered_set<std::int64_t> seen_;     ///< keys of this read
};

}  // namespace

std::int64_t apply_posts(Database& db, std::int64_t source, const Observations& observations,
                         sys_seconds now, ApplyCounts& counts, std::vector<std::string>& warnings) {
    PostWriter writer{db, source, observations, now, counts};
    std::unordered_set<std::string_view> taken;
    taken.reserve(observations.posts.size());
    for (const Post& post : observations.posts) {
        if (post.remote_id.empty()) {
            ++counts.left_out;
            warnings.push_back("an item without an id was left out");
            continue;
        }
        if (taken.insert(post.remote_id).second) writer.store(post);
    }
    for (const CompleteRead& read : observations.complete) {
        counts.posts_gone += mark_missing(db, source, read, observations, writer.seen(), now);
    }
    return writer.known();
}

std::optional<std::int64_t> find_post(Database& db, const std::string& id) {
    const std::size_t slash = id.find('/');
    if (slash == std::string::npos) return {};
    const std::string source = id.substr(0, slash);
    const std::string remote_id = id.substr(slash + 1);
    for (const char* sql : {kFind, kFindAlias}) {
        Query row = db.query(sql, source, remote_id);
        if (row.step()) return row.integer(0);
    }
    return {};
}

std::int64_t post_key(Database& db, const std::string& id) {
    if (const auto key = find_post(db, id)) return *key;
    refuse(Fault::not_found, "there is no post \"" + id + "\"",
           "ids are written as narvaro posts lists them: SOURCE/ID");
}

std::vector<PostRevision> post_revisions(Database& db, std::int64_t post, AsOf as_of) {
    std::vector<PostRevision> revisions;
    Query row = db.query(kRevisions, post, known_until(as_of));
    while (row.step()) {
        revisions.push_back({row.integer(0), row.text(1), row.text(2), row.text(3),
                             row.maybe_time(4), row.time(5), row.maybe_time(6)});
    }
    return revisions;
}

}  // namespace narvaro
