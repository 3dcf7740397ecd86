#include "storage/sample_table.h"

#include <algorithm>
#include <cmath>

#include "storage/encoding.h"
#include "storage/sample_run.h"

namespace narvaro {
namespace {

constexpr char kSeriesKey[] =
    "SELECT id FROM series WHERE source_id = ?1 AND metric = ?2 AND dimension = ?3";
constexpr char kAddSeries[] =
    "INSERT INTO series (source_id, metric, dimension) VALUES (?1, ?2, ?3)";
constexpr char kNamedSeries[] = R"sql(
    SELECT r.id FROM series r JOIN source s ON s.id = r.source_id
    WHERE s.name = ?1 AND r.metric = ?2 AND r.dimension = ?3)sql";
constexpr char kAllSeries[] = R"sql(
    SELECT s.name, r.metric, r.dimension, r.id FROM series r JOIN source s ON s.id = r.source_id
    ORDER BY s.name, r.metric, r.dimension)sql";
constexpr char kLatest[] = R"sql(
    SELECT at, version, value, seen_until, again, stored_at, entered_by FROM sample
    WHERE series_id = ?1 AND at <= ?2 AND stored_at <= ?3
      AND (superseded_at IS NULL OR superseded_at > ?3)
    ORDER BY at DESC, version DESC LIMIT 1)sql";
constexpr char kNext[] = R"sql(
    SELECT at, version, value, seen_until, again, stored_at, entered_by FROM sample
    WHERE series_id = ?1 AND at > ?2 AND stored_at <= ?3
      AND (superseded_at IS NULL OR superseded_at > ?3)
    ORDER BY at, version DESC LIMIT 1)sql";
constexpr char kBetween[] = R"sql(
    SELECT at, version, value, seen_until, again, stored_at, entered_by FROM sample
    WHERE series_id = ?1 AND at > ?2 AND at < ?4 AND stored_at <= ?3
      AND (superseded_at IS NULL OR superseded_at > ?3)
    ORDER BY at, version)sql";
constexpr char kAdd[] = R"sql(
    INSERT INTO sample (series_id, at, version, value, seen_until, again, stored_at, superseded_at,
                        entered_by)
    SELECT ?1, ?2, coalesce(max(version) + 1, 0), ?3, ?4, CAST(?5 AS BLOB), ?6, ?7, ?8
    FROM sample WHERE series_id = ?1 AND at = ?2)sql";
constexpr char kChange[] = R"sql(
    UPDATE sample SET seen_until = ?4, again = CAST(?5 AS BLOB), superseded_at = ?6
    WHERE series_id = ?1 AND at = ?2 AND version = ?3)sql";

constexpr char kPosts[] = "SELECT count(*) FROM post WHERE source_id = ?1";
constexpr char kSuperseded[] = R"sql(
    SELECT o.at, o.value, o.superseded_at,
           (SELECT n.value FROM sample n
            WHERE n.series_id = ?1 AND n.at = o.at AND n.version > o.version AND n.stored_at <= ?4
            ORDER BY n.version LIMIT 1)
    FROM sample o
    WHERE o.series_id = ?1 AND o.at >= ?2 AND o.at < ?3 AND o.superseded_at <= ?4
    ORDER BY o.at, o.version)sql";
constexpr char kLatestRead[] = R"sql(
    SELECT at, version, value, seen_until, again, stored_at, entered_by FROM sample
    WHERE series_id = ?1 AND at <= ?2 AND stored_at <= ?3 AND entered_by = ''
      AND (superseded_at IS NULL OR superseded_at > ?3)
    ORDER BY at DESC, version DESC LIMIT 1)sql";
constexpr char kSeriesOfSource[] =
    "SELECT r.id FROM series r JOIN source s ON s.id = r.source_id WHERE s.name = ?1";

double count_of_posts(Database& db, std::int64_t source) {
    Query row = db.query(kPosts, source);
    return row.step() ? static_cast<double>(row.integer(0)) : 0;
}

SampleRun run_in(const Query& row) {
    const sys_seconds at = row.time(0);
    return {at,          row.integer(1), row.real(2), row.time(3), decode_again(at, row.text(4)),
            row.time(5), row.text(6)};
}

std::optional<SampleRun> latest_run(Database& db, std::int64_t series, sys_seconds t,
                                    sys_seconds known) {
    Query row = db.query(kLatest, series, t, known);
    if (!row.step()) return {};
    return run_in(row);
}

std::optional<SampleRun> next_run(Database& db, std::int64_t series, sys_seconds t,
                                  sys_seconds known) {
    Query row = db.query(kNext, series, t, known);
    if (!row.step()) return {};
    return run_in(row);
}

