#include "config/settings.h"

#include "files.h"

namespace narvaro {
namespace {

constexpr char kGood[] = R"(
[meta]
token = "credential:meta-token"
[places]
local = ["Vallentuna"]
[source.web]
kind = "website"
url = "https://v.example/feed/"
[source.fb]
kind = "facebook"
page = "100"
)";

class SettingsFile : public ConfigTest {
  protected:
    std::vector<std::string> mistakes(const std::string& text) const {
        const auto settings = load_settings(write("narvaro.toml", text));
        std::vector<std::string> out;
        if (settings) return out;
        for (const Problem& problem : settings.error()) {
            std::string line = to_string(problem);
            const std::string directory = directory_.string() + "/";
            for (auto at = line.find(directory); at != std::string::npos;
                 at = line.find(directory)) {
                line.erase(at, directory.size());
            }
            out.push_back(line);
        }
        return out;
    }
};

TEST_F(SettingsFile, TheShippedOneIsSoundAndHasEveryTargetOfThePlan) {
    const auto settings = load_settings(NARVARO_CONFIG_DIR "/narvaro.toml");
    ASSERT_TRUE(settings) << to_string(settings.error().front());
    ASSERT_EQ(settings->plans.size(), 1U);
    EXPECT_EQ(settings->plans[0].targets.size(), 18U);
    EXPECT_EQ(settings->plans[0].targets[0].id, "web-posts");
    EXPECT_EQ(settings->plans[0].targets[17].id, "digital-activism");
    EXPECT_EQ(settings->sources.size(), 5U);
    EXPECT_EQ(settings->sources[0].source.id, "web");
    EXPECT_EQ(settings->sources[3].source.address, "act_1000000001");
    EXPECT_EQ(settings->digest->time, std::chrono::hours{7});
    EXPECT_EQ(settings->web->port, 8417);
}

TEST_F(SettingsFile, FillsInDefaultsByKindOfSource) {
    const auto settings = load_settings(write("narvaro.toml", kGood));
    ASSERT_TRUE(settings) << to_string(settings.error().front());
    EXPECT_EQ(settings->sources[0].source.every, std::chrono::hours{1});
    EXPECT_EQ(settings->sources[1].source.every, std::chrono::hours{6});
    EXPECT_EQ(settings->meta.api, "https://graph.facebook.com/v26.0");
    EXPECT_EQ(settings->meta.pace, std::chrono::seconds{1});
    EXPECT_EQ(settings->language, "sv");
}

TEST_F(SettingsFile, EveryMistakeIsReportedInOneRunInTheFilesOrder) {
    EXPECT_EQ(
        mistakes("langage = \"sv\"\n[source.web]\nkind = \"websit\"\nurl = 3\n[source.b]\nkind = "
                 "\"press\"\nurl = \"ftp://x\"\nevery = 5\n"),
        (std::vector<std::string>{
            "narvaro.toml:1:1: unknown key \"langage\"; allowed: language, state, plans, rules, "
            "meta, "
            "places, source, digest, web; nearest: \"language\"",
            "narvaro.toml:3:8: \"kind\" in [source.web] is \"websit\"; allowed: facebook, "
            "instagram, "
            "meta-ads, press, website; nearest: \"website\"",
            "narvaro.toml:7:7: \"url\" in [source.b] is no address of the web; allowed: http:// or "
            "https:// and a host, without user and password",
            "narvaro.toml:8:9: \"every\" in [source.b] must be a duration with its unit; allowed: "
            "\"90s\", \"15m\", \"1h\", \"1d\""}));
}

TEST_F(SettingsFile, ALiteralSecretIsRefusedWithoutRepeatingIt) {
    const auto lines = mistakes("[meta]\ntoken = \"EAAB-very-secret\"\n");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].find("very-secret"), std::string::npos);
    EXPECT_EQ(lines[0].substr(0, 18), "narvaro.toml:2:9: ");
}

TEST_F(SettingsFile, ConfDIsReadInNameOrderAndATableGivenTwiceIsAMistake) {
    write("conf.d/20-press.toml",
          "[source.mitti]\nkind = \"press\"\nurl = \"https://m.example/rss\"\n");
    write("conf.d/10-more.toml",
          "[source.web]\nkind = \"website\"\nurl = \"https://w.example/feed\"\n");
    const auto lines = mistakes(kGood);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0],
              "conf.d/10-more.toml:1:1: [source.web] is given twice: also in narvaro.toml");
}

