#include "connectors/meta_calendar.h"

#include <array>

namespace narvaro {
namespace {

/// A version of the Graph API and how long it lives. Days are Meta's (UTC here).
struct ApiVersion {
    const char* name;  ///< "v26.0"
    date::sys_days released;
    std::optional<date::sys_days> ends;      ///< empty: Meta has set no day
    std::optional<date::sys_days> ads_ends;  ///< of the Marketing API, which has its own clock
};

/// Something that Meta has ended, or will end, in every version at once.
struct Retirement {
    const char* what;  ///< a metric; a beginning that ends in '*'
    date::sys_days at;
};

constexpr date::days kEarly{90};  // an upgrade wants a quiet week before it

constexpr date::sys_days day(int year, unsigned month, unsigned day_of_month) {
    return date::sys_days{date::year{year} / date::month{month} / date::day{day_of_month}};
}

/// Newest first. Source: Meta reference, section 1.2, as of October 2026.
/// Of the Marketing API before v23.0 is only told that it has ended: the day is that of v23.0.
constexpr std::array<ApiVersion, 7> kVersions{{
    {"v26.0", day(2026, 7, 29), {}, {}},
    {"v25.0", day(2026, 2, 18), day(2028, 7, 29), {}},
    {"v24.0", day(2025, 10, 8), day(2028, 2, 18), day(2026, 10, 6)},
    {"v23.0", day(2025, 5, 29), day(2027, 10, 8), day(2026, 6, 9)},
    {"v22.0", day(2025, 1, 21), day(2027, 5, 20), day(2026, 6, 9)},
    {"v21.0", day(2024, 10, 2), day(2027, 1, 21), day(2026, 6, 9)},
    {"v20.0", day(2024, 5, 21), day(2026, 9, 24), day(2026, 6, 9)},
}};

/// Source: Meta reference, sections 3.6 and 4.7.
constexpr std::array<Retirement, 12> kRetirements{{
    {"page_engaged_users", day(2024, 9, 16)},
    {"page_fans_online", day(2024, 9, 16)},
    {"impressions", day(2025, 4, 21)},  // Instagram's
    {"page_fans", day(2025, 11, 15)},
    {"page_fans_*", day(2025, 11, 15)},
    {"page_fan_adds*", day(2025, 11, 15)},
    {"page_fan_removes*", day(2025, 11, 15)},
    {"page_impressions_unique", day(2026, 6, 15)},
    {"page_posts_impressions*", day(2026, 6, 15)},
    {"post_impressions_unique", day(2026, 6, 15)},
    {"page_impressions*", day(2025, 11, 15)},
    {"post_impressions*", day(2025, 11, 15)},
}};

std::string told(const ApiVersion& version, const char* part, date::sys_days ends,
                 sys_seconds now) {
    const std::string when = date::format("%F", ends);
    const std::string remedy = std::string{"set [meta] api to "} + kVersions.front().name +
                               " or newer, then: narvaro token check";
    if (sys_seconds{ends} <= now) {
        return std::string{part} + " " + version.name + " has ended on " + when + " -> " + remedy;
    }
    return std::string{part} + " " + version.name + " ends on " + when + " -> " + remedy;
}

}  // namespace

std::optional<date::sys_days> retired_on(std::string_view metric) {
    for (const Retirement& retirement : kRetirements) {
        std::string_view what = retirement.what;
        const bool open = what.ends_with('*');
        if (open) what.remove_suffix(1);
        if (open ? metric.starts_with(what) : metric == what) return retirement.at;
    }
    return {};
}

std::string retirement_warning(const std::string& metric, const std::vector<std::string>& names,
                               sys_seconds now) {
    const auto ends = names.empty() ? std::nullopt : retired_on(names.front());
    if (!ends || sys_seconds{*ends - kEarly} > now) return {};
    return "Meta's metric " + names.front() +
           (sys_seconds{*ends} <= now ? " has ended on " : " ends on ") +
           date::format("%F", *ends) + " -> put another name first in [meta.metrics] " + metric;
}

std::vector<std::string> version_warnings(const std::string& version, bool ads, sys_seconds now) {
    std::vector<std::string> lines;
    for (const ApiVersion& known : kVersions) {
        if (known.name != version) continue;
        const auto soon = [&](const std::optional<date::sys_days>& ends) {
            return ends && sys_seconds{*ends - kEarly} <= now;
        };
        if (soon(known.ends)) lines.push_back(told(known, "Graph API", *known.ends, now));
        if (ads && soon(known.ads_ends)) {
            lines.push_back(told(known, "Marketing API", *known.ads_ends, now));
        }
    }
    return lines;
}

}  // namespace narvaro
