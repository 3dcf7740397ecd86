#include "connectors/meta_calendar.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

std::vector<std::string> version_lines(const std::string& version, bool ads, sys_seconds now) {
    std::vector<std::string> lines;
    for (const MetaEnding& e : version_endings(version, ads, now)) lines.push_back(to_line(e, now));
    return lines;
}

std::string retirement_line(const std::string& metric, const std::vector<std::string>& names,
                            sys_seconds now) {
    const auto ending = retirement(metric, names, now);
    return ending ? to_line(*ending, now) : "";
}

sys_seconds noon(const char* day) { return *parse_instant(std::string{day} + "T12:00:00Z"); }

struct VersionCase {
    const char* name;
    const char* version;
    bool ads;
    const char* day;
    std::vector<std::string> starts;
};

class VersionWarnings : public testing::TestWithParam<VersionCase> {};

TEST_P(VersionWarnings, ComeNinetyDaysBeforeAnEnd) {
    const VersionCase& c = GetParam();
    const auto lines = version_lines(c.version, c.ads, noon(c.day));
    ASSERT_EQ(lines.size(), c.starts.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_TRUE(lines[i].starts_with(c.starts[i])) << lines[i];
        EXPECT_NE(lines[i].find("-> set [meta] api to v26.0"), std::string::npos) << lines[i];
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, VersionWarnings,
    testing::Values(
        VersionCase{"NewestHasNoEnd", "v26.0", true, "2027-11-25", {}},
        VersionCase{"LongBefore", "v21.0", false, "2026-10-22", {}},
        VersionCase{
            "NinetyDays", "v21.0", false, "2026-10-24", {"Graph API v21.0 ends on 2027-01-21"}},
        VersionCase{
            "Ended", "v21.0", false, "2027-01-21", {"Graph API v21.0 has ended on 2027-01-21"}},
        VersionCase{"AdsEndEarlier",
                    "v24.0",
                    true,
                    "2026-11-25",
                    {"Marketing API v24.0 has ended on 2026-10-06"}},
        VersionCase{"AdsEndOnlyWithAds", "v24.0", false, "2026-11-25", {}},
        VersionCase{"Unknown", "v99.0", true, "2026-11-25", {}}),
    [](const auto& info) { return info.param.name; });

TEST(Retirements, AreDatedByName) {
    const auto on = [](const char* metric) {
        const auto day = retired_on(metric);
        return day ? date::format("%F", *day) : std::string{};
    };
    EXPECT_EQ(on("page_fans"), "2025-11-15");
    EXPECT_EQ(on("page_fans_city"), "2025-11-15");
    EXPECT_EQ(on("page_impressions"), "2025-11-15");
    EXPECT_EQ(on("page_impressions_unique"), "2026-06-15");
    EXPECT_EQ(on("page_follows_city"), "");
    EXPECT_EQ(on("page_follows"), "");
}

TEST(RetirementWarning, ComesNinetyDaysBeforeTheEndOfTheNameThatIsAskedFirst) {
    const std::vector<std::string> names{"page_impressions", "page_media_view"};
    EXPECT_EQ(retirement_line("views", names, noon("2025-08-16")), "");
    EXPECT_TRUE(retirement_line("views", names, noon("2025-08-18"))
                    .starts_with("Meta's metric page_impressions ends on 2025-11-15 -> "));
    EXPECT_NE(retirement_line("views", names, noon("2026-01-01")).find("has ended"),
              std::string::npos);
    EXPECT_EQ(retirement_line("views", {"page_media_view", "page_impressions"}, noon("2026-01-01")),
              "");
    EXPECT_EQ(retirement_line("views", {}, noon("2026-01-01")), "");
}

}  // namespace
}  // namespace narvaro
