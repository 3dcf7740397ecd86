#include "storage/audience_table.h"
#include "storage/copy.h"
#include "storage/digest_table.h"
#include "storage/gap_table.h"
#include "storage/label_table.h"
#include "storage/metric_verdict_table.h"
#include "storage/outbox_table.h"
#include "storage/poll_table.h"
#include "storage/post_count.h"
#include "storage/post_table.h"
#include "storage/post_view.h"
#include "storage/record_table.h"
#include "storage/rehearsal.h"
#include "storage/sample_table.h"
#include "storage/service_table.h"
#include "storage/source_table.h"
#include "storage/store.h"
#include "storage/store_impl.h"

namespace narvaro {
namespace {

/// What the data itself shows of its last read: the newest reading, and for a source that keeps no
/// series, the instant asked for if anything had been read.
std::optional<sys_seconds> read_by_then(Database& db, const std::string& source, AsOf as_of) {
    if (const auto reading = last_reading(db, source, as_of)) return reading;
    if (!was_observed(db, source, as_of)) return {};
    return as_of.at;
}

}  // namespace

Result<std::vector<SourceStatus>> Store::statuses() const {
    return impl_->read("reading the sources", [](Database& db) { return source_statuses(db); });
}

Result<SourceStatus> Store::status(const std::string& source_id) const {
    return impl_->read("reading a source",
                       [&](Database& db) { return source_status(db, source_id); });
}

Result<std::vector<JudgedMetric>> Store::metric_verdicts(const std::string& source_id) const {
    return impl_->read("source " + source_id + ": reading verdicts", [&](Database& db) {
        return narvaro::metric_verdicts(db, source_key(db, source_id));
    });
}

Result<std::optional<sys_seconds>> Store::host_wait(const std::string& host) const {
    return impl_->read("reading the patience that " + host + " asked for",
                       [&](Database& db) { return narvaro::host_wait(db, host); });
}

Result<bool> Store::observed(const std::string& source_id, AsOf as_of) const {
    return impl_->read("reading source " + source_id,
                       [&](Database& db) { return was_observed(db, source_id, as_of); });
}

Result<std::vector<StoredGap>> Store::open_gaps(AsOf as_of) const {
    return impl_->read("reading gaps", [&](Database& db) { return narvaro::open_gaps(db, as_of); });
}

Result<std::vector<StoredGap>> Store::open_gaps_of(const std::string& source_id, AsOf as_of) const {
    return impl_->read("reading gaps of source " + source_id,
                       [&](Database& db) { return narvaro::open_gaps_of(db, source_id, as_of); });
}

Result<std::optional<sys_seconds>> Store::read_until(const std::string& source_id,
                                                     AsOf as_of) const {
    return impl_->read("reading source " + source_id, [&](Database& db) {
        return as_of.by_then() ? read_by_then(db, source_id, as_of) : last_success(db, source_id);
    });
}

Result<std::vector<std::int64_t>> Store::count_posts(const PostFilter& filter,
                                                     std::span<const Span> spans,
                                                     AsOf as_of) const {
    return impl_->read("counting posts", [&](Database& db) {
        return narvaro::count_posts(db, filter, spans, as_of);
    });
}

Result<std::vector<sys_seconds>> Store::post_times(const PostFilter& filter, Span span,
                                                   AsOf as_of) const {
    return impl_->read("reading posts",
                       [&](Database& db) { return narvaro::post_times(db, filter, span, as_of); });
}

Result<std::vector<Evidence>> Store::evidence(const PostFilter& filter, Span span,
                                              AsOf as_of) const {
    return impl_->read("reading evidence",
                       [&](Database& db) { return narvaro::evidence(db, filter, span, as_of); });
}

Result<std::vector<Evidence>> Store::near_misses(const PostFilter& filter, Span span, AsOf as_of,
                                                 double least_share) const {
    return impl_->read("reading near misses", [&](Database& db) {
        return narvaro::near_misses(db, filter, span, as_of, least_share);
    });
}

Result<void> Store::each_post(const PostListing& listing, AsOf as_of,
                              const std::function<bool(const StoredPost&)>& take) const {
    return impl_->read("listing posts",
                       [&](Database& db) { narvaro::each_post(db, listing, as_of, take); });
}

Result<std::optional<StoredPost>> Store::post(const std::string& id, AsOf as_of) const {
    return impl_->read("reading a post", [&](Database& db) -> std::optional<StoredPost> {
        const auto key = find_post(db, id);
        return key ? load_post(db, *key, as_of) : std::nullopt;
    });
}

Result<std::vector<PostRevision>> Store::revisions(const std::string& id, AsOf as_of) const {
    return impl_->read("reading a post",
                       [&](Database& db) { return post_revisions(db, post_key(db, id), as_of); });
}

Result<std::vector<StoredPressItem>> Store::press_items(Span span, AsOf as_of) const {
    return impl_->read("reading press items",
                       [&](Database& db) { return press_within(db, span, as_of); });
}

Result<std::vector<StoredPost>> Store::posts_to_judge(std::span<const LabelVersion> versions,
                                                      std::int64_t after, std::size_t limit) const {
    return impl_->read("reading posts to judge", [&](Database& db) {
        return load_posts(db, unjudged(db, versions, after, limit), {sys_seconds::max()});
    });
}

Result<std::vector<StoredPost>> Store::posts_never_judged(std::int64_t after,
                                                          std::size_t limit) const {
    return impl_->read("reading posts to judge", [&](Database& db) {
        return load_posts(db, never_judged(db, after, limit), {sys_seconds::max()});
    });
}

Result<std::vector<StoredPost>> Store::posts_within(std::span<const Span> spans) const {
    return impl_->read("reading posts",
                       [&](Database& db) { return narvaro::posts_within(db, spans); });
}

Result<std::vector<StoredVerdict>> Store::verdicts(const std::string& id, AsOf as_of) const {
    return impl_->read("reading verdicts",
                       [&](Database& db) { return verdicts_of(db, post_key(db, id), as_of); });
}

Result<std::vector<StoredDecision>> Store::decisions(const std::string& id, AsOf as_of) const {
    return impl_->read("reading decisions",
                       [&](Database& db) { return decisions_of(db, post_key(db, id), as_of); });
}

Result<std::vector<StoredDecision>> Store::decisions_within(Span span, AsOf as_of) const {
    return impl_->read("reading decisions",
                       [&](Database& db) { return narvaro::decisions_within(db, span, as_of); });
}

Result<std::optional<Sample>> Store::sample_at(const SeriesRef& ref, sys_seconds t,
                                               AsOf as_of) const {
    return impl_->read("reading samples", [&](Database& db) {
        return ref.record.empty() ? narvaro::sample_at(db, ref, t, as_of)
                                  : record_at(db, ref.record, t, as_of);
    });
}

Result<std::optional<Sample>> Store::sample_after(const SeriesRef& ref, sys_seconds t,
                                                  AsOf as_of) const {
    return impl_->read("reading samples", [&](Database& db) {
        return ref.record.empty() ? narvaro::sample_after(db, ref, t, as_of)
                                  : record_after(db, ref.record, t, as_of);
    });
}

Result<std::vector<Sample>> Store::samples(const SeriesRef& ref, Span span, AsOf as_of) const {
    return impl_->read("reading samples", [&](Database& db) {
        return ref.record.empty() ? samples_within(db, ref, span, as_of)
                                  : record_samples(db, ref.record, span, as_of);
    });
}

Result<std::vector<Restatement>> Store::restatements(const SeriesRef& ref, Span span,
                                                     AsOf as_of) const {
    return impl_->read("reading restatements",
                       [&](Database& db) { return restatements_within(db, ref, span, as_of); });
}

Result<std::vector<Series>> Store::series() const {
    return impl_->read("reading series", [](Database& db) { return all_series(db); });
}

Result<void> Store::each_sample(
    AsOf as_of, const std::function<bool(const std::string&, const Sample&)>& take) const {
    return impl_->read("reading samples",
                       [&](Database& db) { narvaro::each_sample(db, as_of, take); });
}

Result<std::vector<Record>> Store::records(const std::string& name, Span span, AsOf as_of) const {
    return impl_->read("reading records",
                       [&](Database& db) { return records_within(db, name, span, as_of); });
}

Result<std::vector<Record>> Store::all_records(AsOf as_of) const {
    return impl_->read("reading records",
                       [&](Database& db) { return narvaro::all_records(db, as_of); });
}

Result<std::vector<Record>> Store::record_history(AsOf as_of) const {
    return impl_->read("reading records",
                       [&](Database& db) { return narvaro::record_history(db, as_of); });
}

Result<std::vector<Audience>> Store::audiences(const std::string& source_id, Span span,
                                               AsOf as_of) const {
    return impl_->read("reading audiences",
                       [&](Database& db) { return audiences_within(db, source_id, span, as_of); });
}

Result<std::optional<std::string>> Store::service_state(const std::string& key) const {
    return impl_->read("reading " + key,
                       [&](Database& db) { return narvaro::service_state(db, key); });
}

Result<std::optional<Composition>> Store::composition(IsoWeek week) const {
    return impl_->read("reading a digest",
                       [&](Database& db) { return newest_composition(db, week); });
}

Result<std::optional<Composition>> Store::composition(IsoWeek week, int revision) const {
    return impl_->read("reading a digest",
                       [&](Database& db) { return find_composition(db, week, revision); });
}

Result<std::vector<Composition>> Store::compositions() const {
    return impl_->read("reading digests", [](Database& db) { return all_compositions(db); });
}

Result<std::vector<DigestFile>> Store::digest_files(IsoWeek week, int revision,
                                                    const std::string& language) const {
    return impl_->read("reading a digest's files", [&](Database& db) {
        return narvaro::digest_files(db, week, revision, language);
    });
}

Result<std::optional<DigestFile>> Store::digest_file(IsoWeek week, int revision,
                                                     const std::string& language,
                                                     const std::string& name) const {
    return impl_->read("reading a digest's file", [&](Database& db) {
        return find_digest_file(db, week, revision, language, name);
    });
}

Result<std::vector<StoredMail>> Store::mails(std::optional<IsoWeek> week) const {
    return impl_->read("reading the outbox", [&](Database& db) { return all_mails(db, week); });
}

Result<std::vector<StoredMail>> Store::interrupted_mails() const {
    return impl_->read("reading the outbox",
                       [](Database& db) { return narvaro::interrupted_mails(db); });
}

Result<bool> Store::mail_due(sys_seconds now, seconds longest_wait) const {
    return impl_->read("reading the outbox",
                       [&](Database& db) { return narvaro::mail_due(db, now, longest_wait); });
}

Result<std::vector<StoredMail>> Store::due_mails(sys_seconds now, seconds longest_wait) const {
    return impl_->read("reading the outbox",
                       [&](Database& db) { return narvaro::due_mails(db, now, longest_wait); });
}

Result<std::string> Store::mail_bytes(std::int64_t id) const {
    return impl_->read("reading a mail", [&](Database& db) { return narvaro::mail_bytes(db, id); });
}

Result<std::vector<MailEvent>> Store::mail_events(std::int64_t id) const {
    return impl_->read("reading a mail's log",
                       [&](Database& db) { return narvaro::mail_events(db, id); });
}

Result<void> Store::at_one_moment(const std::function<Result<void>()>& ask) const {
    const auto answered = impl_->read("reading", [&](Database&) { return ask(); });
    if (!answered) return tl::unexpected<Error>{answered.error()};
    return *answered;
}

Result<void> Store::rehearse(std::span<const RehearsedLabel> labels,
                             const std::function<Result<void>()>& ask) const {
    const auto answered = guarded("rehearsing rules", [&] {
        const Rehearsal rehearsal{*impl_->db, labels};
        return ask();
    });
    if (!answered) return tl::unexpected<Error>{answered.error()};
    return *answered;
}

Result<void> Store::alive() const {
    return impl_->read("looking at the database",
                       [](Database& db) { db.query("SELECT count(*) FROM source").step(); });
}

Result<std::string> Store::quick_check() const {
    return impl_->read("checking the database",
                       [](Database& db) { return narvaro::quick_check(db); });
}

}  // namespace narvaro
