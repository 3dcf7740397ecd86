#include "daemon/follower_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>

#include "daemon/csv.h"

namespace narvaro {
namespace {

constexpr std::string_view kMark = "sep=";

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

std::string from_utf16(std::string_view bytes, bool little_endian) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(little_endian ? second << 8 | first : first << 8 | second);
    };
    constexpr char32_t kReplacement = 0xFFFD;
    std::string out;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const char32_t c = unit(at);
        const bool leads = c >= 0xD800 && c < 0xDC00;
        const bool follows = c >= 0xDC00 && c < 0xE000;
        if (!leads && !follows) {
            append_utf8(out, c);
            continue;
        }
        const char32_t next = at + 3 < bytes.size() ? unit(at + 2) : 0;
        if (follows || next < 0xDC00 || next >= 0xE000) {
            append_utf8(out, kReplacement);
            continue;
        }
        append_utf8(out, 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00));
        at += 2;
    }
    return out;
}

/// ASCII only; the Swedish letters of the headings are written small there as well.
std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

constexpr std::array<std::string_view, 9> kNewThatDay{
    "facebook follows",     "instagram follows", "follows",
    "new followers",        "nya följare",       "facebook-följningar",
    "instagram-följningar", "följningar",        "nya facebook-följare"};
constexpr std::array<std::string_view, 5> kLevel{"facebook followers", "instagram followers",
                                                 "total followers", "totalt antal följare",
                                                 "antal följare"};

template <class List>
bool names(const List& list, const std::string& heading) {
    return std::find(list.begin(), list.end(), heading) != list.end();
}

Result<std::string> metric_of(const std::string& heading, const std::string& given) {
    if (!given.empty()) return given;
    const std::string small = lower(heading);
    if (names(kNewThatDay, small)) return std::string{"follows"};
    if (names(kLevel, small)) return std::string{"followers"};
    return fail(Fault::usage,
                "the heading \"" + heading +
                    "\" does not tell whether the figures are all followers or those who were new "
                    "each day",
                "look into the file and add --metric followers (all) or --metric follows (new)");
}

/// "2021-03-01T00:00:00" or "2021-03-01"; Meta writes the day's midnight without a zone.
std::optional<date::local_days> day_of(const std::string& text) {
    return parse_date(text.substr(0, text.find('T')));
}

std::optional<double> figure_of(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool read = error == std::errc{} && end == text.data() + text.size();
    if (!read || !std::isfinite(value) || value < 0) return {};
    return value;
}

/// Takes the lines after "sep=" one by one.
class FollowerReader {
  public:
    void row(int line, const std::vector<std::string>& cells) {
        if (file_.heading.empty() && cells.size() == 1) {
            file_.heading = cells.front();
        } else if (!has_columns_) {
            take_columns(line, cells);
        } else {
            take_day(line, cells);
        }
    }

    Result<FollowerFile> finish(const std::string& metric) {
        if (!has_columns_) wrong(2, "no columns Date and Primary (Datum)");
        if (!mistakes_.empty()) {
            return fail(Fault::usage, mistakes_, "export it once more from Meta Business Suite");
        }
        auto known = metric_of(file_.heading, metric);
        if (!known) return tl::unexpected{known.error()};
        file_.metric = std::move(*known);
        return std::move(file_);
    }

  private:
    void wrong(int line, const std::string& what) {
        if (!mistakes_.empty()) mistakes_ += "; ";
        mistakes_ += "line " + std::to_string(line) + ": " + what;
    }

    void take_columns(int line, const std::vector<std::string>& cells) {
        has_columns_ = true;
        const std::string first = lower(cells.front());
        if (cells.size() == 2 && (first == "date" || first == "datum")) return;
        wrong(line, "the columns must be Date (Datum) and one figure");
    }

    void take_day(int line, const std::vector<std::string>& cells) {
        const auto day = day_of(cells.front());
        const auto value = cells.size() == 2 ? figure_of(cells[1]) : std::nullopt;
        if (!day) {
            wrong(line, "\"" + cells.front() + "\" is no date");
        } else if (!value) {
            wrong(line, "no figure beside " + cells.front());
        } else {
            file_.days.push_back({line, *day, *value});
        }
    }

    FollowerFile file_;
    bool has_columns_ = false;
    std::string mistakes_;
};

}  // namespace

std::string decoded_text(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return std::string{bytes};
}

bool is_follower_file(std::string_view text) {
    return text.starts_with(kMark) && text.size() > kMark.size() + 1;
}

Result<FollowerFile> read_follower_file(const std::string& text, const std::string& metric) {
    const char separator = text[kMark.size()];
    std::istringstream in{text};
    FollowerReader reader;
    bool first = true;
    const auto read = read_csv(
        in,
        [&](int line, const std::vector<std::string>& cells) {
            if (!first) reader.row(line, cells);
            first = false;
            return true;
        },
        separator);
    if (!read) return tl::unexpected{read.error()};
    return reader.finish(metric);
}

}  // namespace narvaro
