#include "daemon/digest_duty.h"

#include "daemon/digest_hour.h"
#include "daemon/log.h"

namespace narvaro {
namespace {

constexpr std::chrono::hours kLate{1};
/// How soon it is tried again.
constexpr std::chrono::minutes kAgain{1};

}  // namespace

void DigestDuty::see_to_it(const Settings& settings, const Labeller& labeller, const Now& now) {
    if (!settings.digest || settings.plans.empty()) return;
    if (now.at < again_ && again_ - now.at <= kAgain) return;
    const auto done = next_step(settings, labeller, now);
    if (done) return;
    again_ = now.at + kAgain;
    log::error("digest failed", {{"what", done.error().what}, {"remedy", done.error().remedy}});
}

Result<void> DigestDuty::next_step(const Settings& settings, const Labeller& labeller,
                                   const Now& now) {
    const auto zone = Zone::find(settings.plans.front().zone);
    if (!zone) return tl::unexpected{zone.error()};
    const DigestHour hour = digest_hour(settings);
    if (archived_ == latest_due(now.at, hour, *zone).week) return {};
    const auto is_there = [this](IsoWeek week) -> Result<bool> {
        const auto composition = store_.composition(week);
        if (!composition) return tl::unexpected{composition.error()};
        return composition->has_value();
    };
    const auto due = oldest_missing(now.at, now.since, hour, *zone, is_there);
    if (!due) return tl::unexpected{due.error()};
    if (!*due) return archive_newest(settings);
    const DigestMoment moment{(*due)->week, 1, now.at, now.at - (*due)->due > kLate};
    return compose(settings, labeller, moment, now.known_by);
}

Result<void> DigestDuty::compose(const Settings& settings, const Labeller& labeller,
                                 const DigestMoment& moment, sys_seconds known_by) {
    const auto context =
        present_context(settings, store_, labeller, moment.week, moment.composed_at, known_by);
    if (!context) return tl::unexpected{context.error()};
    const auto published = publish_digest(settings, store_, moment, *context);
    if (!published) return tl::unexpected{published.error()};
    if (*published) {
        log::info("digest composed",
                  {{"week", to_string(moment.week)}, {"late", moment.late ? "yes" : "no"}});
    }
    return {};
}

/// What is stored may not be archived: after a crash, or while the disk was full.
Result<void> DigestDuty::archive_newest(const Settings& settings) {
    const auto all = store_.compositions();
    if (!all) return tl::unexpected{all.error()};
    if (all->empty()) return {};
    const auto written = archive_digest(settings, store_, all->front());
    if (written) archived_ = all->front().week;
    return written;
}

}  // namespace narvaro