TEST_F(SettingsFile, ASyntaxErrorHasTheParsersPosition) {
    const auto lines = mistakes("language = \"sv\"\nstate = \n");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].substr(0, 15), "narvaro.toml:2:");
}

TEST_F(SettingsFile, AMissingFileIsAMistakeWithARemedy) {
    const auto settings = load_settings(directory_ / "absent.toml");
    ASSERT_FALSE(settings);
    EXPECT_NE(settings.error().front().text.find("NARVARO_CONFIG"), std::string::npos);
}

TEST_F(SettingsFile, AMetaSourceWithoutTokenIsAMistake) {
    EXPECT_EQ(mistakes("[source.fb]\nkind = \"facebook\"\npage = \"1\"\n"),
              (std::vector<std::string>{"narvaro.toml:1:1: [source.fb] has no token; write token = "
                                        "\"credential:meta-token\" under [meta] or here"}));
}

struct PlanCase {
    const char* name;
    const char* target;
    const char* problem;
};
class PlanMistakes : public SettingsFile, public testing::WithParamInterface<PlanCase> {};

TEST_P(PlanMistakes, AreReportedWhereTheyStand) {
    write("plan.toml", std::string{"[plan]\nid = \"p\"\nfrom = 2021-01-01\nto = 2021-12-31\n"
                                   "[target.t]\nname.sv = \"T\"\n"} +
                           GetParam().target);
    const auto lines = mistakes(std::string{"plans = [\"plan.toml\"]\n"} + kGood);
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines[0], GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Targets, PlanMistakes,
    testing::Values(
        PlanCase{"UnknownSource",
                 "kind = \"rate\"\nposts = { sources = [\"wbe\"] }\ngoal = { at_least = 1 }\n",
                 "plan.toml:8:21: \"sources\" in [target.t] posts names \"wbe\", which is not "
                 "configured; "
                 "allowed: web, fb; nearest: \"web\""},
        PlanCase{
            "UnknownLabel",
            "kind = \"rate\"\nposts = { sources = [\"fb\"], labels = [\"klimat\"] }\ngoal = { "
            "at_least = 1 }\n",
            "plan.toml:8:38: \"labels\" in [target.t] posts names \"klimat\"; allowed: news_hook, "
            "climate, ung_vanster, youth; nearest: \"climate\""},
        PlanCase{"MetricOfAnotherKind",
                 "kind = \"growth\"\nsample = { source = \"web\", metric = \"followers\" }\ngoal = "
                 "{ factor = 2 }\n",
                 "plan.toml:8:37: \"metric\" in [target.t] sample is \"followers\", which a "
                 "website source does "
                 "not supply; allowed: posts"},
        PlanCase{"ShareAboveOne",
                 "kind = \"share\"\nposts = { sources = [\"fb\"] }\nof = { sources = [\"fb\"] "
                 "}\ngoal = { at_least = "
                 "10 }\n",
                 "plan.toml:10:21: \"at_least\" in [target.t] goal is a share and at most 1; 10 % "
                 "is 0.10"},
        PlanCase{"UnknownPlace",
                 "kind = \"coverage\"\naudiences = { source = \"fb\" }\ngoal = { places = "
                 "[\"locl\"] }\n",
                 "plan.toml:8:13: \"audiences\" in [target.t] must name a meta-ads source; none is "
                 "allowed here"},
        PlanCase{"VolumeWithoutBaseline",
                 "kind = \"volume\"\nposts = { sources = [\"fb\"] }\ngoal = { factor = 1.25 }\n",
                 "plan.toml:5:1: [target.t], of kind volume, needs a baseline: { period = "
                 "\"previous\" } or { "
                 "value = … }"},
        PlanCase{"ByOutsideThePlan",
                 "kind = \"milestone\"\nrecords = \"r\"\ngoal = { by = 2022-06-30 }\n",
                 "plan.toml:9:15: \"by\" in [target.t] goal lies outside the plan"}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace narvaro
