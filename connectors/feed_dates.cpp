#include "connectors/feed_dates.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "connectors/feed_date_words.h"
#include "connectors/feed_moment.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestDate = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int full_year(unsigned year, std::size_t digits) {
    if (digits >= 4) return static_cast<int>(year);
    if (digits == 3)
        return 1900 + static_cast<int>(year);  // counted from 1900 by careless programs
    return (year < 90 ? 2000 : 1900) + static_cast<int>(year);
}

/// Lower case also where å ä ö stand in capitals.
std::string lowered(std::string_view text) {
    std::string out = ascii_lowered(text);
    for (std::size_t at = out.find('\xC3'); at != std::string::npos;
         at = out.find('\xC3', at + 1)) {
        if (at + 1 >= out.size()) break;
        const auto byte = static_cast<unsigned char>(out[at + 1]);
        if (byte >= 0x80 && byte <= 0x9E && byte != 0x97)
            out[at + 1] = static_cast<char>(byte + 0x20);
    }
    return out;
}

/// "09-mar-2021" is three words; "2006/09/15", "-0500" and "+01:00" are one.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    const auto letter = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
    };
    std::size_t start = 0;
    const auto finish = [&](std::size_t end) {
        if (end > start) words.push_back(text.substr(start, end - start));
        start = end + 1;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (is_space(c) || c == ',' || c == ';') {
            finish(at);
        } else if (c == '(') {  // a comment: "(CET)"
            finish(at);
            at = std::min(text.find(')', at), text.size());
            start = at + 1;
        } else if (c == '-' && at > start && at + 1 < text.size() &&
                   (letter(text[at - 1]) || letter(text[at + 1])) &&
                   !text.substr(start, at - start).starts_with("gmt") &&
                   !text.substr(start, at - start).starts_with("utc")) {
            finish(at);
        }
    }
    finish(text.size());
    return words;
}

