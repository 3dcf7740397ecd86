// The main job against the simulated platforms: what is asked, what is stored, what is said when it
// fails.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

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

Json source_of(const Json& status, const std::string& id) {
    for (const Json& s : status["sources"]) {
        if (s["id"] == id) return s;
    }
    return nullptr;
}

Json status_of(const Sandbox& sandbox, const std::string& now) {
    return Json::parse(sandbox.narvaro({"status", "--format", "json"}, now).out);
}

/// Everything that is stored, without what tells only of the last poll.
std::string everything(const Sandbox& sandbox) {
    return sandbox.narvaro({"export", "--format", "json"}, kNow).out;
}

TEST(Poll, ReadsEverySourceAndSaysSo) {
    Sandbox sandbox{kNow};
    const Ran ran = sandbox.narvaro({"poll"}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    const Json status = status_of(sandbox, kNow);
    for (const char* id : {"web", "fb", "ig", "ads", "mitti", "norrort", "roslagen"}) {
        EXPECT_EQ(source_of(status, id)["last_success"], kNow) << id;
        EXPECT_EQ(source_of(status, id)["error"], nullptr) << id;
    }
}

TEST(Poll, ASecondPollOfUnchangedSourcesAddsNothing) {
    Sandbox sandbox{kNow};
    ASSERT_EQ(sandbox.narvaro({"poll"}, kNow).status, 0);
    const std::string before = everything(sandbox);
    EXPECT_EQ(sandbox.narvaro({"poll"}, kNow).status, 0);
    EXPECT_EQ(everything(sandbox), before);
    EXPECT_GT(Json::parse(before)["posts"].size(), 50U);
}

TEST(Poll, AsksFeedsConditionallyAndMetaNeverAndPutsNoTokenInAUrl) {
    Sandbox sandbox{kNow};
    ASSERT_EQ(sandbox.narvaro({"poll"}, kNow).status, 0);
    sandbox.forget_log();
    ASSERT_EQ(sandbox.narvaro({"poll"}, kNow).status, 0);
    const Json log = Json::parse(sandbox.control("log"));
    int feeds = 0;
    int meta = 0;
    for (const Json& request : log) {
        const std::string path = request["path"];
        const bool conditional = request.dump().find("If-None-Match") != std::string::npos ||
                                 request.dump().find("if-none-match") != std::string::npos;
        EXPECT_THAT(path, Not(HasSubstr("access_token")));
        EXPECT_THAT(path, Not(HasSubstr("sandbox-token")));
        if (path.starts_with("/graph/")) {
            ++meta;
            EXPECT_FALSE(conditional) << path;
        }
        if (path.starts_with("/press/") || path.starts_with("/site/feed")) {
            ++feeds;
            EXPECT_TRUE(conditional) << path;
        }
    }
    EXPECT_EQ(feeds, 4);
    EXPECT_GT(meta, 10);
    EXPECT_LE(meta, 60);
}

TEST(Poll, OneFailingSourceDoesNotStopTheOthersAndEachSaysWhatToDo) {
    Sandbox sandbox{kNow};
    sandbox.fault(R"({"path":"/press/mitti","kind":"html500","times":-1})");
    sandbox.fault(R"({"path":"/press/norrort","kind":"cut","times":-1})");
    sandbox.fault(R"({"path":"/graph","kind":"expired_token","times":-1})");
    const Ran ran = sandbox.narvaro({"poll"}, kNow);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("source mitti: "));
    EXPECT_THAT(ran.err, HasSubstr("500"));
    EXPECT_THAT(ran.err, HasSubstr("source norrort: "));
    EXPECT_THAT(ran.err, HasSubstr("source fb: "));
    EXPECT_THAT(ran.err, HasSubstr("meta-token"));
    EXPECT_THAT(ran.err, Not(HasSubstr("sandbox-token")));
    const Json status = status_of(sandbox, kNow);
    EXPECT_EQ(source_of(status, "web")["last_success"], kNow);
    EXPECT_EQ(source_of(status, "roslagen")["last_success"], kNow);
    for (const char* id : {"mitti", "norrort", "fb", "ig", "ads"}) {
        EXPECT_EQ(source_of(status, id)["last_success"], nullptr) << id;
        EXPECT_EQ(source_of(status, id)["consecutive_failures"], 1) << id;
        EXPECT_NE(source_of(status, id)["error"], nullptr) << id;
        EXPECT_GT(source_of(status, id)["next_poll"], kNow) << id;
    }
    sandbox.clear_faults();
    EXPECT_EQ(sandbox.narvaro({"poll"}, kNow).status, 0);
    EXPECT_EQ(source_of(status_of(sandbox, kNow), "fb")["consecutive_failures"], 0);
}

