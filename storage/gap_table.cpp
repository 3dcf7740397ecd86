#include "storage/gap_table.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace narvaro {
namespace {

constexpr char kOpen[] = R"sql(
    SELECT id, metric, dimension, reason, detail FROM gap WHERE source_id = ?1 AND until IS NULL)sql";
constexpr char kAdd[] = R"sql(
    INSERT INTO gap (source_id, metric, dimension, reason, detail, first_detail, since, last_seen)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?6)
    ON CONFLICT (source_id, metric, dimension, reason) WHERE until IS NULL
    DO NOTHING)sql";
constexpr char kProlong[] = "UPDATE gap SET last_seen = ?2, detail = ?3 WHERE id = ?1";
constexpr char kClose[] = "UPDATE gap SET until = ?2 WHERE id = ?1";
constexpr char kList[] = R"sql(
    SELECT s.name, g.metric, g.dimension, g.reason, iif(?2, g.first_detail, g.detail), g.since,
           min(g.last_seen, ?1)
    FROM gap g JOIN source s ON s.id = g.source_id
    WHERE g.since <= ?1 AND (g.until IS NULL OR g.until > ?1)
    ORDER BY s.name, g.metric, g.dimension, g.reason)sql";
constexpr char kListOf[] = R"sql(
    SELECT s.name, g.metric, g.dimension, g.reason, iif(?2, g.first_detail, g.detail), g.since,
           min(g.last_seen, ?1)
    FROM source s JOIN gap g ON g.source_id = s.id
    WHERE s.name = ?3 AND g.since <= ?1 AND (g.until IS NULL OR g.until > ?1)
    ORDER BY g.metric, g.dimension, g.reason)sql";

/// Numbers; any other name is an edge that is read as a list ("stories", "tags").
constexpr std::array<std::string_view, 9> kMetrics{
    "followers",       "fans",  "following", "posts", "followers_city", "followers_country",
    "followers_local", "spend", "reach"};

struct OpenGap {
    std::int64_t id;
    Gap gap;
};

bool is_number(std::string_view metric) {
    return std::find(kMetrics.begin(), kMetrics.end(), metric) != kMetrics.end();
}

std::vector<OpenGap> load_open(Database& db, std::int64_t source) {
    std::vector<OpenGap> open;
    Query row = db.query(kOpen, source);
    while (row.step()) {
        open.push_back({row.integer(0),
                        {row.text(1), row.text(2),
                         parse_gap_reason(row.text(3)).value_or(GapReason::failed), row.text(4)}});
    }
    return open;
}

std::vector<StoredGap> listed(Query row) {
    std::vector<StoredGap> gaps;
    while (row.step()) {
        gaps.push_back({row.text(0),
                        {row.text(1), row.text(2),
                         parse_gap_reason(row.text(3)).value_or(GapReason::failed), row.text(4)},
                        row.time(5),
                        row.time(6)});
    }
    return gaps;
}

bool same_subject(const Gap& a, const Gap& b) {
    return a.metric == b.metric && a.dimension == b.dimension;
}

/// Whether this read shows that the gap, which it does not report itself, is over.
bool is_over(const Gap& gap, const Observations& read, const PollOutcome& outcome) {
    const bool other_reason = std::any_of(read.gaps.begin(), read.gaps.end(),
                                          [&](const Gap& now) { return same_subject(now, gap); });
    const bool number_came =
        std::any_of(read.samples.begin(), read.samples.end(), [&](const Sample& sample) {
            return sample.metric == gap.metric &&
                   (gap.dimension.empty() || sample.dimension == gap.dimension);
        });
    // A page of a back-fill and a 304 ask for no edges, so their silence says nothing.
    const bool asked = outcome.succeeded && !read.cursor && !read.not_modified;
    return other_reason || number_came || (asked && !is_number(gap.metric));
}

}  // namespace

void apply_gaps(Database& db, std::int64_t source, const Observations& observations,
                const PollOutcome& outcome, ApplyCounts& counts) {
    const std::vector<OpenGap> open = load_open(db, source);
    for (const OpenGap& known : open) {
        const auto told =
            std::find_if(observations.gaps.begin(), observations.gaps.end(), [&](const Gap& gap) {
                return same_subject(gap, known.gap) && gap.reason == known.gap.reason;
            });
        if (told != observations.gaps.end()) {
            db.run(kProlong, known.id, outcome.at, told->detail);
        } else if (is_over(known.gap, observations, outcome)) {
            db.run(kClose, known.id, outcome.at);
            ++counts.gaps_closed;
        }
    }
    for (const Gap& gap : observations.gaps) {
        counts.gaps_opened += db.run(kAdd, source, gap.metric, gap.dimension, name_of(gap.reason),
                                     gap.detail, outcome.at);
    }
}

std::vector<StoredGap> open_gaps(Database& db, AsOf as_of) {
    return listed(db.query(kList, as_of.at, as_of.by_then()));
}

std::vector<StoredGap> open_gaps_of(Database& db, const std::string& source, AsOf as_of) {
    return listed(db.query(kListOf, as_of.at, as_of.by_then(), source));
}

}  // namespace narvaro