/// Reads the words of a date whose month is a name, in whatever order they stand.
class WordDate {
  public:
    std::optional<sys_seconds> read(std::string_view text) {
        const std::vector<std::string_view> words = words_of(text);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!word(words[i], i == 0)) return std::nullopt;
        }
        if (!finish_numbers()) return std::nullopt;
        if (pm_ && moment_.hour < 12) moment_.hour += 12;
        if (am_ && moment_.hour == 12) moment_.hour = 0;
        return moment_.instant();
    }

  private:
    struct Number {
        unsigned value;
        std::size_t digits;
        bool before_month;
    };

    bool word(std::string_view text, bool first) {
        if (is_digit(text[0])) return numeric(text);
        if (text[0] == '+' || text[0] == '-') return offset(text);
        if (text == "am" || text == "a.m.") return am_ = true;
        if (text == "pm" || text == "p.m.") return pm_ = true;
        if (text.starts_with("etc/")) text.remove_prefix(4);
        const std::string_view bare = text.substr(0, text.find('.'));
        if (!time_ && (bare == "kl" || bare == "den" || bare == "der" || bare == "of" ||
                       bare == "at" || bare == "um" || bare == "de")) {
            return true;
        }
        if (const unsigned month = month_named(bare); month != 0 && (!month_ || month_first_)) {
            moment_.month = month;
            month_ = true;
            month_first_ = first;  // "mar" may be a Tuesday: a later month wins
            return true;
        }
        if (is_weekday_name(bare) && !zone_named(bare)) return true;
        return zone(text) || first;  // a day of the week in whatever language
    }

    bool zone(std::string_view text) {
        for (const std::string_view name : {"gmt", "utc"}) {
            if (text.starts_with(name) && text.size() > name.size()) {
                return offset(text.substr(name.size()));
            }
        }
        if (const auto ahead = zone_named(text)) {
            if (!zone_) moment_.ahead = *ahead;
            zone_ = true;
            return true;
        }
        return time_;  // a zone that is not known is UTC
    }

    bool offset(std::string_view text) {
        const auto ahead = offset_of(text);
        // after a name the number decides: "GMT -0500"
        if (ahead) moment_.ahead = *ahead;
        zone_ = true;
        return ahead.has_value();
    }

    bool numeric(std::string_view text) {
        const std::size_t colon = text.find(':');
        const std::size_t slash = text.find_first_of("/-");
        if (colon != std::string_view::npos) return clock(text);
        if (slash != std::string_view::npos && !all_digits(text)) return slashed(text, text[slash]);
        const bool dotted =
            text.find('.') != std::string_view::npos && text.find('.') + 1 < text.size();
        if (dotted && month_ && !numbers_.empty()) return clock(text);  // "kl. 12.36"
        DateText rest{text};
        const std::size_t digits = rest.digits();
        if (digits > 4) return false;
        const unsigned value = *rest.number(4);
        const bool compact_time = time_ == false && year_known() && digits == 4;
        if (compact_time) return clock(text);
        constexpr std::string_view kEndings[] = {"", ".", "st", "nd", "rd", "th", ":e", "e", "er"};
        if (std::find(std::begin(kEndings), std::end(kEndings), rest.rest()) ==
            std::end(kEndings)) {
            return false;
        }
        numbers_.push_back({value, digits, !month_});
        return numbers_.size() <= 2;
    }

    bool year_known() const {
        return std::any_of(numbers_.begin(), numbers_.end(),
                           [](const Number& number) { return number.digits == 4; });
    }

    bool clock(std::string_view text) {
        if (time_) return false;
        DateText rest{text};
        if (!rest.clock(moment_)) return false;
        time_ = true;
        if (rest.take("am")) am_ = true;
        if (rest.take("pm")) pm_ = true;
        if (rest.empty()) return true;
        zone_ = true;
        return rest.zone(moment_);
    }

    /// "2006/09/15", "31/12/2004", "2006-09-15" among other words; which of two numbers up to 12 is
    /// the month cannot be known.
    bool slashed(std::string_view text, char slash) {
        if (month_ || !numbers_.empty()) return false;
        DateText rest{text};
        const std::size_t first_digits = rest.digits();
        const auto a = rest.number(4);
        if (!a || !rest.take(slash)) return false;
        const auto b = rest.number(2);
        if (!b || !rest.take(slash)) return false;
        const std::size_t last_digits = rest.digits();
        const auto c = rest.number(4);
        if (!c || !rest.empty()) return false;
        month_ = dated_ = true;
        if (first_digits == 4) {
            moment_.year = static_cast<int>(*a);
            moment_.month = *b;
            moment_.day = *c;
            return true;
        }
        if (last_digits != 4 || (*a <= 12 && *b <= 12 && *a != *b)) return false;
        moment_.year = static_cast<int>(*c);
        moment_.month = std::min(*a, *b);
        moment_.day = std::max(*a, *b);
        return true;
    }

    bool finish_numbers() {
        if (dated_) return numbers_.empty();
        if (!month_ || numbers_.size() != 2) return false;
        const bool year_first = numbers_[0].digits > 2;
        const Number& day = numbers_[year_first ? 1 : 0];
        const Number& year = numbers_[year_first ? 0 : 1];
        if (day.digits > 2) return false;
        moment_.day = day.value;
        moment_.year = full_year(year.value, year.digits);
        return true;
    }

    Moment moment_;
    std::vector<Number> numbers_;
    bool month_ = false;
    bool month_first_ = false;
    bool dated_ = false;
    bool time_ = false;
    bool zone_ = false;
    bool am_ = false;
    bool pm_ = false;
};

/// "31.12.2004 10:00": with dots the day stands first, in every country that writes so.
std::optional<sys_seconds> parse_dotted_date(std::string_view text) {
    DateText rest{text};
    Moment moment;
    const auto day = rest.number(2);
    if (!day || !rest.take('.')) return std::nullopt;
    rest.skip_spaces();
    const auto month = rest.number(2);
    if (!month || !rest.take('.')) return std::nullopt;
    rest.skip_spaces();
    const std::size_t digits = rest.digits();
    const auto year = rest.number(4);
    if (!year || (digits != 4 && digits != 2)) return std::nullopt;
    moment.day = *day;
    moment.month = *month;
    moment.year = full_year(*year, digits);
    rest.take(',');
    rest.skip_spaces();
    if (rest.empty()) return moment.instant();
    if (!rest.clock(moment) || !rest.zone(moment)) return std::nullopt;
    return moment.instant();
}

/// Ten digits that are seconds since 1970, from 2001 to 2030.
std::optional<sys_seconds> parse_epoch(std::string_view text) {
    if (text.size() != 10 || text[0] != '1' || text[1] == '9') return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return sys_seconds{seconds{value}};
}

}  // namespace

std::optional<sys_seconds> parse_feed_date(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > kLongestDate) return std::nullopt;
    const std::string low = lowered(text);
    if (all_digits(low) && low.size() == 10) return parse_epoch(low);
    if (is_digit(low[0]) || low[0] == '-') {
        if (const auto iso = parse_iso_date(low)) return iso;
        if (const auto dotted = parse_dotted_date(low)) return dotted;
    }
    return WordDate{}.read(low);
}

}  // namespace narvaro
