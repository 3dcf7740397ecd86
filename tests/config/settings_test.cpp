#include "config/settings.h"

#include <cstdlib>

#include "files.h"

namespace narvaro {
namespace {

using namespace std::chrono_literals;

class SettingsFile : public ConfigTest {
  protected:
    Settings load(const std::string& text) const {
        auto settings = load_settings(write("narvaro.toml", text));
        if (settings) return std::move(*settings);
        ADD_FAILURE() << as_lines(settings.error(), directory_);
        return {};
    }
};

TEST_F(SettingsFile, FillsInWhatHasADefault) {
    const Settings settings = load(std::string{kSound} +
                                   "[source.mitti]\nkind = \"press\"\nurl = \"http://m.example\"\n"
                                   "[digest]\n");
    EXPECT_EQ(settings.language, "sv");
    EXPECT_EQ(settings.state, "/var/lib/narvaro");
    EXPECT_EQ(settings.meta.api, "https://graph.facebook.com/v26.0");
    EXPECT_EQ(settings.meta.pace, 1s);
    EXPECT_EQ(settings.rules, builtin_rules());
    EXPECT_TRUE(settings.plans.empty());
    ASSERT_TRUE(settings.digest);
    EXPECT_EQ(settings.digest->day, date::Monday);
    EXPECT_EQ(settings.digest->time, 7h);
    EXPECT_FALSE(settings.web);
    std::map<std::string, seconds> every;
    for (const auto& s : settings.sources) every[s.source.id] = s.source.every;
    EXPECT_EQ(every, (std::map<std::string, seconds>{
                         {"web", 1h}, {"mitti", 1h}, {"fb", 12h}, {"ig", 12h}, {"ads", 24h}}));
}

TEST_F(SettingsFile, RecipientsWithoutAServerAreSound) {
    const Settings settings =
        load("[digest]\nto = [\"a@example.org\"]\nfrom = \"n@example.org\"\n");
    ASSERT_TRUE(settings.digest);
    EXPECT_EQ(settings.digest->smtp, "");
    EXPECT_EQ(settings.digest->to.size(), 1U);
}

TEST_F(SettingsFile, AnEmptyOneIsSound) { EXPECT_TRUE(load("").sources.empty()); }

TEST_F(SettingsFile, KeepsWhatIsWritten) {
    const Settings settings = load(R"(language = "en"
[meta]
api = "http://127.0.0.1:8080/v26.0/"
token = "env:T"
app_secret = "credential:s"
app_id = "42"
pace = "0s"
[source.fb]
kind = "facebook"
page = "100"
every = "90s"
token = "credential:own"
[source.ig]
kind = "instagram"
account = "178"
watch = ["@ungvanster", "ung.vanster_roslagen"]
[digest]
at = "friday 16:30"
to = ["a@example.org", { address = "b@example.org", language = "sv" }]
from = "n@example.org"
smtp = "smtp://127.0.0.1:2525"
user = "n"
password = "env:P"
[web]
listen = "[::1]:8417"
)");
    EXPECT_EQ(settings.language, "en");
    EXPECT_EQ(settings.meta.api, "http://127.0.0.1:8080/v26.0") << "without the last slash";
    EXPECT_EQ(settings.meta.token, (SecretRef{SecretRef::Kind::environment, "T"}));
    EXPECT_EQ(settings.meta.app_secret, (SecretRef{SecretRef::Kind::credential, "s"}));
    EXPECT_EQ(settings.meta.app_id, "42");
    EXPECT_EQ(settings.meta.pace, 0s);
    ASSERT_EQ(settings.sources.size(), 2U);
    EXPECT_EQ(settings.sources[0].source, (Source{"fb", SourceKind::facebook, "100", {}, 90s}));
    EXPECT_EQ(settings.sources[0].token, (SecretRef{SecretRef::Kind::credential, "own"}));
    EXPECT_EQ(settings.sources[1].source.watch,
              (std::vector<std::string>{"ungvanster", "ung.vanster_roslagen"}));
    ASSERT_TRUE(settings.digest);
    EXPECT_EQ(settings.digest->day, date::Friday);
    EXPECT_EQ(settings.digest->time, 16h + 30min);
    EXPECT_EQ(settings.digest->to,
              (std::vector<Recipient>{{"a@example.org", "en"}, {"b@example.org", "sv"}}));
    EXPECT_EQ(settings.digest->from, "n@example.org");
    EXPECT_EQ(settings.digest->smtp, "smtp://127.0.0.1:2525");
    EXPECT_EQ(settings.digest->user, "n");
    EXPECT_EQ(settings.digest->password, (SecretRef{SecretRef::Kind::environment, "P"}));
    ASSERT_TRUE(settings.web);
    EXPECT_EQ(settings.web->host, "::1");
    EXPECT_EQ(settings.web->port, 8417);
}

TEST_F(SettingsFile, TakesTheAdsAccountWithAndWithoutItsPrefix) {
    const Settings settings = load(R"([meta]
token = "env:T"
[source.one]
kind = "meta-ads"
account = "123"
[source.two]
kind = "meta-ads"
account = "act_456"
)");
    EXPECT_EQ(settings.sources[0].source.address, "act_123");
    EXPECT_EQ(settings.sources[1].source.address, "act_456");
}

TEST_F(SettingsFile, KeepsSourcesAndTargetsInTheFilesOrder) {
    write("plan.toml", R"([plan]
id = "p"
from = 2021-01-01
to = 2021-12-31
[target.zebra]
kind = "milestone"
records = "z"
[target.apple]
kind = "milestone"
records = "a"
)");
    write("conf.d/10.toml", "[source.aaa]\nkind = \"press\"\nurl = \"https://aaa.example\"\n");
    const Settings settings = load(std::string{"plans = [\"plan.toml\"]\n"} + kSound);
    std::vector<std::string> sources;
    for (const auto& s : settings.sources) sources.push_back(s.source.id);
    EXPECT_EQ(sources, (std::vector<std::string>{"web", "fb", "ig", "ads", "aaa"}));
    ASSERT_EQ(settings.plans.size(), 1U);
    EXPECT_EQ(settings.plans[0].targets[0].id, "zebra");
    EXPECT_EQ(settings.plans[0].targets[1].id, "apple");
}

TEST_F(SettingsFile, ReadsConfDInNameOrderAndTomlFilesAlone) {
    write("conf.d/20.toml", "[source.b]\nkind = \"press\"\nurl = \"https://b.example\"\n");
    write("conf.d/10.toml", "[source.c]\nkind = \"press\"\nurl = \"https://c.example\"\n");
    write("conf.d/30.toml.bak", "not toml");
    write("conf.d/.40.toml", "not toml");
    std::filesystem::create_directories(directory_ / "conf.d/50.toml");
    const Settings settings = load("");
    ASSERT_EQ(settings.sources.size(), 2U);
    EXPECT_EQ(settings.sources[0].source.id, "c");
    EXPECT_EQ(settings.sources[1].source.id, "b");
}

TEST_F(SettingsFile, PathsAreRelativeToTheFileThatNamesThem) {
    write("conf.d/10.toml",
          "state = \"st\"\nrules = \"../rules\"\nplans = [\"../plan.toml\"]\n"
          "[meta]\ntoken = \"file:token\"\napp_secret = \"file:/run/secret\"\n");
    write("plan.toml", "plan = { id = \"p\", from = 2021-01-01, to = \"2021-12-31\" }\n");
    write("rules/bostad.toml", "[[term]]\nmatch = \"hyresrätt\"\n");
    const Settings settings = load("");
    EXPECT_EQ(settings.state, directory_ / "conf.d/st");
    EXPECT_EQ(settings.meta.token,
              (SecretRef{SecretRef::Kind::file, (directory_ / "conf.d/token").string()}));
    EXPECT_EQ(settings.meta.app_secret, (SecretRef{SecretRef::Kind::file, "/run/secret"}));
    EXPECT_EQ(settings.rules.labels.size(), builtin_rules().labels.size() + 1);
    EXPECT_EQ(settings.plans.size(), 1U);
}

TEST_F(SettingsFile, ARulesDirectoryThatDoesNotExistLeavesTheBuiltinRules) {
    EXPECT_EQ(load("rules = \"none/\"\n").rules, builtin_rules());
}

TEST(ConfigPath, IsTheGivenElseTheEnvironmentsElseTheSystems) {
    ::unsetenv("NARVARO_CONFIG");
    EXPECT_EQ(config_path(""), "/etc/narvaro/narvaro.toml");
    EXPECT_EQ(config_path("x.toml"), "x.toml");
    ::setenv("NARVARO_CONFIG", "/tmp/n.toml", 1);
    EXPECT_EQ(config_path(""), "/tmp/n.toml");
    EXPECT_EQ(config_path("x.toml"), "x.toml");
    ::setenv("NARVARO_CONFIG", "", 1);
    EXPECT_EQ(config_path(""), "/etc/narvaro/narvaro.toml");
    ::unsetenv("NARVARO_CONFIG");
}

}  // namespace
}  // namespace narvaro
