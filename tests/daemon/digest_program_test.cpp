// The digest as its readers and its admin meet it: composed once, archived, made again to the byte.
#include <csignal>
#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "programs.h"

namespace narvaro::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;
using namespace std::chrono_literals;

class DigestProgram : public ::testing::Test {
  protected:
    DigestProgram() : sandbox_("2021-11-14T06:00:00Z") {
        std::string config = file_text(sandbox_.configuration());
        const std::string one = R"(to = ["digital@example.org"])";
        config.replace(config.find(one), one.size(),
                       R"(to = ["digital@example.org", { address = "board@example.org", )"
                       R"(language = "en" }])");
        std::ofstream{sandbox_.configuration()} << config;
    }

    void poll(const std::string& now) {
        sandbox_.set_clock(now);
        const Ran ran = sandbox_.narvaro({"poll", "--force"}, now);
        ASSERT_EQ(ran.status, 0) << ran.err;
    }
    std::filesystem::path archived(const std::string& name) const {
        return sandbox_.directory() / "state" / "digests" / name;
    }
    /// Runs the service from `now` on until the file is there.
    void serve_until(const std::string& file, const std::string& now) {
        sandbox_.set_clock(now.substr(0, now.find('+')));
        const Background service{{"narvarod", "--config", sandbox_.configuration().string()},
                                 {{"NARVARO_NOW", now}},
                                 sandbox_.directory() / "narvarod.log"};
        const auto there = [&] { return file.empty() || std::filesystem::exists(archived(file)); };
        for (int i = 0; i < 1800 && !there(); ++i) ::usleep(50'000);
        if (file.empty()) ::sleep(1);
        service.signal(SIGTERM);
    }
    std::string printed(std::vector<std::string> arguments, const std::string& now) {
        arguments.insert(arguments.begin(), "digest");
        const Ran ran = sandbox_.narvaro(std::move(arguments), now);
        EXPECT_EQ(ran.status, 0) << ran.err;
        return ran.out;
    }

    Sandbox sandbox_;
};

constexpr char kMuchLater[] = "2021-12-20T12:00:00Z";

TEST_F(DigestProgram, OfAPastWeekAsKnownThenEqualsTheArchivedBytes) {
    poll("2021-11-14T06:00:00Z");
    serve_until("", "2021-11-21T06:00:00Z");  // its first start
    poll("2021-11-20T06:00:00Z");
    poll("2021-11-22T05:00:00Z");
    serve_until("2021-W46.en.txt", "2021-11-22T06:00:30Z");
    const std::pair<const char*, const char*> kinds[] = {{"text", "2021-W46.txt"},
                                                         {"html", "2021-W46.html"},
                                                         {"json", "2021-W46.json"},
                                                         {"csv", "2021-W46.csv"},
                                                         {"eml", "2021-W46.eml"}};
    // Everything that is said of that week changes afterwards.
    poll("2021-12-05T06:00:00Z");
    const Json posts = Json::parse("[" + [&] {
        std::string lines = sandbox_
                                .narvaro({"posts", "--from", "2021-11-15", "--to", "2021-11-21",
                                          "--source", "fb", "--format", "jsonl"},
                                         kMuchLater)
                                .out;
        for (std::size_t at = 0; (at = lines.find("}\n{", at)) != std::string::npos;) {
            lines.replace(at + 1, 1, ",");
        }
        return lines;
    }() + "]");
    for (const Json& post : posts) {
        ASSERT_EQ(sandbox_.narvaro({"label", post.at("id"), "climate=yes"}, kMuchLater).status, 0);
    }
    ASSERT_EQ(
        sandbox_
            .narvaro({"record", "v-aktuellt", "--at", "2021-11-18", "--note", "late"}, kMuchLater)
            .status,
        0);
    poll(kMuchLater);
    for (const auto& [kind, file] : kinds) {
        const std::string bytes = file_text(archived(file));
        ASSERT_FALSE(bytes.empty()) << file;
        EXPECT_EQ(printed({"--week", "2021-W46", "--format", kind}, kMuchLater), bytes) << kind;
        EXPECT_EQ(printed({"--week", "2021-W46", "--format", kind, "--as-known-then"}, kMuchLater),
                  bytes)
            << kind;
    }
    EXPECT_EQ(printed({"--week", "2021-W46", "--language", "en", "--as-known-then"}, kMuchLater),
              file_text(archived("2021-W46.en.txt")));
    EXPECT_NE(printed({"--week", "2021-W46", "--anew"}, kMuchLater),
              file_text(archived("2021-W46.txt")))
        << "what has come since is there for who asks for it";
}

TEST_F(DigestProgram, OfEachMissedWeekIsCaughtUpOldestFirstAndSaysThatItIsLate) {
    poll("2021-11-14T06:00:00Z");
    serve_until("", "2021-11-14T07:00:00Z");  // its first start; then it is away for two weeks
    serve_until("2021-W47.en.txt", "2021-12-01T12:00:00Z");
    for (const char* file : {"2021-W45.txt", "2021-W46.txt", "2021-W47.txt"}) {
        ASSERT_TRUE(std::filesystem::exists(archived(file))) << file;
        EXPECT_THAT(file_text(archived(file)), HasSubstr("Den här rapporten är sen"));
    }
    EXPECT_FALSE(std::filesystem::exists(archived("2021-W44.txt"))) << "before it was there";
    poll(kMuchLater);
    for (const char* week : {"2021-W45", "2021-W46", "2021-W47"}) {
        EXPECT_EQ(printed({"--week", week, "--format", "json", "--as-known-then"}, kMuchLater),
                  file_text(archived(std::string{week} + ".json")));
    }
}

TEST_F(DigestProgram, ThatWasMissedHoldsWhatIsReadOnceTheServiceIsBack) {
    poll("2021-11-15T06:30:00Z");
    serve_until("", "2021-11-15T07:00:00Z");  // its first start; then it is away for a week
    serve_until("2021-W46.en.txt", "2021-11-23T09:00:00Z+");
    const std::string text = file_text(archived("2021-W46.txt"));
    EXPECT_THAT(text, HasSubstr("senast läst 23\u00A0november"));
    EXPECT_THAT(text, Not(HasSubstr("senast läst 15\u00A0november")));
    EXPECT_THAT(text, HasSubstr("LOKALA NYHETER UTAN INLÄGG ÄN")) << "the week's news are in it";
    EXPECT_EQ(printed({"--week", "2021-W46", "--as-known-then"}, kMuchLater), text);
}

TEST_F(DigestProgram, IsPutBackIntoTheArchiveFromTheDatabase) {
    poll("2021-11-14T06:00:00Z");
    serve_until("", "2021-11-14T07:00:00Z");
    serve_until("2021-W45.en.txt", "2021-11-15T06:00:30Z");
    const std::string text = file_text(archived("2021-W45.txt"));
    std::filesystem::remove_all(archived(""));
    serve_until("2021-W45.en.txt", "2021-11-15T08:00:00Z");
    EXPECT_EQ(file_text(archived("2021-W45.txt")), text);
}

TEST_F(DigestProgram, SpeaksEachLanguageOfItsReadersWithTheSameFigures) {
    poll("2021-11-14T06:00:00Z");
    poll("2021-11-22T05:00:00Z");
    const auto json = [&](const char* language) {
        return Json::parse(
            printed({"--week", "2021-W46", "--format", "json", "--language", language},
                    "2021-11-22T06:00:00Z"));
    };
    const Json sv = json("sv");
    const Json en = json("en");
    for (std::size_t i = 0; i < sv["targets"].size(); ++i) {
        for (const char* key : {"id", "value", "goal", "state", "of", "before"}) {
            EXPECT_EQ(sv["targets"][i][key], en["targets"][i][key]);
        }
    }
    EXPECT_NE(sv["sentence"], en["sentence"]);
}

TEST_F(DigestProgram, OfTheWeekThatAMonthBeginsInSaysHowGoodLastMonthsForecastsWere) {
    for (const char* day : {"2021-08-30T05:00:00Z", "2021-09-10T05:00:00Z", "2021-09-20T05:00:00Z",
                            "2021-09-29T05:00:00Z", "2021-10-15T05:00:00Z", "2021-10-31T05:00:00Z",
                            "2021-11-08T05:00:00Z"}) {
        poll(day);
    }
    const auto json = [&](const char* week) {
        return Json::parse(printed({"--week", week, "--format", "json"}, "2021-11-08T06:00:00Z"));
    };
    EXPECT_GE(json("2021-W44")["forecasts"].size(), 3U);
    EXPECT_TRUE(json("2021-W43")["forecasts"].empty()) << "no month begins in it";
    EXPECT_THAT(printed({"--week", "2021-W44"}, "2021-11-08T06:00:00Z"),
                HasSubstr("prognoser för en månad sedan höll"));
}

TEST_F(DigestProgram, DiffTellsWhatTheLaterWeekSaysOtherwise) {
    poll("2021-11-08T05:00:00Z");
    poll("2021-11-15T05:00:00Z");
    poll("2021-11-22T05:00:00Z");
    const std::string changes =
        printed({"diff", "W45", "W46", "--language", "en"}, "2021-11-22T06:00:00Z");
    EXPECT_THAT(changes, HasSubstr(": from "));
    const Ran wrong = sandbox_.narvaro({"digest", "diff", "W45"}, "2021-11-22T06:00:00Z");
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.err, HasSubstr("digest diff W46 W47"));
}

TEST_F(DigestProgram, SaysWhatIsWrongWithAWeek) {
    const std::string now = "2021-11-22T06:00:00Z";
    struct Case {
        std::vector<std::string> arguments;
        const char* says;
    };
    const Case cases[] = {
        {{"digest", "--week", "2021-W54"}, "is not a week"},
        {{"digest", "--week", "2021-W48"}, "has not begun"},
        {{"digest", "--week", "2021-W46", "--send"}, "no mail server is configured"},
        {{"digest", "--week", "2021-W46", "--as-known-then"}, "no digest of 2021-W46"},
    };
    for (const Case& c : cases) {
        const Ran ran = sandbox_.narvaro(c.arguments, now);
        EXPECT_NE(ran.status, 0);
        EXPECT_THAT(ran.err, HasSubstr(c.says));
    }
}

}  // namespace
}  // namespace narvaro::testing