TEST(Poll, TheDatabaseAndTheOutputHoldNoTokenAndNoPrivatePerson) {
    Sandbox sandbox{kNow};
    const Ran ran = sandbox.narvaro({"poll", "--backfill", "--since", "2020-01-01"}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    std::string bytes = ran.out + ran.err + file_text(sandbox.database());
    bytes += file_text(sandbox.database().string() + "-wal");
    EXPECT_THAT(bytes.find("sandbox-token"), std::string::npos);
}

TEST(Poll, NoSecretLeaksThoughMetaRepeatsItInItsErrors) {
    Sandbox sandbox{kNow, true};
    sandbox.fault(
        R"({"path":"/graph","kind":"graph_error","times":3,"value":{"code":100,"status":400,)"
        R"("message":"(#100) bad call ?access_token=sandbox-token&client_secret=)"
        R"(sandbox-app-secret"}})");
    sandbox.fault(R"({"path":"/press/mitti","kind":"html500","times":-1})");
    std::string bytes;
    for (const std::vector<std::string>& command : {std::vector<std::string>{"poll"},
                                                    {"status"},
                                                    {"status", "--format", "json"},
                                                    {"token", "check"},
                                                    {"digest", "--week", "2021-W23"},
                                                    {"doctor"},
                                                    {"export"}}) {
        const Ran ran = sandbox.narvaro(command, kNow);
        bytes += ran.out + ran.err;
    }
    EXPECT_THAT(bytes, HasSubstr("bad call")) << "the error itself is told";
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(sandbox.database().parent_path())) {
        if (entry.is_regular_file()) bytes += file_text(entry.path());
    }
    bytes += sandbox.control("log");
    EXPECT_EQ(bytes.find("sandbox-token"), std::string::npos);
    EXPECT_EQ(bytes.find("sandbox-app-secret"), std::string::npos);
}

TEST(Poll, WhatALaterVersionAddsToMetasAnswersChangesNothing) {
    Sandbox sandbox{kNow};
    ASSERT_EQ(sandbox.narvaro({"poll"}, kNow).status, 0);
    const std::string before = everything(sandbox);
    sandbox.fault(R"({"path":"/graph","kind":"extra_fields","times":-1})");
    const Ran ran = sandbox.narvaro({"poll"}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(everything(sandbox), before);
}

TEST(Poll, ARemovedFieldAndARemovedMetricLeaveTheOthers) {
    Sandbox sandbox{kNow};
    for (const char* removed : {"shares", "page_media_view"}) {
        sandbox.fault(std::string{R"({"path":"/graph","kind":"reject_removed","times":-1,)"} +
                      R"("value":")" + removed + "\"}");
    }
    const Ran ran = sandbox.narvaro({"poll", "fb"}, kNow);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("no longer has \"shares\""));
    const Json all = Json::parse(everything(sandbox));
    std::set<std::string> metrics;
    for (const Json& sample : all["samples"]) {
        if (sample["source"] == "fb") metrics.insert(sample["metric"]);
    }
    EXPECT_THAT(metrics, ::testing::IsSupersetOf({"followers", "fans", "followers_local"}));
    EXPECT_TRUE(std::any_of(all["posts"].begin(), all["posts"].end(),
                            [](const Json& post) { return post["source"] == "fb"; }));
}

