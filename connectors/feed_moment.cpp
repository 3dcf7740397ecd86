#include "connectors/feed_moment.h"

#include <algorithm>

#include "connectors/feed_date_words.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<sys_seconds> Moment::instant() const {
    const date::year_month_day ymd{date::year{year}, date::month{month}, date::day{day}};
    const bool midnight = hour == 24 && minute == 0 && second == 0;
    if (year < 1000 || year > 9999 || !ymd.ok()) return std::nullopt;
    if ((hour > 23 && !midnight) || minute > 59 || second > 60) return std::nullopt;
    if (ahead > std::chrono::hours{24} || ahead < -std::chrono::hours{24}) return std::nullopt;
    const sys_seconds instant = sys_seconds{date::sys_days{ymd}} + std::chrono::hours{hour} +
                                std::chrono::minutes{minute} + seconds{second} - ahead;
    const date::year_month_day utc{date::floor<date::days>(instant)};
    // beside a zone the year may leave what can be written with four digits
    if (utc.year() < date::year{1000} || utc.year() > date::year{9999}) return std::nullopt;
    return instant;
}

bool DateText::take(char c) {
    if (front() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
}

bool DateText::take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
}

void DateText::skip_spaces() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
}

std::size_t DateText::digits() const {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    return static_cast<std::size_t>(end - rest_.begin());
}

std::optional<unsigned> DateText::number(std::size_t most) {
    const std::size_t length = std::min({digits(), most, std::size_t{9}});
    if (length == 0) return std::nullopt;
    unsigned value = 0;
    for (const char c : rest_.substr(0, length))
        value = value * 10 + static_cast<unsigned>(c - '0');
    rest_.remove_prefix(length);
    return value;
}

bool DateText::clock(Moment& moment) {
    const bool compact = digits() == 4 || digits() == 6;
    const auto hour = number(2);
    if (!hour) return false;
    moment.hour = *hour;
    const char separator = front();
    if (!compact && separator != ':' && separator != '.') return true;
    const auto next = [&]() -> std::optional<unsigned> {
        if (!compact && !take(separator)) return std::nullopt;
        return number(2);
    };
    const auto minute = next();
    if (!minute) return false;
    moment.minute = *minute;
    if ((compact && digits() >= 2) || (!compact && front() == separator)) {
        const auto second = next();
        if (!second) return false;
        moment.second = *second;
    }
    if (take('.') || take(',')) number(9);  // fractions are cut off
    while (digits() > 0) number(9);
    return front() != ':';  // "1:2:3:4" is no time
}

bool DateText::zone(Moment& moment) {
    skip_spaces();
    if (empty()) return true;
    if (take("gmt") || take("utc")) skip_spaces();
    if (empty()) return true;
    if (front() == '+' || front() == '-') {
        const auto offset = offset_of(rest_.substr(0, rest_.find_first_of(" (")));
        if (!offset) return false;
        moment.ahead = *offset;
        return true;
    }
    if (take("etc/")) return true;
    moment.ahead =
        zone_named(rest_.substr(0, rest_.find_first_of(" (,;"))).value_or(std::chrono::minutes{0});
    return !is_digit(front());
}

std::optional<std::chrono::minutes> offset_of(std::string_view text) {
    if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    DateText rest{text.substr(1)};
    const std::size_t digits = rest.digits();
    const auto hours = rest.number(digits == 3 ? 1 : 2);
    if (!hours) return std::nullopt;
    rest.take(':');
    const unsigned minutes = rest.number(2).value_or(0);
    if (!rest.empty() || *hours > 23 || minutes > 59) return std::nullopt;
    const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{minutes};
    return text[0] == '-' ? -offset : offset;
}

}  // namespace narvaro
