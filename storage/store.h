#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/as_of.h"
#include "core/plan.h"
#include "storage/stored.h"

namespace narvaro {

enum class OpenMode { read_write, read_only };

/// All that narvaro knows, in one SQLite file. One thread at a time uses a Store; further readers
/// and writers, in this process or another, open their own. Every writing call is one transaction:
/// either all of it is stored or nothing. Failures are Fault::storage with a remedy, except where a
/// function says otherwise. The file is never renamed, replaced or emptied.
///
/// Whoever asks "as of" sees facts dated at or before `at`, as they are known today; with
/// `known_by`, as they were known then. A post is dated by `counts_at`, and where that is empty
/// by `first_seen`.
class Store {
  public:
    /// read_write makes the file (mode 0640) and raises an older schema, of which a copy is kept
    /// beside it (FILE.before-vN). read_only needs a file with today's schema.
    /// @return a refusal for a newer schema, another program's database, and a damaged file.
    static Result<Store> open(const std::filesystem::path& file, OpenMode mode);

    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    // Sources and polls

    /// Takes over the configured sources; those no longer given keep their data. A changed address
    /// drops what belonged to the old one: validators, cursor, reach of the back-fill.
    Result<void> sync_sources(std::span<const Source> sources);
    /// Stores all that a poll brought home, with its outcome. Posts without id and numbers that are
    /// not finite are left out and told among the warnings. Of two posts with the same id in one
    /// read the first is taken. An unknown source is Fault::not_found. On the disk when it returns;
    /// a 304 without news is there with the next poll that is more.
    Result<ApplyCounts> apply(const std::string& source_id, const Observations& observations,
                              const PollOutcome& outcome);
    /// A poll that brought nothing.
    Result<void> poll_failed(const std::string& source_id, const PollOutcome& outcome);
    Result<void> set_next_poll(const std::string& source_id, sys_seconds next_poll);
    Result<void> set_next_beat(const std::string& source_id, const std::string& beat,
                               sys_seconds next_poll);
    /// The address that a source had moved to holds nothing any more: its own is asked again.
    Result<void> forget_move(const std::string& source_id);
    /// What the platform said of its metrics, by name. An unknown source is Fault::not_found.
    Result<std::vector<JudgedMetric>> metric_verdicts(const std::string& source_id) const;
    /// They may work with another token: all are asked for again.
    Result<void> forget_metric_verdicts(const std::string& source_id);
    /// The host asked to be left alone until then. @param host  "name:port"
    Result<void> keep_host_wait(const std::string& host, sys_seconds until);
    /// Empty: the host has not asked for patience. The instant may have passed.
    Result<std::optional<sys_seconds>> host_wait(const std::string& host) const;
    /// A back-fill came to its end: forgets the cursor, and notes how far back it reached.
    Result<void> backfill_finished(const std::string& source_id, sys_seconds since);
    /// All sources, the configured ones first, by id.
    Result<std::vector<SourceStatus>> statuses() const;
    /// An unknown source is Fault::not_found.
    Result<SourceStatus> status(const std::string& source_id) const;
    /// Whether anything was ever read from the source; false for an unknown one.
    Result<bool> observed(const std::string& source_id, AsOf as_of) const;
    /// Gaps open at `as_of.at`, by source, metric, dimension. As known then they are told in the
    /// words of when they opened, else in the newest.
    Result<std::vector<StoredGap>> open_gaps(AsOf as_of) const;
    /// The same of one source.
    Result<std::vector<StoredGap>> open_gaps_of(const std::string& source_id, AsOf as_of) const;
    /// The last instant that the source is known to have been read at. With an earlier knowledge
    /// the newest reading by then; without, the last success whenever it was. Empty: never.
    Result<std::optional<sys_seconds>> read_until(const std::string& source_id, AsOf as_of) const;

    // Posts