TEST(Poll, ABackfillOfTwoYearsCostsMetaNoMoreThanAHundredAndSixtyCalls) {
    constexpr char kYearsEnd[] = "2021-12-31T12:00:00Z";
    Sandbox sandbox{kYearsEnd};
    const Ran ran = sandbox.narvaro({"poll", "--backfill", "--since", "2020-01-01"}, kYearsEnd);
    EXPECT_EQ(ran.status, 0) << ran.err;
    int meta = 0;
    for (const Json& request : Json::parse(sandbox.control("log"))) {
        meta += request["path"].get<std::string>().starts_with("/graph/") ? 1 : 0;
    }
    RecordProperty("meta_calls", meta);
    EXPECT_GT(meta, 20);
    EXPECT_LE(meta, 160);
}

TEST(Poll, SpendingThatMetaRestatesIsANewReadingAndNothingOlderIsAsked) {
    Sandbox sandbox{"2021-04-01T06:00:00Z"};
    const auto spend = [&](const std::string& as_of) {
        std::map<std::string, double> days;
        const Json all = Json::parse(sandbox.narvaro({"export", "--format", "json"}, as_of).out);
        for (const Json& sample : all["samples"]) {
            if (sample["metric"] == "spend") days[sample["at"]] = sample["value"];
        }
        return days;
    };
    ASSERT_EQ(sandbox.narvaro({"poll", "ads"}, "2021-04-01T06:00:00Z").status, 0);
    const auto before = spend("2021-04-01T06:00:00Z");
    ASSERT_FALSE(before.empty());
    sandbox.forget_log();
    sandbox.set_clock("2021-04-15T06:00:00Z");
    sandbox.fault(R"({"path":"/graph","kind":"restated","times":-1})");
    ASSERT_EQ(sandbox.narvaro({"poll", "ads"}, "2021-04-15T06:00:00Z").status, 0);
    std::string asked;
    for (const Json& request : Json::parse(sandbox.control("log"))) asked += request.dump();
    EXPECT_THAT(asked, HasSubstr("2021-03-18"));
    EXPECT_THAT(asked, Not(HasSubstr("2021-03-17")));
    const auto after = spend("2021-04-15T06:00:00Z");
    int restated = 0;
    for (const auto& [day, value] : before) {
        const bool within = day > "2021-03-18T12:00:00Z";
        EXPECT_EQ(after.at(day), within ? value * 2 : value) << day;
        restated += within ? 1 : 0;
    }
    EXPECT_GT(restated, 0);
    EXPECT_LT(restated, static_cast<int>(before.size()));
}

// The manners of feeds, as the sandbox's log shows them.

constexpr char kMorning[] = "2021-06-15T06:00:00Z";

/// The feed requests of the log since it was last forgotten.
std::vector<Json> asked_of(Sandbox& sandbox, const std::string& path) {
    std::vector<Json> out;
    for (const Json& request : Json::parse(sandbox.control("log"))) {
        if (request["path"].get<std::string>().starts_with(path)) out.push_back(request);
    }
    return out;
}

struct NoFeedCase {
    const char* name;
    const char* fault;
    const char* says;
};
class NoFeed : public ::testing::TestWithParam<NoFeedCase> {};

TEST_P(NoFeed, IsAnErrorThatChangesNothingStored) {
    Sandbox sandbox{kMorning};
    ASSERT_EQ(sandbox.narvaro({"poll"}, kMorning).status, 0);
    const std::string before = everything(sandbox);
    sandbox.fault(GetParam().fault);
    const Ran ran = sandbox.narvaro({"poll", "mitti"}, "2021-06-15T07:30:00Z");
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("source mitti: "));
    EXPECT_THAT(ran.err, HasSubstr(GetParam().says));
    EXPECT_THAT(ran.err, HasSubstr("    -> "));
    EXPECT_EQ(everything(sandbox), before);
    sandbox.clear_faults();
    sandbox.forget_log();
    ASSERT_EQ(sandbox.narvaro({"poll", "mitti"}, "2021-06-15T10:00:00Z").status, 0);
    const auto asked = asked_of(sandbox, "/press/mitti");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0]["status"], 304);  // the validators of the last feed, not of the no-feed
}

