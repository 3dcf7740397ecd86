#pragma once
#include <string>

#include "core/time.h"

namespace narvaro::sandbox {

/// What the clocks of Stockholm show. The sandbox keeps its own table of offsets (2019 to 2023), so
/// that its truth does not lean on the code that it is compared with.
struct Local {
    int year = 0;
    int month = 0;  ///< 1 to 12
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    auto operator<=>(const Local&) const = default;
};

/// Days since 1970-01-01 of a Gregorian date, and back (hour, minute and second stay 0).
long days_of(int year, int month, int day);
Local date_of(long days);
int days_in_month(int year, int month);
/// 0 Monday to 6 Sunday
int weekday_of(long days);

/// @return 3600 or 7200: how far Stockholm's clocks are ahead of UTC at that instant
int stockholm_offset(sys_seconds t);
Local stockholm(sys_seconds t);
/// The instant that Stockholm's clocks show; the earlier one of two.
sys_seconds from_stockholm(const Local& local);
sys_seconds utc(int year, int month, int day, int hour = 0, int minute = 0, int second = 0);
/// The calendar fields in UTC.
Local utc_fields(sys_seconds t);
/// @return -28800 or -25200: Pacific time, by the rule of the United States since 2007
int pacific_offset(sys_seconds t);

/// "2021-03-09T11:36:27+0000", as Meta writes its instants
std::string meta_time(sys_seconds t);
/// "2021-03-09T12:36:27+0100": the ad account's own offset
std::string meta_local_time(sys_seconds t);
/// "Tue, 09 Mar 2021 11:36:27 +0000"; `zone` is what stands last ("+0000", "GMT")
std::string mail_date(sys_seconds t, const char* zone = "+0000");
/// "tis, 09 mars 2021 12:36:27 CET"
std::string swedish_date(sys_seconds t);

}  // namespace narvaro::sandbox
