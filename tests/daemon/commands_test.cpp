// The commands as a person or a program meets them: words, formats, exit statuses.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "programs.h"

namespace narvaro::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr char kNow[] = "2021-06-15T06:00:00Z";

TEST(Usage, AMistypedCommandNamesTheNearestAndEndsWith2) {
    const Ran ran = run_program({"narvaro", "statsu"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("nearest: \"status\""));
}

TEST(Usage, HelpAndVersionEndWell) {
    EXPECT_EQ(run_program({"narvaro", "--help"}).status, 0);
    EXPECT_THAT(run_program({"narvaro", "--version"}).out, HasSubstr("narvaro 0."));
}

TEST(Usage, AMissingConfigurationEndsWith78) {
    EXPECT_EQ(run_program({"narvaro", "--config", "/nonexistent/narvaro.toml", "status"}).status,
              78);
}

TEST(FeedCommand, PrintsWhatTheParserSees) {
    const ScratchDirectory scratch;
    const auto file = scratch.path() / "feed.xml";
    std::ofstream{file} << R"(<rss version="2.0"><channel><title>Nytt</title><item>
        <guid isPermaLink="false">7</guid><link>/buss</link><title>Bussen &amp; tåget</title>
        <description>&lt;p&gt;Den går.&lt;/p&gt;</description>
        <pubDate>tis, 09 mars 2021 12:36:27 CET</pubDate></item></channel></rss>)";
    const Ran ran =
        run_program({"narvaro", "feed", file.string(), "--base-url", "https://x.example/f"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(Json::parse(ran.out), Json::parse(R"({"title":"Nytt","items":[{"id":"7",
        "url":"https://x.example/buss","title":"Bussen & tåget","text":"Den går.",
        "published":"2021-03-09T11:36:27Z"}]})"));
}

TEST(FeedCommand, AWebPageIsNoFeed) {
    const ScratchDirectory scratch;
    std::ofstream{scratch.path() / "page.html"} << "<!DOCTYPE html><html><body>Hej</body></html>";
    EXPECT_EQ(run_program({"narvaro", "feed", (scratch.path() / "page.html").string()}).status, 1);
}

TEST(ClassifyCommand, JudgesLinesAndNamesABadOne) {
    const Ran ran =
        run_program({"narvaro", "classify"}, {},
                    "{\"id\":\"a\",\"channel\":\"fb\",\"text\":\"Klimatkrisen är här.\"}\n"
                    "not json\n"
                    "{\"id\":\"b\",\"channel\":\"ig\",\"text\":\"Välkommen på fika!\"}\n");
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("standard input:2"));
    std::istringstream lines{ran.out};
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(Json::parse(line)["labels"]["climate"], true);
    EXPECT_FALSE(Json::parse(line)["reasons"].empty());
    std::getline(lines, line);
    EXPECT_EQ(Json::parse(line)["labels"]["climate"], false);
}

class CommandsTest : public ::testing::Test {
  protected:
    CommandsTest() : sandbox_(kNow) {
        const Ran polled = sandbox_.narvaro({"poll"}, kNow);
        EXPECT_EQ(polled.status, 0) << polled.err;
    }
    Json json_of(const std::vector<std::string>& arguments) const {
        const Ran ran = sandbox_.narvaro(arguments, kNow);
        EXPECT_EQ(ran.status, 0) << ran.err;
        return Json::parse(ran.out);
    }
    std::string first_post() const {
        const Ran ran = sandbox_.narvaro({"posts", "--source", "fb", "--format", "jsonl"}, kNow);
        return Json::parse(ran.out.substr(0, ran.out.find('\n')))["id"];
    }
    Sandbox sandbox_;
};