INSTANTIATE_TEST_SUITE_P(
    Answers, NoFeed,
    ::testing::Values(
        NoFeedCase{"APage", R"({"path":"/press/mitti","kind":"no_feed","value":"html"})", "page"},
        NoFeedCase{"AJsonError", R"({"path":"/press/mitti","kind":"no_feed","value":"json"})",
                   "maintenance"},
        NoFeedCase{"Nothing", R"({"path":"/press/mitti","kind":"no_feed","value":""})", "empty"},
        NoFeedCase{"Forbidden", R"({"path":"/press/mitti","kind":"status","value":403})", "403"},
        NoFeedCase{"Failed", R"({"path":"/press/mitti","kind":"status","value":500})", "500"}),
    [](const auto& p) { return p.param.name; });

TEST(Manners, AServerThatSays304ForEverIsCaughtTheNextDayAndAskedInFullFromThenOn) {
    Sandbox sandbox{kMorning};
    sandbox.fault(R"({"path":"/press/mitti","kind":"headers","value":{"ETag":"\"frozen\"",)"
                  R"("Last-Modified":"Thu, 01 Jan 1980 00:00:00 GMT"}})");
    sandbox.fault(R"({"path":"/press/mitti","kind":"always_304"})");
    ASSERT_EQ(sandbox.narvaro({"poll", "mitti"}, kMorning).status, 0);
    sandbox.set_clock("2021-06-18T05:00:00Z");
    sandbox.forget_log();
    const Ran blind = sandbox.narvaro({"poll", "mitti"}, "2021-06-16T05:00:00Z");
    EXPECT_THAT(blind.out, HasSubstr("mitti: 0 new"));
    const Ran caught = sandbox.narvaro({"poll", "mitti"}, "2021-06-16T07:00:00Z");
    EXPECT_THAT(caught.out, Not(HasSubstr("mitti: 0 new")));
    EXPECT_THAT(caught.err, HasSubstr("nothing was new, but there was"));
    sandbox.narvaro({"poll", "mitti"}, "2021-06-16T09:00:00Z");
    const auto asked = asked_of(sandbox, "/press/mitti");
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_EQ(asked[0]["headers"]["If-None-Match"], "\"frozen\"");
    EXPECT_EQ(asked[0]["headers"]["If-Modified-Since"], "Thu, 01 Jan 1980 00:00:00 GMT");
    for (const std::size_t whole : {1U, 2U}) {
        EXPECT_FALSE(asked[whole]["headers"].contains("If-None-Match"));
        EXPECT_FALSE(asked[whole]["headers"].contains("If-Modified-Since"));
    }
}

TEST(Manners, OnlyAForcedPollAsksUnconditionally) {
    Sandbox sandbox{kMorning};
    ASSERT_EQ(sandbox.narvaro({"poll", "web", "mitti"}, kMorning).status, 0);
    sandbox.forget_log();
    ASSERT_EQ(sandbox.narvaro({"poll", "mitti"}, kMorning).status, 0);
    ASSERT_EQ(sandbox.narvaro({"poll", "--force", "mitti"}, kMorning).status, 0);
    const auto asked = asked_of(sandbox, "/press/mitti");
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_TRUE(asked[0]["headers"].contains("If-None-Match"));
    EXPECT_FALSE(asked[1]["headers"].contains("If-None-Match"));
    for (const Json& request : asked) {
        EXPECT_THAT(request["headers"]["User-Agent"].get<std::string>(), HasSubstr("narvaro/"));
    }
}

TEST(Manners, AHostThatAsksForPatienceIsLeftAloneByAllItsFeeds) {
    Sandbox sandbox{kMorning};
    ASSERT_EQ(sandbox.narvaro({"poll"}, kMorning).status, 0);
    sandbox.fault(R"({"path":"/press/mitti","kind":"retry_after","value":7200,"times":1})");
    EXPECT_EQ(sandbox.narvaro({"poll", "mitti"}, "2021-06-15T08:00:00Z").status, 1);
    sandbox.forget_log();
    const Ran early = sandbox.narvaro({"poll", "mitti", "norrort", "web"}, "2021-06-15T09:00:00Z");
    EXPECT_THAT(early.err, HasSubstr("source norrort: not asked"));
    EXPECT_TRUE(asked_of(sandbox, "/").empty());
    const Json table = Json::parse(
        sandbox.narvaro({"status", "--schedule", "--format", "json"}, "2021-06-15T09:00:00Z").out);
    EXPECT_THAT(table.dump(), HasSubstr("patience"));
    EXPECT_EQ(sandbox.narvaro({"poll", "mitti", "norrort", "web"}, "2021-06-15T10:00:01Z").status,
              0);
    EXPECT_EQ(asked_of(sandbox, "/press").size(), 2U);
}

