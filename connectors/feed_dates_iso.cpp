#include <array>

#include "connectors/feed_date_words.h"
#include "connectors/feed_moment.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::string_view kKoreanYear = "년";
constexpr std::string_view kKoreanMonth = "월";
constexpr std::string_view kKoreanDay = "일";
constexpr std::string_view kKoreanMorning = "오전";
constexpr std::string_view kKoreanAfternoon = "오후";
constexpr std::chrono::minutes kKorea = std::chrono::hours{9};

void set_ordinal(Moment& moment, unsigned ordinal) {
    const date::year year{moment.year};
    if (ordinal < 1 || ordinal > (year.is_leap() ? 366u : 365u)) {
        moment.month = 0;  // no such day
        return;
    }
    const date::year_month_day ymd{date::sys_days{year / date::January / 1} +
                                   date::days{static_cast<int>(ordinal) - 1}};
    moment.month = static_cast<unsigned>(ymd.month());
    moment.day = static_cast<unsigned>(ymd.day());
}

/// "W10", "W10-2", "W102" after the year.
bool week(DateText& text, Moment& moment) {
    const auto number = text.digits() >= 2 ? text.number(2) : std::nullopt;
    if (!number || *number < 1 || *number > 53) return false;
    text.take('-');
    const unsigned weekday = text.digits() == 1 ? *text.number(1) : 1;
    if (weekday < 1 || weekday > 7) return false;
    const IsoWeek wanted{moment.year, *number};
    if (week_of(monday_of(wanted)) != wanted) return false;
    const date::year_month_day ymd{monday_of(wanted) + date::days{static_cast<int>(weekday) - 1}};
    moment.year = static_cast<int>(ymd.year());
    moment.month = static_cast<unsigned>(ymd.month());
    moment.day = static_cast<unsigned>(ymd.day());
    return true;
}

/// "-12-31", "-12", "-335", "-012-31" (Google), "-március-3" after the year.
bool dashed(DateText& text, Moment& moment, char dash) {
    const std::size_t digits = text.digits();
    if (digits == 0) {  // the month is a word
        const std::size_t end = text.rest().find(dash);
        if (end == std::string_view::npos) return false;
        moment.month = month_named(text.rest().substr(0, end));
        text.take(text.rest().substr(0, end));
        if (moment.month == 0) return false;
    } else if (digits == 3) {
        const unsigned number = *text.number(3);
        if (text.front() != dash) {
            set_ordinal(moment, number);
            return true;
        }
        moment.month = number;
    } else if (digits <= 2) {
        moment.month = *text.number(2);
    } else if (digits == 4) {
        moment.month = *text.number(2);
        moment.day = *text.number(2);
        return true;
    } else {
        return false;
    }
    if (!text.take(dash)) return true;
    const auto day = text.number(2);
    if (!day) return false;
    moment.day = *day;
    return true;
}

int full_year(unsigned two_digits) { return 2000 + static_cast<int>(two_digits); }

/// "20040105", "2004335", "040105", "04335", "2004", "20040105123000".
bool compact(DateText& text, Moment& moment) {
    const std::size_t digits = text.digits();
    const bool long_year = digits == 4 || digits >= 7;
    moment.year = long_year ? static_cast<int>(*text.number(4)) : full_year(*text.number(2));
    switch (digits) {
        case 4:
            return true;
        case 5:
        case 7:
            set_ordinal(moment, *text.number(3));
            return true;
        case 6:
        case 8:
        case 12:
        case 14:
            moment.month = *text.number(2);
            moment.day = *text.number(2);
            return true;
        default:
            return false;
    }
}

bool date_part(DateText& text, Moment& moment) {
    if (text.take('-')) {  // "-0312": a year of this century and a month
        const std::size_t digits = text.digits();
        if (digits != 2 && digits != 4) return false;
        moment.year = full_year(*text.number(2));
        text.take('-');
        if (const auto month = text.number(2)) moment.month = *month;
        return text.digits() == 0;
    }
    const std::size_t digits = text.digits();
    const std::string_view after = text.rest().substr(digits);
    if (digits == 4 && after.starts_with(kKoreanYear)) {
        moment.year = static_cast<int>(*text.number(4));
        text.take(kKoreanYear);
        text.skip_spaces();
        moment.month = text.number(2).value_or(0);
        if (!text.take(kKoreanMonth)) return false;
        text.skip_spaces();
        moment.day = text.number(2).value_or(0);
        moment.ahead = kKorea;
        return text.take(kKoreanDay);
    }
    const char dash = after.empty() ? '\0' : after.front();
    const bool apart = dash == '-' || dash == '/' || dash == '.';
    if (apart && (digits == 4 || (digits == 2 && dash == '-'))) {
        const unsigned year = *text.number(4);
        moment.year = digits == 4 ? static_cast<int>(year) : full_year(year);
        text.take(dash);
        if (text.take('w')) return week(text, moment);
        return dashed(text, moment, dash);
    }
    if (digits == 4 && dash == 'w') {
        moment.year = static_cast<int>(*text.number(4));
        text.take('w');
        return week(text, moment);
    }
    return digits >= 4 && compact(text, moment);
}

/// "오후 3:04:05", "3:04 pm".
bool half_days(DateText& text, Moment& moment) {
    const bool morning = text.take(kKoreanMorning);
    const bool afternoon = !morning && text.take(kKoreanAfternoon);
    text.skip_spaces();
    if (!text.clock(moment)) return false;
    if (morning || afternoon) moment.ahead = kKorea;
    DateText after = text;
    after.skip_spaces();
    const bool am = after.take("am") || after.take("a.m.");
    const bool pm = !am && (after.take("pm") || after.take("p.m."));
    if (am || pm) text = after;
    if ((am || morning) && moment.hour == 12) moment.hour = 0;
    if ((pm || afternoon) && moment.hour < 12) moment.hour += 12;
    return true;
}

}  // namespace

std::optional<sys_seconds> parse_iso_date(std::string_view whole) {
    DateText text{whole};
    Moment moment;
    if (!date_part(text, moment)) return std::nullopt;
    while (text.take(',')) {
    }
    text.skip_spaces();
    if (text.take('t')) text.skip_spaces();
    if (text.take("kl")) {
        text.take('.');
        text.skip_spaces();
    }
    if (text.empty() || text.rest() == "z") return moment.instant();
    if (text.digits() == 0 && !text.rest().starts_with(kKoreanMorning) &&
        !text.rest().starts_with(kKoreanAfternoon)) {
        return text.zone(moment) ? moment.instant() : std::nullopt;
    }
    if (!half_days(text, moment) || !text.zone(moment)) return std::nullopt;
    return moment.instant();
}

}  // namespace narvaro
