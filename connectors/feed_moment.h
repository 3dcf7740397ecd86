#pragma once
#include <optional>
#include <string_view>

#include "core/time.h"

namespace narvaro {

/// A date and time in pieces, as they are read. Nothing is checked before `instant`.
struct Moment {
    int year = 0;
    unsigned month = 1;
    unsigned day = 1;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    std::chrono::minutes ahead{0};  ///< of UTC

    /// Empty for what does not exist: 31 June, 25:00, the years before 1000. 24:00 is the next
    /// day's midnight; second 60 is the minute's end.
    std::optional<sys_seconds> instant() const;
};

/// Takes text apart from the front.
class DateText {
  public:
    explicit DateText(std::string_view text) : rest_(text) {}

    std::string_view rest() const { return rest_; }
    bool empty() const { return rest_.empty(); }
    char front() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool take(char c);
    bool take(std::string_view word);
    void skip_spaces();
    /// How many digits stand at the front.
    std::size_t digits() const;
    /// A number of one to `most` digits.
    std::optional<unsigned> number(std::size_t most);

    /// "10:14", "10:14:55.25", "1014", "10.14.55" after the date; sets hour, minute and second.
    bool clock(Moment& moment);
    /// "Z", "+01:00", "-0500", "+1", or a name, to the end; a name that is not known is UTC.
    bool zone(Moment& moment);

  private:
    std::string_view rest_;
};

/// "+01:00", "-0500", "+1". @return empty for anything else
std::optional<std::chrono::minutes> offset_of(std::string_view text);

/// What begins with a year of four digits or is ISO 8601 otherwise; `text` is trimmed and in ASCII
/// lower case. @return empty for anything else
std::optional<sys_seconds> parse_iso_date(std::string_view text);

}  // namespace narvaro
