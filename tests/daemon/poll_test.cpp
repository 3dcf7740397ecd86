// The main job against the simulated platforms: what is asked, what is stored, what is said when it
// fails.
#include <csignal>
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