    /// Own posts that match the filter, one count per span. `post` and `article` count; `story`
    /// with filter.stories or the label ung_vanster; `collaboration` and `tag` with that label;
    /// `watched` and `press` never. An empty list of sources means all. Gone posts count.
    Result<std::vector<std::int64_t>> count_posts(const PostFilter& filter,
                                                  std::span<const Span> spans, AsOf as_of) const;
    /// When those posts were published, oldest first.
    Result<std::vector<sys_seconds>> post_times(const PostFilter& filter, Span span,
                                                AsOf as_of) const;
    /// Those posts, oldest first, with why.
    Result<std::vector<Evidence>> evidence(const PostFilter& filter, Span span, AsOf as_of) const;
    /// Posts that lack exactly one of the filter's labels, whose rule said no with a score of at
    /// least `least_share` of its threshold; oldest first.
    Result<std::vector<Evidence>> near_misses(const PostFilter& filter, Span span, AsOf as_of,
                                              double least_share = 0.5) const;
    /// Posts in the order of `published` (those without last), then id; one at a time in memory,
    /// all of one moment, until `take` says false. `take` must not write to this store.
    Result<void> each_post(const PostListing& listing, AsOf as_of,
                           const std::function<bool(const StoredPost&)>& take) const;
    /// @param id  "source/remote_id", former ids included. @return empty when there is none.
    Result<std::optional<StoredPost>> post(const std::string& id, AsOf as_of) const;
    Result<std::vector<PostRevision>> revisions(const std::string& id, AsOf as_of) const;
    /// Press items whose date (or, without one, first sight) lies in the span, oldest first.
    Result<std::vector<StoredPressItem>> press_items(Span span, AsOf as_of) const;

    // Labels

    /// Posts (no press items) with a label that was never judged, or by other rules, or before the
    /// post changed; in the order of their keys, after the key `after`.
    Result<std::vector<StoredPost>> posts_to_judge(std::span<const LabelVersion> versions,
                                                   std::int64_t after, std::size_t limit) const;
    /// Posts (no press items) that are new, or changed since they were judged; by key, after
    /// `after`.
    Result<std::vector<StoredPost>> posts_never_judged(std::int64_t after, std::size_t limit) const;
    /// Posts (no press items) published within any of the spans, by key, each once.
    Result<std::vector<StoredPost>> posts_within(std::span<const Span> spans) const;
    /// Former verdicts stay readable; one that says the same again adds nothing.
    /// @return how many verdicts are new. An unknown post is Fault::not_found, and nothing stored.
    Result<std::int64_t> put_verdicts(std::span<const PostVerdict> verdicts, sys_seconds now);
    /// Changed rules judge the archive in steps: nothing that was staged counts until it is swapped
    /// in whole. A stage that was left behind is emptied by clear_staged.
    Result<void> clear_staged();
    Result<void> stage_verdicts(std::span<const PostVerdict> verdicts);
    /// Puts what was staged in the place of the verdicts in force, and closes the verdicts of
    /// labels that are not among `versions`. A post that changed meanwhile keeps its former ones.
    /// @param versions  the rules that judged; every staged post has a verdict of each
    /// @return how many verdicts are new
    Result<std::int64_t> swap_staged(std::span<const LabelVersion> versions, sys_seconds now);
    /// Lets `ask` count as if the rules said this; nothing is stored. A person's word still wins.
    /// Only what is asked as it is known today is answered so.
    Result<void> rehearse(std::span<const RehearsedLabel> labels,
                          const std::function<Result<void>()>& ask) const;
    /// A rule that no longer exists says nothing: its verdicts are closed.
    Result<void> keep_only_labels(std::span<const std::string> labels, sys_seconds now);
    /// Append-only. An unknown post is Fault::not_found.
    Result<void> add_decision(const std::string& post_id, const Decision& decision);
    /// The verdicts in force, by label.
    Result<std::vector<StoredVerdict>> verdicts(const std::string& post_id, AsOf as_of) const;
    /// Oldest first.
    Result<std::vector<StoredDecision>> decisions(const std::string& post_id, AsOf as_of) const;
    /// Decisions that people made within the span, oldest first.
    Result<std::vector<StoredDecision>> decisions_within(Span span, AsOf as_of) const;

    // Samples and records

    /// The latest sample, or record with a value, at or before `t`. A value read again and again
    /// is kept as one reading a day (UTC): the instant is the last of these.
    Result<std::optional<Sample>> sample_at(const SeriesRef& series, sys_seconds t,
                                            AsOf as_of) const;
    Result<std::optional<Sample>> sample_after(const SeriesRef& series, sys_seconds t,
                                               AsOf as_of) const;
    /// Oldest first.
    Result<std::vector<Sample>> samples(const SeriesRef& series, Span span, AsOf as_of) const;
    /// Readings in the span that were later told otherwise, oldest first; of records none, since
    /// their corrections are records.
    Result<std::vector<Restatement>> restatements(const SeriesRef& series, Span span,
                                                  AsOf as_of) const;
    Result<std::vector<Series>> series() const;
    /// Every stored reading that is in force, by series, oldest first, until `take` says false.
    Result<void> each_sample(
        AsOf as_of, const std::function<bool(const std::string&, const Sample&)>& take) const;
    /// Samples and records by hand, one transaction. An unknown source is Fault::not_found; a
    /// number that is not finite is Fault::usage; nothing is stored then.
    Result<ImportCounts> import(std::span<const ImportedSample> samples,
                                std::span<const Record> records, sys_seconds now);
    /// What `import` would do; nothing is stored.
    Result<ImportCounts> rehearse_import(std::span<const ImportedSample> samples,
                                         std::span<const Record> records, sys_seconds now);
    /// The same name, instant, value, note, link and correction is the same record. A correction
    /// names a record of its name that nothing has corrected yet; else it is Fault::usage.
    Result<AddedRecord> add_record(const Record& record);
    /// Records of the name that happened in the span and are not corrected, oldest first.
    Result<std::vector<Record>> records(const std::string& name, Span span, AsOf as_of) const;
    /// All records that are not corrected, by name and instant.
    Result<std::vector<Record>> all_records(AsOf as_of) const;
    /// With them those that were corrected or withdrawn, and the withdrawals.
    Result<std::vector<Record>> record_history(AsOf as_of) const;