TEST_F(CommandsTest, APersonsLabelWinsAndAutoGivesTheWordBack) {
    const std::string post = first_post();
    const auto climate = [&] {
        return json_of({"explain", "post", post, "--format", "json"})["labels"]["climate"]
            .get<bool>();
    };
    const bool by_rules = climate();
    EXPECT_EQ(
        sandbox_
            .narvaro({"label", post, by_rules ? "climate=no" : "climate=yes", "--note", "fel"},
                     kNow)
            .status,
        0);
    EXPECT_EQ(climate(), !by_rules);
    EXPECT_EQ(sandbox_.narvaro({"label", post, "climate=auto"}, kNow).status, 0);
    EXPECT_EQ(climate(), by_rules);
}

TEST_F(CommandsTest, ALabelThatDoesNotExistIsRefused) {
    const Ran ran = sandbox_.narvaro({"label", first_post(), "klimat=yes"}, kNow);
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("allowed: news_hook"));
}

TEST_F(CommandsTest, RecordsAreKeptOnceAndCountTowardsTheirTarget) {
    EXPECT_EQ(sandbox_.narvaro({"record", "v-aktuellt", "--at", "2021-06-01"}, kNow).status, 0);
    EXPECT_THAT(sandbox_.narvaro({"record", "v-aktuellt", "--at", "2021-06-01"}, kNow).out,
                HasSubstr("nothing added"));
    const Json targets = json_of({"targets", "--format", "json"});
    for (const Json& target : targets["targets"]) {
        if (target["id"] == "newsletter") {
            EXPECT_EQ(target["value"], 1);
        }
    }
}

TEST_F(CommandsTest, AnImportWithAMistakeStoresNothing) {
    const auto file = sandbox_.directory() / "in.csv";
    std::ofstream{file} << "at,source,metric,dimension,value\n2021-05-01,fb,followers,,410\n"
                           "2021-05-02,fbb,followers,,411\n2021-05-03,fb,followers,,many\n";
    const std::string before = sandbox_.narvaro({"export"}, kNow).out;
    const Ran ran = sandbox_.narvaro({"import", file.string()}, kNow);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("in.csv:3: there is no source \"fbb\""));
    EXPECT_THAT(ran.err, HasSubstr("in.csv:4: \"many\" is not a number"));
    EXPECT_EQ(sandbox_.narvaro({"export"}, kNow).out, before);
}

TEST_F(CommandsTest, AnExportIsReadBackWithoutAddingAnything) {
    const auto file = sandbox_.directory() / "out.csv";
    std::ofstream{file} << sandbox_.narvaro({"export"}, kNow).out;
    const Ran ran = sandbox_.narvaro({"import", file.string()}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("0 stored"));
}

TEST_F(CommandsTest, TargetsCarryTheAsOfInstantInThePlansZone) {
    const Json json = json_of({"targets", "--as-of", "2021-06-30", "--format", "json"});
    EXPECT_EQ(json["plan"], "2021");
    EXPECT_EQ(json["as_of"], "2021-06-30T23:59:59+02:00");
    EXPECT_EQ(json["targets"].size(), 18U);
    EXPECT_EQ(json["targets"][0]["id"], "web-posts");
}

TEST_F(CommandsTest, ConfigMayStandBeforeOrAfterTheCommand) {
    const std::string config = sandbox_.configuration().string();
    EXPECT_EQ(run_program({"narvaro", "--config", config, "status"}).status, 0);
    EXPECT_EQ(run_program({"narvaro", "status", "--config", config}).status, 0);
}

