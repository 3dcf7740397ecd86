#include "digest/figures.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace narvaro {
namespace {

constexpr char kNoBreak[] = "\u00A0";

std::string grouped(std::string digits, const std::string& separator) {
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), separator);
    }
    return digits;
}

}  // namespace

std::string number_words(double value, const Catalogue& words, int decimals) {
    if (!std::isfinite(value)) return "–";
    const bool whole = std::abs(value - std::round(value)) < 1e-9;
    std::string text = fmt::format("{:.{}f}", std::abs(value), whole ? 0 : decimals);
    const auto point = text.find('.');
    std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    std::string out = grouped(text.substr(0, point), words.swedish() ? kNoBreak : ",");
    if (!fraction.empty()) out += (words.swedish() ? "," : ".") + fraction;
    const bool is_zero = out.find_first_not_of('0') == std::string::npos;
    return value < 0 && !is_zero ? "−" + out : out;
}

std::string signed_words(double value, const Catalogue& words) {
    const std::string figure = number_words(value, words);
    if (figure == "0") return "±0";
    return value > 0 ? "+" + figure : figure;
}

std::string percent_words(double ratio, const Catalogue& words) {
    return number_words(ratio * 100, words) + (words.swedish() ? kNoBreak + std::string{"%"} : "%");
}

std::string month_words(date::month month, const Catalogue& words) {
    constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
    return words.text(kMonths.at(static_cast<unsigned>(month) - 1));
}

std::string day_words(date::local_days day, const Catalogue& words) {
    const date::year_month_day ymd{day};
    return fmt::format("{}{}{}", static_cast<unsigned>(ymd.day()), kNoBreak,
                       month_words(ymd.month(), words));
}

std::string date_words(date::local_days day, const Catalogue& words) {
    return fmt::format("{} {}", day_words(day, words),
                       static_cast<int>(date::year_month_day{day}.year()));
}

std::string instant_words(sys_seconds t, const Zone& zone, const Catalogue& words) {
    const auto local = zone.local(t);
    const auto day = date::floor<date::days>(local);
    const date::hh_mm_ss time{local - day};
    return fmt::format("{} {:02}:{:02}", day_words(day, words), time.hours().count(),
                       time.minutes().count());
}

}  // namespace narvaro
