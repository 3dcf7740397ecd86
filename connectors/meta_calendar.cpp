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

std::string to_line(const MetaEnding& ending, sys_seconds now) {
    return ending.what + (sys_seconds{ending.at} <= now ? " has ended on " : " ends on ") +
           date::format("%F", ending.at) + " -> " + ending.remedy;
}

std::optional<MetaEnding> retirement(const std::string& metric,
                                     const std::vector<std::string>& names, sys_seconds now) {
    const auto ends = names.empty() ? std::nullopt : retired_on(names.front());
    if (!ends || sys_seconds{*ends - kEarly} > now) return {};
    return MetaEnding{"Meta's metric " + names.front(), *ends, "",
                      "put another name first in [meta.metrics] " + metric};
}

std::vector<MetaEnding> version_endings(const std::string& version, bool ads, sys_seconds now) {
    std::vector<MetaEnding> endings;
    for (const ApiVersion& known : kVersions) {
        if (known.name != version) continue;
        const auto add = [&](const char* part, const std::optional<date::sys_days>& ends) {
            if (!ends || sys_seconds{*ends - kEarly} > now) return;
            const std::string newest = kVersions.front().name;
            endings.push_back(
                {std::string{part} + " " + known.name, *ends, newest,
                 "set [meta] api to " + newest + " or newer, then: narvaro token check"});
        };
        add("Graph API", known.ends);
        if (ads) add("Marketing API", known.ads_ends);
    }
    return endings;
}

}  // namespace narvaro