TEST_F(CommandsTest, ABackupIsACopyThatCanBeAsked) {
    const auto copy = sandbox_.directory() / "copy.db";
    EXPECT_EQ(sandbox_.narvaro({"backup", copy.string()}, kNow).status, 0);
    EXPECT_GT(std::filesystem::file_size(copy), 10'000U);
    EXPECT_THAT(sandbox_.narvaro({"doctor"}, kNow).out, HasSubstr("sound"));
}

TEST_F(CommandsTest, ABackupTakesThePlaceOfTheDatabase) {
    const auto copy = sandbox_.directory() / "copy.db";
    const std::string before = sandbox_.narvaro({"export"}, kNow).out;
    ASSERT_EQ(sandbox_.narvaro({"backup", copy.string()}, kNow).status, 0);
    ASSERT_EQ(sandbox_.narvaro({"record", "members", "77"}, kNow).status, 0);
    EXPECT_NE(sandbox_.narvaro({"export"}, kNow).out, before);
    const Ran ran = sandbox_.narvaro({"restore", copy.string()}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr(".before-restore"));
    EXPECT_EQ(sandbox_.narvaro({"export"}, kNow).out, before);
}

TEST_F(CommandsTest, TokenCheckNamesEachPermissionAndEachEndpoint) {
    const Ran ran = sandbox_.narvaro({"token", "check", "--format", "json"}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    const Json token = Json::parse(ran.out)["tokens"][0];
    EXPECT_EQ(token["valid"], true);
    EXPECT_EQ(token["scopes"].size(), 8U);
    EXPECT_EQ(token["probes"].size(), 14U);
    EXPECT_EQ(token["days_left"], 80);
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("sandbox-token")));
    for (const Json& request : Json::parse(sandbox_.control("log"))) {
        EXPECT_THAT(request["path"].get<std::string>(), Not(HasSubstr("sandbox-token")));
    }
    const Json status = Json::parse(sandbox_.narvaro({"status", "--format", "json"}, kNow).out);
    EXPECT_EQ(status["sources"][1]["token"]["days_left"], 80);
}

TEST_F(CommandsTest, TokenCheckFailsForAMissingPermissionAndSaysWhatToDo) {
    sandbox_.fault(
        R"({"path":"/graph","kind":"missing_permission","value":"read_insights","times":-1})");
    const Ran ran = sandbox_.narvaro({"token", "check"}, kNow);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("permission read_insights is missing"));
    EXPECT_THAT(ran.err, HasSubstr("narvaro token exchange"));
    EXPECT_THAT(ran.out, HasSubstr("MISSING"));
}

TEST_F(CommandsTest, AnEndingTokenIsToldByPollAndStatus) {
    constexpr char kNextDay[] = "2021-06-16T06:00:00Z";  // it is looked at once a day
    sandbox_.set_clock(kNextDay);
    sandbox_.fault(R"({"path":"/graph","kind":"token_days_left","value":6,"times":-1})");
    EXPECT_THAT(sandbox_.narvaro({"poll", "fb"}, kNextDay).err, HasSubstr("the token ends on"));
    EXPECT_THAT(sandbox_.narvaro({"poll", "fb"}, kNextDay).err,
                Not(HasSubstr("the token ends on")));
    EXPECT_THAT(sandbox_.narvaro({"status"}, kNextDay).out, HasSubstr("in 6 days"));
}

TEST_F(CommandsTest, TokenExchangeNeedsTheAppAndATokenOnStandardInput) {
    const Ran without = sandbox_.narvaro({"token", "exchange"}, kNow);
    EXPECT_EQ(without.status, 2);
    EXPECT_THAT(without.err, HasSubstr("standard input"));
}

/// Where the app's secret stands, as the configuration names it.
struct SecretPlace {
    const char* name;
    const char* reference;
    const char* variable;  ///< set for the program; "" none
    const char* value;     ///< of that variable; {} is the sandbox's directory
};

class TokenExchange : public ::testing::TestWithParam<SecretPlace> {};

