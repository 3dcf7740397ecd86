#include "local_time.h"

#include <array>
#include <cstdio>

namespace narvaro::sandbox {
namespace {

struct Change {
    long at;  ///< Unix seconds
    int offset;
};

/// Summer time begins and ends at 01:00 UTC.
constexpr std::array<Change, 11> kStockholm{{
    {0, 3600},
    {1553994000, 7200},  // 2019-03-31
    {1572138000, 3600},  // 2019-10-27
    {1585443600, 7200},  // 2020-03-29
    {1603587600, 3600},  // 2020-10-25
    {1616893200, 7200},  // 2021-03-28
    {1635642000, 3600},  // 2021-10-31
    {1648342800, 7200},  // 2022-03-27
    {1667091600, 3600},  // 2022-10-30
    {1679792400, 7200},  // 2023-03-26
    {1698541200, 3600},  // 2023-10-29
}};

constexpr long kDay = 86400;

long floor_day(long seconds_) { return (seconds_ >= 0 ? seconds_ : seconds_ - kDay + 1) / kDay; }

Local fields_of(long unix_seconds) {
    const long days = floor_day(unix_seconds);
    const long rest = unix_seconds - days * kDay;
    Local out = date_of(days);
    out.hour = static_cast<int>(rest / 3600);
    out.minute = static_cast<int>(rest / 60 % 60);
    out.second = static_cast<int>(rest % 60);
    return out;
}

long seconds_of(const Local& l) {
    return days_of(l.year, l.month, l.day) * kDay + l.hour * 3600L + l.minute * 60L + l.second;
}

std::string iso(const Local& l, const char* offset) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d%s", l.year, l.month, l.day,
                  l.hour, l.minute, l.second, offset);
    return text;
}

constexpr std::array<const char*, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> kSwedishDays{"mån", "tis", "ons", "tors", "fre", "lör", "sön"};
constexpr std::array<const char*, 12> kSwedishMonths{
    "januari", "februari", "mars",      "april",   "maj",      "juni",
    "juli",    "augusti",  "september", "oktober", "november", "december"};

}  // namespace

long days_of(int year, int month, int day) {
    const long y = month <= 2 ? year - 1L : year;
    const long era = (y >= 0 ? y : y - 399) / 400;
    const long of_era = y - era * 400;
    const long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

Local date_of(long days) {
    const long z = days + 719468;
    const long era = (z >= 0 ? z : z - 146096) / 146097;
    const long doe = z - era * 146097;
    const long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const long mp = (5 * doy + 2) / 153;
    Local out;
    out.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
    out.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    out.year = static_cast<int>(yoe + era * 400 + (out.month <= 2 ? 1 : 0));
    return out;
}

int days_in_month(int year, int month) {
    const int next_year = month == 12 ? year + 1 : year;
    return static_cast<int>(days_of(next_year, month % 12 + 1, 1) - days_of(year, month, 1));
}

int weekday_of(long days) { return static_cast<int>(((days + 3) % 7 + 7) % 7); }

int stockholm_offset(sys_seconds t) {
    int offset = 3600;
    for (const Change& change : kStockholm) {
        if (t.time_since_epoch().count() >= change.at) offset = change.offset;
    }
    return offset;
}

Local stockholm(sys_seconds t) {
    return fields_of(t.time_since_epoch().count() + stockholm_offset(t));
}

sys_seconds from_stockholm(const Local& local) {
    const sys_seconds summer{seconds{seconds_of(local) - 7200}};
    if (stockholm_offset(summer) == 7200) return summer;
    return sys_seconds{seconds{seconds_of(local) - 3600}};
}

sys_seconds utc(int year, int month, int day, int hour, int minute, int second) {
    return sys_seconds{seconds{seconds_of({year, month, day, hour, minute, second})}};
}

Local utc_fields(sys_seconds t) { return fields_of(t.time_since_epoch().count()); }

int pacific_offset(sys_seconds t) {
    const int year = utc_fields(t).year;
    const long march = days_of(year, 3, 1);
    const long november = days_of(year, 11, 1);
    const long second_sunday = march + (6 - weekday_of(march)) + 7;
    const long first_sunday = november + (6 - weekday_of(november));
    const sys_seconds begins{seconds{second_sunday * kDay + 10 * 3600}};
    const sys_seconds ends{seconds{first_sunday * kDay + 9 * 3600}};
    return t >= begins && t < ends ? -25200 : -28800;
}

std::string meta_time(sys_seconds t) { return iso(utc_fields(t), "+0000"); }

std::string meta_local_time(sys_seconds t) {
    return iso(stockholm(t), stockholm_offset(t) == 7200 ? "+0200" : "+0100");
}

std::string mail_date(sys_seconds t, const char* zone) {
    const Local l = utc_fields(t);
    const auto day = static_cast<std::size_t>(weekday_of(days_of(l.year, l.month, l.day)));
    char text[48];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d %s", kDays[day], l.day,
                  kMonths[static_cast<std::size_t>(l.month - 1)], l.year, l.hour, l.minute,
                  l.second, zone);
    return text;
}

std::string swedish_date(sys_seconds t) {
    const Local l = stockholm(t);
    const auto day = static_cast<std::size_t>(weekday_of(days_of(l.year, l.month, l.day)));
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d %s", kSwedishDays[day], l.day,
                  kSwedishMonths[static_cast<std::size_t>(l.month - 1)], l.year, l.hour, l.minute,
                  l.second, stockholm_offset(t) == 7200 ? "CEST" : "CET");
    return text;
}

}  // namespace narvaro::sandbox