void add_run(Database& db, std::int64_t series, const SampleRun& run,
             std::optional<sys_seconds> superseded = {}) {
    db.run(kAdd, series, run.at, run.value, run.seen_until, encode_again(run.at, run.again),
           run.stored_at, superseded, run.by);
}

void change_run(Database& db, std::int64_t series, const SampleRun& run,
                std::optional<sys_seconds> superseded = {}) {
    db.run(kChange, series, run.at, run.version, run.seen_until, encode_again(run.at, run.again),
           superseded);
}

SampleRun single(sys_seconds at, double value, sys_seconds stored, const std::string& by) {
    return {at, 0, value, at, {}, stored, by};
}

/// Another value at an instant within a run: the readings around it stay as they were, the one at
/// the instant itself is superseded.
void cut_run(Database& db, std::int64_t series, const SampleRun& run, sys_seconds t,
             sys_seconds now) {
    const SplitRun split = split_at(run, t);
    if (split.before) {
        change_run(db, series, *split.before);
        if (split.exact) add_run(db, series, single(t, run.value, run.stored_at, run.by), now);
    } else {
        SampleRun first = single(run.at, run.value, run.stored_at, run.by);
        first.version = run.version;
        change_run(db, series, first, now);
    }
    if (split.after) add_run(db, series, *split.after);
}

/// Notes a reading of the run's own value on its row, where that tells no lie: the row was stored
/// by the same act, or the reading is the newest of the series and stored at its own instant, as
/// levels are. Anything else would be seen before it was known.
bool noted(Database& db, std::int64_t series, SampleRun& run, sys_seconds t, sys_seconds now) {
    const bool same_act = run.stored_at >= now;
    const bool newest =
        t > run.seen_until && t >= now && !next_run(db, series, run.at, sys_seconds::max());
    if (!same_act && !newest) return false;
    if (!run.extend(t, !same_act)) return false;
    change_run(db, series, run);
    return true;
}

std::int64_t series_key(Database& db, std::int64_t source, const Sample& sample) {
    {
        Query row = db.query(kSeriesKey, source, sample.metric, sample.dimension);
        if (row.step()) return row.integer(0);
    }
    db.run(kAddSeries, source, sample.metric, sample.dimension);
    return db.last_row();
}

std::optional<std::int64_t> named_series(Database& db, const SeriesRef& series) {
    Query row = db.query(kNamedSeries, series.source, series.metric, series.dimension);
    if (!row.step()) return {};
    return row.integer(0);
}

void append_readings(const SampleRun& run, Span span, const Sample& like,
                     std::vector<Sample>& into) {
    for (const sys_seconds t : run.readings()) {
        if (span.contains(t)) into.push_back({like.metric, like.dimension, t, run.value, run.by});
    }
}

std::vector<Sample> readings_within(Database& db, std::int64_t series, const Sample& like,
                                    Span span, sys_seconds known) {
    std::vector<Sample> readings;
    if (span.empty()) return readings;
    if (const auto run = latest_run(db, series, span.from, known)) {
        append_readings(*run, span, like, readings);
    }
    Query row = db.query(kBetween, series, span.from, known, span.to);
    while (row.step()) append_readings(run_in(row), span, like, readings);
    return readings;
}

/// Whether the source itself told this value on the day (UTC) of the sample.
bool read_that_day(const std::optional<SampleRun>& run, const Sample& sample) {
    if (!run || !run->by.empty() || run->value != sample.value) return false;
    const std::vector<sys_seconds> readings = run->readings();
    return std::any_of(readings.begin(), readings.end(), [&](sys_seconds t) {
        return date::floor<date::days>(t) == date::floor<date::days>(sample.at);
    });
}

}  // namespace

SampleOutcome store_sample(Database& db, std::int64_t source, const Sample& sample,
                           sys_seconds now) {
    const std::int64_t series = series_key(db, source, sample);
    auto run = latest_run(db, series, sample.at, sys_seconds::max());
    // What a person enters and the source told that day is no news: it stays measured.
    const bool by_hand = !sample.by.empty();
    if (by_hand && (read_that_day(run, sample) ||
                    read_that_day(next_run(db, series, sample.at, sys_seconds::max()), sample))) {
        return SampleOutcome::repeated;
    }
    const bool within = run && sample.at <= run->seen_until;
    if (run && run->value == sample.value) {
        if (within && run->covers(sample.at, run->stored_at < now)) return SampleOutcome::repeated;
        if (run->by == sample.by && noted(db, series, *run, sample.at, now))
            return SampleOutcome::confirmed;
    }
    if (within) cut_run(db, series, *run, sample.at, now);
    add_run(db, series, single(sample.at, sample.value, now, sample.by));
    return SampleOutcome::added;
}