    /// Ad sets and saved audiences (kind "custom" left out) live at some time in the span, by id.
    /// One whose places changed within the span is listed once for each set of places.
    Result<std::vector<Audience>> audiences(const std::string& source_id, Span span,
                                            AsOf as_of) const;

    // The service

    /// Empty value: forgets the key.
    Result<void> set_service_state(const std::string& key, const std::optional<std::string>& value);
    Result<std::optional<std::string>> service_state(const std::string& key) const;

    // The digest and its mail

    /// Stores a digest, its files and its messages. @return false, and nothing is stored, when that
    /// week has that revision already: of two who compose at once, one goes on.
    Result<bool> add_composition(const Composition& composition, std::span<const DigestFile> files,
                                 std::span<const QueuedMail> mails);
    /// The newest revision.
    Result<std::optional<Composition>> composition(IsoWeek week) const;
    Result<std::optional<Composition>> composition(IsoWeek week, int revision) const;
    /// All revisions, the newest week first, then the newest revision.
    Result<std::vector<Composition>> compositions() const;
    /// By name.
    Result<std::vector<DigestFile>> digest_files(IsoWeek week, int revision,
                                                 const std::string& language) const;
    Result<std::optional<DigestFile>> digest_file(IsoWeek week, int revision,
                                                  const std::string& language,
                                                  const std::string& name) const;
    /// Queues for those who have no message of that week and revision yet.
    /// @return how many were queued. An unknown composition is Fault::not_found.
    Result<std::int64_t> queue_mail(IsoWeek week, int revision, std::span<const QueuedMail> mails,
                                    sys_seconds now);
    /// Messages of that week, else all: the newest week first, then revision, then the order of
    /// queueing.
    Result<std::vector<StoredMail>> mails(std::optional<IsoWeek> week) const;
    /// Messages that were under way when whoever sent them ended.
    Result<std::vector<StoredMail>> interrupted_mails() const;
    /// Whether there is something to do: a message that is due or was interrupted. Cheap.
    /// @param longest_wait  a message that waits longer is due: the clock was set back
    Result<bool> mail_due(sys_seconds now, seconds longest_wait) const;
    /// Messages that wait and are due, the oldest first.
    Result<std::vector<StoredMail>> due_mails(sys_seconds now, seconds longest_wait) const;
    /// Fault::not_found when they are not kept any more.
    Result<std::string> mail_bytes(std::int64_t id) const;
    /// @return false, and nothing is done, when the message was not in `from`
    Result<bool> step_mail(const MailStep& step);
    /// Oldest first.
    Result<std::vector<MailEvent>> mail_events(std::int64_t id) const;

    // The file

    /// Several questions, answered from one moment of the database, while others write.
    /// `ask` must not write to this store.
    Result<void> at_one_moment(const std::function<Result<void>()>& ask) const;
    /// A cheap look, for a watchdog.
    Result<void> alive() const;
    /// "ok", or what is damaged.
    Result<std::string> quick_check() const;
    /// A consistent copy while others read and write; an existing `file` is replaced only by a
    /// finished and checked one.
    Result<void> backup_to(const std::filesystem::path& file) const;
    /// Puts a copy of a backup in the place of `file`, whose former content is kept beside it.
    /// Refused while anybody has `file` open, and for a backup that is damaged, newer than this
    /// program, or another program's. @return where the former file is now; empty: there was none
    static Result<std::optional<std::filesystem::path>> restore(const std::filesystem::path& backup,
                                                                const std::filesystem::path& file);

  private:
    class Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace narvaro
