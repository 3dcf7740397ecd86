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

}  // namespace narvaro
