#include "core/time.h"

#include <array>
#include <charconv>
#include <sstream>
#include <stdexcept>

#include <date/tz.h>

namespace narvaro {
namespace {

/// Reads exactly `width` digits at `at`; empty when there are other characters or too few.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
    if (at + width > text.size()) return {};
    int value = 0;
    for (const char c : text.substr(at, width)) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

template <class T>
std::string formatted(const char* pattern, const T& value) {
    return date::format(pattern, value);
}

/// The offset at the end of an RFC 3339 instant ("Z", "+02:00"), in minutes.
std::optional<int> offset_minutes(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return {};
    const auto hours = digits(text, 1, 2);
    const auto minutes = digits(text, 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
    const int total = *hours * 60 + *minutes;
    return text[0] == '-' ? -total : total;
}

}  // namespace

std::optional<date::local_days> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const auto y = digits(text, 0, 4);
    const auto m = digits(text, 5, 2);
    const auto d = digits(text, 8, 2);
    if (!y || !m || !d) return {};
    const auto ymd = date::year{*y} / *m / *d;
    if (!ymd.ok()) return {};
    return date::local_days{ymd};
}

std::optional<date::year_month> parse_month(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') return {};
    const auto y = digits(text, 0, 4);
    const auto m = digits(text, 5, 2);
    if (!y || !m || *m < 1 || *m > 12) return {};
    return date::year{*y} / *m;
}

std::optional<sys_seconds> parse_instant(std::string_view text) {
    if (text.size() < 20) return {};
    const auto day = parse_date(text.substr(0, 10));
    const bool separated = text[10] == 'T' || text[10] == 't' || text[10] == ' ';
    const auto h = digits(text, 11, 2);
    const auto m = digits(text, 14, 2);
    const auto s = digits(text, 17, 2);
    if (!day || !separated || !h || !m || !s || text[13] != ':' || text[16] != ':') return {};
    if (*h > 23 || *m > 59 || *s > 60) return {};
    std::size_t rest = 19;
    if (text[rest] == '.') {
        ++rest;
        const std::size_t first = rest;
        while (rest < text.size() && text[rest] >= '0' && text[rest] <= '9') ++rest;
        if (rest == first) return {};
    }
    const auto offset = offset_minutes(text.substr(rest));
    if (!offset) return {};
    const auto since_epoch = day->time_since_epoch() + std::chrono::hours{*h} +
                             std::chrono::minutes{*m - *offset} + seconds{*s};
    return sys_seconds{std::chrono::duration_cast<seconds>(since_epoch)};
}

std::optional<IsoWeek> parse_week(std::string_view text) {
    if (text.size() != 8 || text[4] != '-' || text[5] != 'W') return {};
    const auto y = digits(text, 0, 4);
    const auto w = digits(text, 6, 2);
    if (!y || !w || *w < 1) return {};
    const IsoWeek week{*y, static_cast<unsigned>(*w)};
    if (week_of(monday_of(week)) != week) return {};  // week 53 of a year that has 52
    return week;
}

std::string to_string(IsoWeek week) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << week.year << "-W" << (week.week < 10 ? "0" : "") << week.week;
    return out.str();
}

date::local_days monday_of(IsoWeek week) {
    const date::local_days fourth{date::year{week.year} / date::January / 4};
    const auto first_monday = fourth - (date::weekday{fourth} - date::Monday);
    return first_monday + date::weeks{static_cast<int>(week.week) - 1};
}

IsoWeek week_of(date::local_days day) {
    const auto thursday = day - (date::weekday{day} - date::Monday) + date::days{3};
    const date::year_month_day ymd{thursday};
    const auto year_start = date::local_days{ymd.year() / date::January / 1};
    const auto week = (thursday - year_start).count() / 7 + 1;
    return {static_cast<int>(ymd.year()), static_cast<unsigned>(week)};
}

std::string format_utc(sys_seconds t) { return formatted("%FT%TZ", t); }
std::string format_date(date::local_days day) { return formatted("%F", day); }
std::string format_month(date::year_month month) { return formatted("%Y-%m", month); }

Result<Zone> Zone::find(const std::string& name) try {
    return Zone{name, date::locate_zone(name)};
} catch (const std::runtime_error&) {
    return fail(Fault::config, "unknown time zone \"" + name + "\"",
                "write an IANA name such as \"Europe/Stockholm\"");
}

sys_seconds Zone::instant_of(date::local_seconds local) const {
    return date::floor<seconds>(zone_->to_sys(local, date::choose::earliest));
}

sys_seconds Zone::start_of(date::local_days day) const {
    return instant_of(date::local_seconds{day});
}

date::local_seconds Zone::local(sys_seconds t) const { return zone_->to_local(t); }
date::local_days Zone::day_of(sys_seconds t) const { return date::floor<date::days>(local(t)); }

Span Zone::day(date::local_days day) const {
    return {start_of(day), start_of(day + date::days{1})};
}

Span Zone::week(IsoWeek week) const {
    const auto monday = monday_of(week);
    return {start_of(monday), start_of(monday + date::days{7})};
}

Span Zone::month(date::year_month month) const {
    return {start_of(date::local_days{month / 1}),
            start_of(date::local_days{(month + date::months{1}) / 1})};
}

date::year_month Zone::month_of(sys_seconds t) const {
    const date::year_month_day ymd{day_of(t)};
    return ymd.year() / ymd.month();
}

std::string Zone::format(sys_seconds t) const {
    return formatted("%FT%T%Ez", date::make_zoned(zone_, t));
}

Result<sys_seconds> parse_as_of(std::string_view text, const Zone& zone) {
    if (const auto day = parse_date(text)) return zone.day(*day).to - seconds{1};
    if (const auto instant = parse_instant(text)) return *instant;
    return fail(Fault::usage, "\"" + std::string{text} + "\" is neither a date nor an instant",
                "write 2021-06-30 (the end of that day) or 2021-06-30T12:00:00+02:00");
}

}  // namespace narvaro
