// The files that ship: sound, complete, and as the plan's own sentences have it.
#include <map>

#include "files.h"

namespace narvaro {
namespace {

const Settings& shipped() {
    static const Settings settings = [] {
        auto loaded = load_settings(NARVARO_CONFIG_DIR "/narvaro.toml");
        if (loaded) return std::move(*loaded);
        ADD_FAILURE() << as_lines(loaded.error(), NARVARO_CONFIG_DIR);
        return Settings{};
    }();
    return settings;
}

const Plan& plan() {
    static const Plan none;
    return shipped().plans.empty() ? none : shipped().plans.front();
}

Target target(const std::string& id) {
    for (const Target& t : plan().targets) {
        if (t.id == id) return t;
    }
    ADD_FAILURE() << "no target " << id;
    return {};
}

TEST(ShippedConfiguration, NamesEveryKindOfSource) {
    std::map<std::string, SourceKind> kinds;
    for (const auto& s : shipped().sources) kinds[s.source.id] = s.source.kind;
    EXPECT_EQ(kinds, (std::map<std::string, SourceKind>{{"web", SourceKind::website},
                                                        {"fb", SourceKind::facebook},
                                                        {"ig", SourceKind::instagram},
                                                        {"ads", SourceKind::meta_ads},
                                                        {"mitti", SourceKind::press}}));
    EXPECT_TRUE(shipped().digest);
    EXPECT_EQ(shipped().web->port, 8417);
    EXPECT_EQ(shipped().rules, builtin_rules());
}

TEST(ShippedPlan, HasATargetForEverySentenceInThePlansOrder) {
    std::vector<std::string> ids;
    for (const Target& t : plan().targets) ids.push_back(t.id);
    EXPECT_EQ(ids,
              (std::vector<std::string>{
                  "web-posts", "fb-local-followers", "fb-followers", "ig-followers", "ig-following",
                  "local-audiences", "climate-posts", "uv-shares", "news-hooks", "newsletter",
                  "member-meetings", "study-circles", "info-sheet", "members", "active-members",
                  "election-fund", "national-structure", "digital-activism"}));
    for (const Target& t : plan().targets) {
        EXPECT_FALSE(t.name.sv.empty()) << t.id;
        EXPECT_FALSE(t.name.en.empty()) << t.id;
        EXPECT_NE(t.name.sv, t.id);
    }
}

TEST(ShippedPlan, CountsWhatTheSentencesSay) {
    EXPECT_EQ(plan().id, "2021");
    EXPECT_EQ(plan().from, *parse_date("2021-01-01"));
    EXPECT_EQ(plan().to, *parse_date("2021-12-31"));
    EXPECT_EQ(plan().zone, "Europe/Stockholm");
    EXPECT_EQ(target("web-posts").goal.at_least, 2);
    EXPECT_EQ(target("fb-local-followers").series, (SeriesRef{"fb", "followers_local", "", ""}));
    EXPECT_EQ(target("fb-local-followers").goal.factor, 2.0);
    EXPECT_EQ(target("fb-followers").baseline->value, 400);
    EXPECT_EQ(target("ig-followers").goal.factor, 2.0);
    EXPECT_EQ(target("ig-following").series, (SeriesRef{"ig", "following", "", ""}));
    EXPECT_EQ(target("ig-following").goal.factor, 4.0);
    EXPECT_EQ(target("local-audiences").goal.places,
              (std::vector<std::string>{"local", "regional"}));
    EXPECT_EQ(target("climate-posts").posts->labels,
              (std::vector<std::string>{"climate", "youth"}));
    EXPECT_TRUE(target("climate-posts").baseline->previous_period);
    EXPECT_EQ(target("uv-shares").records, "uv-share");
    EXPECT_EQ(target("news-hooks").goal.at_least, 0.10);
    EXPECT_EQ(target("newsletter").records, "v-aktuellt");
    EXPECT_EQ(target("member-meetings").goal.at_least, 2);
    EXPECT_EQ(target("study-circles").goal.at_least, 1);
    EXPECT_EQ(target("info-sheet").goal.at_least, 2);
    EXPECT_EQ(target("members").baseline->value, 50);
    EXPECT_EQ(target("members").goal.factor, 1.20);
    EXPECT_EQ(target("active-members").baseline->value, 10);
    EXPECT_EQ(target("active-members").goal.factor, 1.50);
    EXPECT_EQ(target("election-fund").goal.at_least, 25000);
    EXPECT_EQ(target("election-fund").baseline->value, 0);
}

TEST(ShippedPlan, LacksBaselinesOnlyWhereTheDocumentGivesNone) {
    std::vector<std::string> of;
    for (const std::string& remark : plan_remarks(plan(), shipped())) {
        of.push_back(remark.substr(0, remark.find(':')));
    }
    EXPECT_EQ(of, (std::vector<std::string>{"target fb-local-followers has no baseline",
                                            "target ig-followers has no baseline",
                                            "target ig-following has no baseline"}));
}

}  // namespace
}  // namespace narvaro
