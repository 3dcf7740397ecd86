#include "storage/store.h"

#include <cmath>

#include "storage/audience_table.h"
#include "storage/copy.h"
#include "storage/digest_table.h"
#include "storage/failure.h"
#include "storage/gap_table.h"
#include "storage/label_table.h"
#include "storage/metric_verdict_table.h"
#include "storage/open.h"
#include "storage/outbox_table.h"
#include "storage/poll_table.h"
#include "storage/post_table.h"
#include "storage/record_table.h"
#include "storage/restore.h"
#include "storage/sample_table.h"
#include "storage/service_table.h"
#include "storage/source_table.h"
#include "storage/staged_verdicts.h"
#include "storage/store_impl.h"

namespace narvaro {
namespace {

void require_number(const Sample& sample) {
    if (std::isfinite(sample.value) && !sample.metric.empty()) return;
    refuse(Fault::usage, "a sample of \"" + sample.metric + "\" has no metric or is no number");
}

ImportCounts import_all(Database& db, std::span<const ImportedSample> samples,
                        std::span<const Record> records, sys_seconds now) {
    ImportCounts counts;
    for (const ImportedSample& one : samples) {
        require_number(one.sample);
        const bool known = store_sample(db, source_key(db, one.source), one.sample, now) ==
                           SampleOutcome::repeated;
        ++(known ? counts.duplicates : counts.added);
    }
    for (const Record& record : records) {
        ++(narvaro::add_record(db, record).added ? counts.added : counts.duplicates);
    }
    return counts;
}

/// A 304 tells when it was looked, and no more. Lost in a power cut, it is looked again; waiting
/// for the disk was half of what such a poll cost.
bool is_only_a_look(const Observations& read) {
    return read.not_modified && read.posts.empty() && read.samples.empty() && read.gaps.empty() &&
           read.audiences.empty() && read.problems.empty() && read.judged_metrics.empty() &&
           !read.validators && !read.cursor;
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& file, OpenMode mode) {
    return guarded("database " + file.string(), [&] {
        auto impl = std::make_unique<Impl>();
        impl->db = mode == OpenMode::read_write ? open_to_write(file) : open_to_read(file);
        return Store{std::move(impl)};
    });
}

Result<void> Store::sync_sources(std::span<const Source> sources) {
    return impl_->write("storing the configured sources",
                        [&](Database& db) { narvaro::sync_sources(db, sources); });
}

Result<ApplyCounts> Store::apply(const std::string& source_id, const Observations& observations,
                                 const PollOutcome& outcome) {
    const auto store = [&](Database& db) {
        const std::int64_t source = source_key(db, source_id);
        ApplyCounts counts;
        std::vector<std::string> warnings = observations.warnings;
        const std::int64_t known =
            apply_posts(db, source, observations, outcome.at, counts, warnings);
        apply_samples(db, source, observations, outcome.at, counts, warnings);
        apply_gaps(db, source, observations, outcome, counts);
        apply_audiences(db, source, observations, outcome.at, counts, warnings);
        keep_metric_verdicts(db, source, observations.judged_metrics);
        keep_poll(db, source, observations, outcome, {counts, known}, warnings);
        return counts;
    };
    return impl_->write("source " + source_id + ": storing a poll", store,
                        is_only_a_look(observations) ? Outlives::program_end : Outlives::power_cut);
}

Result<void> Store::poll_failed(const std::string& source_id, const PollOutcome& outcome) {
    return impl_->write("source " + source_id + ": storing a failed poll", [&](Database& db) {
        PollOutcome failed = outcome;
        failed.succeeded = false;
        keep_outcome(db, source_key(db, source_id), failed);
    });
}

Result<void> Store::forget_metric_verdicts(const std::string& source_id) {
    return impl_->write("source " + source_id + ": forgetting verdicts", [&](Database& db) {
        narvaro::forget_metric_verdicts(db, source_key(db, source_id));
    });
}

Result<void> Store::set_next_poll(const std::string& source_id, sys_seconds next_poll) {
    return impl_->write("source " + source_id + ": storing the next poll", [&](Database& db) {
        keep_next_poll(db, source_key(db, source_id), next_poll);
    });
}

Result<void> Store::set_next_beat(const std::string& source_id, const std::string& beat,
                                  sys_seconds next_poll) {
    return impl_->write("source " + source_id + ": storing the next poll", [&](Database& db) {
        keep_next_beat(db, source_key(db, source_id), beat, next_poll);
    });
}

Result<void> Store::forget_move(const std::string& source_id) {
    return impl_->write("source " + source_id + ": forgetting its new address",
                        [&](Database& db) { narvaro::forget_move(db, source_key(db, source_id)); });
}

Result<void> Store::keep_host_wait(const std::string& host, sys_seconds until) {
    return impl_->write("storing the patience that " + host + " asked for",
                        [&](Database& db) { narvaro::keep_host_wait(db, host, until); });
}

Result<void> Store::backfill_finished(const std::string& source_id, sys_seconds since) {
    return impl_->write("source " + source_id + ": ending the back-fill",
                        [&](Database& db) { end_backfill(db, source_key(db, source_id), since); });
}

Result<std::int64_t> Store::put_verdicts(std::span<const PostVerdict> verdicts, sys_seconds now) {
    return impl_->write("storing verdicts",
                        [&](Database& db) { return narvaro::put_verdicts(db, verdicts, now); });
}

Result<void> Store::clear_staged() {
    return impl_->write("emptying the stage", [](Database& db) { narvaro::clear_staged(db); });
}

Result<void> Store::stage_verdicts(std::span<const PostVerdict> verdicts) {
    return impl_->write("staging verdicts",
                        [&](Database& db) { narvaro::stage_verdicts(db, verdicts); });
}

Result<std::int64_t> Store::swap_staged(std::span<const LabelVersion> versions, sys_seconds now) {
    return impl_->write("swapping verdicts in",
                        [&](Database& db) { return narvaro::swap_staged(db, versions, now); });
}

Result<void> Store::keep_only_labels(std::span<const std::string> labels, sys_seconds now) {
    return impl_->write("closing the verdicts of former rules",
                        [&](Database& db) { narvaro::keep_only_labels(db, labels, now); });
}

Result<void> Store::add_decision(const std::string& id, const Decision& decision) {
    return impl_->write("storing a decision", [&](Database& db) {
        narvaro::add_decision(db, post_key(db, id), decision);
    });
}

Result<ImportCounts> Store::import(std::span<const ImportedSample> samples,
                                   std::span<const Record> records, sys_seconds now) {
    return impl_->write("importing",
                        [&](Database& db) { return import_all(db, samples, records, now); });
}

Result<ImportCounts> Store::rehearse_import(std::span<const ImportedSample> samples,
                                            std::span<const Record> records, sys_seconds now) {
    return guarded("rehearsing an import", [&] {
        const Transaction rolled_back{*impl_->db};
        return import_all(*impl_->db, samples, records, now);
    });
}

Result<AddedRecord> Store::add_record(const Record& record) {
    return impl_->write("storing a record",
                        [&](Database& db) { return narvaro::add_record(db, record); });
}

Result<void> Store::set_service_state(const std::string& key,
                                      const std::optional<std::string>& value) {
    return impl_->write("storing " + key,
                        [&](Database& db) { narvaro::set_service_state(db, key, value); });
}

Result<bool> Store::add_composition(const Composition& composition,
                                    std::span<const DigestFile> files,
                                    std::span<const QueuedMail> mails) {
    return impl_->write("storing the digest of " + to_string(composition.week), [&](Database& db) {
        if (!narvaro::add_composition(db, composition, files)) return false;
        narvaro::queue_mail(db, composition.week, composition.revision, mails,
                            composition.composed_at);
        return true;
    });
}

Result<std::int64_t> Store::queue_mail(IsoWeek week, int revision,
                                       std::span<const QueuedMail> mails, sys_seconds now) {
    return impl_->write("queueing mail of " + to_string(week), [&](Database& db) {
        if (!find_composition(db, week, revision)) {
            refuse(Fault::not_found, "revision " + std::to_string(revision) + " is not composed");
        }
        return narvaro::queue_mail(db, week, revision, mails, now);
    });
}

Result<bool> Store::step_mail(const MailStep& step) {
    return impl_->write("noting what became of a mail",
                        [&](Database& db) { return narvaro::step_mail(db, step); });
}

Result<void> Store::backup_to(const std::filesystem::path& file) const {
    return guarded("copying the database to " + file.string(),
                   [&] { copy_database(*impl_->db, file); });
}

Result<std::optional<std::filesystem::path>> Store::restore(const std::filesystem::path& backup,
                                                            const std::filesystem::path& file) {
    return guarded("restoring " + file.string(), [&] { return restore_database(backup, file); });
}

}  // namespace narvaro