TEST_P(TokenExchange, TurnsAUsersTokenIntoThatOfThePage) {
    Sandbox sandbox{kNow, true};
    const std::string directory = sandbox.directory().string();
    const auto filled = [&](std::string text) {
        if (const auto at = text.find("{}"); at != std::string::npos)
            text.replace(at, 2, directory);
        return text;
    };
    std::string config = file_text(sandbox.configuration());
    const std::string written = "file:" + directory + "/app-secret";
    ASSERT_NE(config.find(written), std::string::npos);
    config.replace(config.find(written), written.size(), filled(GetParam().reference));
    std::ofstream{sandbox.configuration()} << config;
    Environment environment;
    if (*GetParam().variable != 0) environment[GetParam().variable] = filled(GetParam().value);

    const auto file = sandbox.directory() / "new-token";
    const Ran printed =
        sandbox.narvaro({"token", "exchange"}, kNow, "sandbox-token\n", environment);
    EXPECT_EQ(printed.status, 0) << printed.err;
    EXPECT_THAT(printed.out, HasSubstr("credentials/meta-token <<'TOKEN'\nsandbox-token\nTOKEN\n"));
    const Ran stored = sandbox.narvaro({"token", "exchange", "--store", file.string()}, kNow,
                                       "sandbox-token\n", environment);
    EXPECT_EQ(stored.status, 0) << stored.err;
    EXPECT_EQ(file_text(file).substr(0, 13), "sandbox-token");
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms{0600});
    for (const std::string& said : {printed.err, stored.out, stored.err, sandbox.control("log")}) {
        EXPECT_THAT(said, Not(HasSubstr("sandbox-token")));
        EXPECT_THAT(said, Not(HasSubstr("sandbox-app-secret")));
    }
}