void apply_samples(Database& db, std::int64_t source, const Observations& observations,
                   sys_seconds now, ApplyCounts& counts, std::vector<std::string>& warnings) {
    for (const Sample& sample : observations.samples) {
        if (!std::isfinite(sample.value) || sample.metric.empty()) {
            ++counts.left_out;
            warnings.push_back("a sample of \"" + sample.metric +
                               "\" that is no number was left out");
            continue;
        }
        if (store_sample(db, source, sample, now) == SampleOutcome::added) ++counts.samples_added;
    }
    if (!observations.count_posts) return;
    const Sample posts{"posts", "", now, count_of_posts(db, source)};
    if (store_sample(db, source, posts, now) == SampleOutcome::added) ++counts.samples_added;
}

std::optional<Sample> sample_at(Database& db, const SeriesRef& ref, sys_seconds t, AsOf as_of) {
    const auto series = named_series(db, ref);
    if (!series) return {};
    const sys_seconds latest = std::min(t, as_of.at);
    const auto run = latest_run(db, *series, latest, known_until(as_of));
    if (!run) return {};
    const auto after = std::upper_bound(run->again.begin(), run->again.end(), latest);
    const sys_seconds at = after == run->again.begin() ? run->at : *(after - 1);
    return Sample{ref.metric, ref.dimension, at, run->value, run->by};
}

std::optional<Sample> sample_after(Database& db, const SeriesRef& ref, sys_seconds t, AsOf as_of) {
    const auto series = named_series(db, ref);
    if (!series) return {};
    const auto at_or_after = [&](const SampleRun& run) -> std::optional<Sample> {
        for (const sys_seconds reading : run.readings()) {
            if (reading >= t && reading <= as_of.at) {
                return Sample{ref.metric, ref.dimension, reading, run.value, run.by};
            }
        }
        return {};
    };
    if (const auto run = latest_run(db, *series, t, known_until(as_of))) {
        if (auto found = at_or_after(*run)) return found;
    }
    const auto run = next_run(db, *series, t, known_until(as_of));
    return run ? at_or_after(*run) : std::nullopt;
}

std::vector<Sample> samples_within(Database& db, const SeriesRef& ref, Span span, AsOf as_of) {
    const auto series = named_series(db, ref);
    if (!series) return {};
    return readings_within(db, *series, {ref.metric, ref.dimension, {}, 0},
                           {span.from, end_of(span, as_of)}, known_until(as_of));
}

std::vector<Restatement> restatements_within(Database& db, const SeriesRef& ref, Span span,
                                             AsOf as_of) {
    const auto series = named_series(db, ref);
    if (!series) return {};
    std::vector<Restatement> found;
    Query row = db.query(kSuperseded, *series, span.from, end_of(span, as_of), known_until(as_of));
    while (row.step()) {
        found.push_back({row.time(0), row.real(1), row.maybe_real(3), row.time(2)});
    }
    return found;
}

std::optional<sys_seconds> last_reading(Database& db, const std::string& source, AsOf as_of) {
    std::optional<sys_seconds> last;
    std::vector<std::int64_t> all;
    {
        Query row = db.query(kSeriesOfSource, source);
        while (row.step()) all.push_back(row.integer(0));
    }
    for (const std::int64_t series : all) {
        Query row = db.query(kLatestRead, series, as_of.at, known_until(as_of));
        if (!row.step()) continue;
        for (const sys_seconds reading : run_in(row).readings()) {
            if (reading <= as_of.at && (!last || reading > *last)) last = reading;
        }
    }
    return last;
}

std::vector<Series> all_series(Database& db) {
    std::vector<Series> series;
    Query row = db.query(kAllSeries);
    while (row.step()) series.push_back({row.text(0), row.text(1), row.text(2)});
    return series;
}

void each_sample(Database& db, AsOf as_of,
                 const std::function<bool(const std::string&, const Sample&)>& take) {
    const Span always{sys_seconds::min(), end_of({{}, sys_seconds::max()}, as_of)};
    Query row = db.query(kAllSeries);
    while (row.step()) {
        const std::string source = row.text(0);
        const Sample like{row.text(1), row.text(2), {}, 0};
        for (const Sample& sample :
             readings_within(db, row.integer(3), like, always, known_until(as_of))) {
            if (!take(source, sample)) return;
        }
    }
}

}  // namespace narvaro
