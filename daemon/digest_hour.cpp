#include "daemon/digest_hour.h"

namespace narvaro {
namespace {

IsoWeek week_after(IsoWeek week) { return week_of(monday_of(week) + date::days{7}); }
IsoWeek week_before(IsoWeek week) { return week_of(monday_of(week) - date::days{7}); }

}  // namespace

sys_seconds digest_due(IsoWeek week, const DigestHour& hour, const Zone& zone) {
    const auto next_monday = monday_of(week) + date::days{7};
    const auto day = next_monday + (hour.day - date::Monday);
    return zone.instant_of(date::local_seconds{day} + hour.time);
}

DueDigest latest_due(sys_seconds now, const DigestHour& hour, const Zone& zone) {
    IsoWeek week = week_before(week_of(zone.day_of(now)));
    while (digest_due(week, hour, zone) > now) week = week_before(week);
    return {week, digest_due(week, hour, zone)};
}

sys_seconds next_digest_hour(sys_seconds now, const DigestHour& hour, const Zone& zone) {
    return digest_due(week_after(latest_due(now, hour, zone).week), hour, zone);
}

Result<std::optional<DueDigest>> oldest_missing(
    sys_seconds now, sys_seconds since, const DigestHour& hour, const Zone& zone,
    const std::function<Result<bool>(IsoWeek)>& is_there) {
    constexpr int kAtMostWeeks = 53;
    std::optional<DueDigest> missing;
    DueDigest due = latest_due(now, hour, zone);
    for (int n = 0; n < kAtMostWeeks && due.due >= since; ++n) {
        const auto there = is_there(due.week);
        if (!there) return tl::unexpected{there.error()};
        if (*there) break;
        missing = due;
        const IsoWeek before = week_before(due.week);
        due = {before, digest_due(before, hour, zone)};
    }
    return missing;
}

}  // namespace narvaro