INSTANTIATE_TEST_SUITE_P(Secrets, TokenExchange,
                         ::testing::Values(SecretPlace{"InAFile", "file:{}/app-secret", "", ""},
                                           SecretPlace{"InTheEnvironment", "env:APP_SECRET",
                                                       "APP_SECRET", "sandbox-app-secret"},
                                           SecretPlace{"AsACredential", "credential:app-secret",
                                                       "CREDENTIALS_DIRECTORY", "{}"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(TokenExchangeRefused, NamesTheSecretWithoutShowingIt) {
    Sandbox sandbox{kNow, true};
    std::ofstream{sandbox.directory() / "app-secret"} << "wrong-app-secret\n";
    const Ran ran = sandbox.narvaro({"token", "exchange"}, kNow, "short-lived\n");
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, Not(HasSubstr("wrong-app-secret")));
    EXPECT_THAT(ran.err, Not(HasSubstr("short-lived")));
    EXPECT_THAT(ran.err, HasSubstr("secret"));
}

TEST_F(CommandsTest, ARecordIsCorrectedByANewOneThatNamesIt) {
    const Ran first = sandbox_.narvaro({"record", "members", "52", "--at", "2021-03-01"}, kNow);
    ASSERT_EQ(first.status, 0) << first.err;
    const Json before = json_of({"records", "members", "--format", "json"})["records"];
    ASSERT_FALSE(before.empty());
    const Json& wrong = before.back();
    const std::string id = std::to_string(wrong["id"].get<int>());
    const Ran corrected = sandbox_.narvaro(
        {"record", "members", "55", "--corrects", id, "--note", "kassörens lista"}, kNow);
    ASSERT_EQ(corrected.status, 0) << corrected.err;
    const Json after = json_of({"records", "members", "--format", "json"})["records"];
    ASSERT_EQ(after.size(), before.size());
    EXPECT_EQ(after.back()["value"], 55);
    EXPECT_EQ(after.back()["at"], wrong["at"]) << "a correction keeps the day";
    EXPECT_EQ(after.back()["corrects"], wrong["id"]);
    EXPECT_EQ(json_of({"records", "members", "--all", "--format", "json"})["records"].size(),
              before.size() + 1);
    EXPECT_EQ(sandbox_.narvaro({"record", "members", "56", "--corrects", id}, kNow).status, 2);
    EXPECT_EQ(sandbox_.narvaro({"record", "members", "--withdraw"}, kNow).status, 2);
}

TEST_F(CommandsTest, AFollowerFileOfMetaIsReadAsItIs) {
    const auto file = sandbox_.directory() / "Follows.csv";
    const std::u16string text =
        u"sep=,\n\"Facebook follows\"\n\"Date\",\"Primary\"\n\"2021-03-01T00:00:00\",\"4\"\n"
        u"\"2021-03-04T00:00:00\",\"1\"\n";
    std::ofstream out{file, std::ios::binary};
    out << "\xFF\xFE";
    for (const char16_t c : text) {
        out << static_cast<char>(c & 0xFF) << static_cast<char>(c >> 8);
    }
    out.close();
    const std::string before = sandbox_.narvaro({"export"}, kNow).out;
    const Ran dry = sandbox_.narvaro({"import", file.string(), "--dry-run"}, kNow);
    EXPECT_EQ(dry.status, 0) << dry.err;
    EXPECT_THAT(dry.out, HasSubstr("would store 2"));
    EXPECT_THAT(dry.out, HasSubstr("2 of 4 days"));
    EXPECT_EQ(sandbox_.narvaro({"export"}, kNow).out, before);
    EXPECT_THAT(sandbox_.narvaro({"import", file.string()}, kNow).out, HasSubstr("2 stored"));
    EXPECT_THAT(sandbox_.narvaro({"export"}, kNow).out,
                HasSubstr("2021-03-01T11:00:00Z,fb,follows,,4\n"));
    EXPECT_THAT(sandbox_.narvaro({"import", file.string()}, kNow).out,
                HasSubstr("0 stored (2 samples and 0 records read), 2 were there already"));
}

TEST_F(CommandsTest, WhatIfAnswersWithASentenceInBothLanguages) {
    const std::vector<std::string> ask{"whatif", "newsletter", "--posts",
                                       "1",      "--until",    "2021-06-30"};
    const auto with = [&](const char* language) {
        std::vector<std::string> words = ask;
        words.insert(words.end(), {"--language", language});
        return sandbox_.narvaro(words, kNow).out;
    };
    EXPECT_THAT(with("sv"), HasSubstr("1 till senast 30\u00A0juni ger "));
    EXPECT_THAT(with("en"), HasSubstr("1 more by 30\u00A0June give "));
    EXPECT_EQ(sandbox_.narvaro({"whatif", "newsletter", "--posts", "many"}, kNow).status, 2);
    EXPECT_EQ(sandbox_.narvaro({"whatif", "local-audiences", "--posts", "1"}, kNow).status, 2);
    EXPECT_EQ(
        sandbox_.narvaro({"whatif", "newsletter", "--posts", "1", "--until", "2021-06-01"}, kNow)
            .status,
        2);
}

TEST_F(CommandsTest, TheStatementHasEveryGoalAsTextAndAsHtml) {
    ASSERT_EQ(sandbox_
                  .narvaro({"record", "v-aktuellt", "--at", "2021-05-03", "--note",
                            "<script>alert(1)</script>"},
                           kNow)
                  .status,
              0);
    const Ran text = sandbox_.narvaro({"statement", "--plan", "2021"}, kNow);
    ASSERT_EQ(text.status, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("Minst två inlägg per månad på hemsidan"));
    EXPECT_THAT(text.out, HasSubstr("18. Utbildning i digital aktivism"));
    const Ran html = sandbox_.narvaro({"statement", "--format", "html", "--language", "en"}, kNow);
    ASSERT_EQ(html.status, 0) << html.err;
    EXPECT_THAT(html.out, HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(html.out, HasSubstr("At least two website posts a month"));
    EXPECT_THAT(html.out, HasSubstr("&lt;script&gt;"));
    EXPECT_EQ(html.out.find("<script"), std::string::npos);
    EXPECT_EQ(sandbox_.narvaro({"statement", "--plan", "1999"}, kNow).status, 2);
    EXPECT_EQ(sandbox_.narvaro({"statement", "--plan", "2021"}, kNow).out, text.out);
}

TEST_F(CommandsTest, EachTargetSaysHowItsFigureIsKnown) {
    const Json json = json_of({"targets", "--as-of", "2021-06-15", "--format", "json"});
    for (const Json& target : json["targets"]) {
        for (const char* key : {"pace", "measurability", "baseline_source", "warnings"}) {
            EXPECT_TRUE(target.contains(key)) << target["id"] << " " << key;
        }
    }
    const Ran table = sandbox_.narvaro({"targets", "--as-of", "2021-06-15"}, kNow);
    EXPECT_THAT(table.out, HasSubstr("bekräftade för hand"));
}

}  // namespace
}  // namespace narvaro::testing