TEST(Manners, AFeedThatHasMovedForGoodIsAskedAtItsNewAddressAfterThreeDaysOfProof) {
    Sandbox sandbox{kMorning};
    ASSERT_EQ(sandbox.narvaro({"poll", "mitti"}, kMorning).status, 0);
    sandbox.fault(R"({"path":"/press/mitti/rss","kind":"moved","value":"/press/mitti/feed.xml"})");
    for (const char* day : {"16", "17", "18"}) {
        const std::string now = std::string{"2021-06-"} + day + "T06:10:00Z";
        EXPECT_EQ(sandbox.narvaro({"poll", "mitti"}, now).status, 0);
    }
    sandbox.forget_log();
    const Ran taken = sandbox.narvaro({"poll", "mitti"}, "2021-06-19T06:20:00Z");
    EXPECT_THAT(taken.err, HasSubstr("/press/mitti/feed.xml"));
    EXPECT_THAT(taken.err, HasSubstr("write it in the configuration"));
    const auto asked = asked_of(sandbox, "/press/mitti");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0]["path"], "/press/mitti/feed.xml");
    EXPECT_THAT(file_text(sandbox.configuration()), Not(HasSubstr("feed.xml")));
}

TEST(Manners, StatusKeepsItsKeys) {
    Sandbox sandbox{kMorning};
    ASSERT_EQ(sandbox.narvaro({"poll"}, kMorning).status, 0);
    const Json status = status_of(sandbox, kMorning);
    for (const Json& s : status["sources"]) {
        for (const char* key : {"id", "kind", "last_success", "last_attempt", "next_poll",
                                "consecutive_failures", "error"}) {
            EXPECT_TRUE(s.contains(key)) << key;
        }
    }
    const Json table =
        Json::parse(sandbox.narvaro({"status", "--schedule", "--format", "json"}, kMorning).out);
    EXPECT_THAT(table.dump(), HasSubstr(R"("beat":"stories")"));
}

TEST(Backfill, AKillInTheMiddleLeavesTheSameContentAfterAnotherRun) {
    Sandbox whole{kNow};
    ASSERT_EQ(whole.narvaro({"poll", "--backfill", "--since", "2020-01-01"}, kNow).status, 0);
    const std::string expected = everything(whole);

    Sandbox broken{kNow};
    for (const int after_ms : {30, 60, 90, 120, 180, 240}) {
        Background run{{"narvaro", "poll", "--backfill", "--since", "2020-01-01"},
                       {{"NARVARO_CONFIG", broken.configuration().string()}, {"NARVARO_NOW", kNow}},
                       broken.directory() / "killed.log"};
        std::this_thread::sleep_for(std::chrono::milliseconds{after_ms});
        run.signal(SIGKILL);
        run.wait(std::chrono::seconds{5});
    }
    const Ran again = broken.narvaro({"poll", "--backfill", "--since", "2020-01-01"}, kNow);
    ASSERT_EQ(again.status, 0) << again.err;
    // The sites have addresses of their own; all else must agree.
    const auto without_port = [](std::string text, const std::string& url) {
        for (auto at = text.find(url); at != std::string::npos; at = text.find(url, at)) {
            text.erase(at, url.size());
        }
        const std::string bare = url.substr(7);
        for (auto at = text.find(bare); at != std::string::npos; at = text.find(bare, at)) {
            text.erase(at, bare.size());
        }
        return text;
    };
    EXPECT_EQ(without_port(everything(broken), broken.url()), without_port(expected, whole.url()));
}

}  // namespace
}  // namespace narvaro::testing
