#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <date/date.h>

#include "core/result.h"

namespace date {
class time_zone;
}

namespace narvaro {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// Before and after everything that can be dated (years 1 and 9999).
inline constexpr sys_seconds kBeginningOfTime{seconds{-62135596800}};
inline constexpr sys_seconds kEndOfTime{seconds{253402300799}};

/// A stretch of time in UTC, half open: `from` belongs to it, `to` does not.
struct Span {
    sys_seconds from;
    sys_seconds to;
    bool contains(sys_seconds t) const { return from <= t && t < to; }
    bool empty() const { return to <= from; }
    bool operator==(const Span&) const = default;
};

/// An ISO 8601 week. Week 1 holds the year's first Thursday; a week runs Monday to Sunday.
struct IsoWeek {
    int year = 0;
    unsigned week = 0;
    auto operator<=>(const IsoWeek&) const = default;
};

/// "2021-W07". @return empty when the text is not a week that exists.
std::optional<IsoWeek> parse_week(std::string_view text);
std::string to_string(IsoWeek week);
date::local_days monday_of(IsoWeek week);
IsoWeek week_of(date::local_days day);

/// RFC 3339 with seconds and an offset or Z; fractions are cut off. @return empty for anything
/// else.
std::optional<sys_seconds> parse_instant(std::string_view text);
/// "2021-06-30". @return empty when the text is not a date that exists.
std::optional<date::local_days> parse_date(std::string_view text);
/// "2021-06". @return empty when the text is not a month.
std::optional<date::year_month> parse_month(std::string_view text);

/// "2021-06-30T21:59:59Z"
std::string format_utc(sys_seconds t);
/// "2021-06-30"
std::string format_date(date::local_days day);
/// "2021-06"
std::string format_month(date::year_month month);

/// Days, weeks and months by the clocks of one place. A day that changes to or from summer time has
/// 23 or 25 hours. Where midnight is skipped or doubled, a day begins at the earliest instant.
class Zone {
  public:
    /// @param name  an IANA name as in the system's zoneinfo: "Europe/Stockholm"
    static Result<Zone> find(const std::string& name);

    const std::string& name() const { return name_; }
    sys_seconds start_of(date::local_days day) const;
    /// The instant that the clocks of the zone show as `local`; the earlier one of two, and the end
    /// of the gap where the clocks skip it.
    sys_seconds instant_of(date::local_seconds local) const;
    date::local_days day_of(sys_seconds t) const;
    date::local_seconds local(sys_seconds t) const;
    Span day(date::local_days day) const;
    Span week(IsoWeek week) const;
    Span month(date::year_month month) const;
    date::year_month month_of(sys_seconds t) const;
    /// "2021-06-30T23:59:59+02:00"
    std::string format(sys_seconds t) const;

  private:
    Zone(std::string name, const date::time_zone* zone) : name_(std::move(name)), zone_(zone) {}
    std::string name_;
    const date::time_zone* zone_;
};

/// An instant as a person gives it on the command line: RFC 3339, or a bare date, which means the
/// last second of that day in `zone`.
Result<sys_seconds> parse_as_of(std::string_view text, const Zone& zone);

}  // namespace narvaro
