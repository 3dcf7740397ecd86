// The program itself: starts, writes its files, ends when it is told to.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "testing.h"

namespace narvaro::sandbox {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in{file};
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

/// A folder for one test, empty at first.
fs::path scratch(const char* name) {
    const fs::path folder =
        fs::path{::testing::TempDir()} / (std::string{name} + std::to_string(::getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
}

int start(const std::vector<std::string>& words) {
    const int pid = ::fork();
    if (pid != 0) return pid;
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    ::execv(NARVARO_SANDBOX, argv.data());
    ::_exit(127);
}

/// @return the exit status; 128 + signal
int end_of(int pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int run(std::vector<std::string> words) {
    words.insert(words.begin(), "narvaro-sandbox");
    return end_of(start(words));
}

TEST(Program, ServesUntilItIsToldToEndAndTheClockCanBeSet) {
    const fs::path folder = scratch("serve");
    const fs::path file = folder / "port";
    const int pid = start({"narvaro-sandbox", "serve", "--port", "0", "--port-file", file.string(),
                           "--clock", "2021-06-15T06:00:00Z", "--exit-with-parent"});
    for (int i = 0; i < 500 && !fs::exists(file); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    ASSERT_TRUE(fs::exists(file));
    const auto port = static_cast<std::uint16_t>(std::stoi(text_of(file)));
    const std::string url = "http://127.0.0.1:" + std::to_string(port);
    EXPECT_EQ(run({"clock", "--url", url, "2021-07-01T06:00:00Z"}), 0);
    EXPECT_EQ(run({"clock", "--url", url, "soon"}), 2);
    EXPECT_EQ(Json::parse(ask(port, "GET", "/sandbox/clock")->body)["clock"],
              "2021-07-01T06:00:00Z");
    const auto before = std::chrono::steady_clock::now();
    ::kill(pid, SIGTERM);
    EXPECT_EQ(end_of(pid), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{2});
    EXPECT_FALSE(ask(port, "GET", "/sandbox/clock"));
}

TEST(Program, WritesAConfigurationWithItsTokenProtected) {
    const fs::path out = scratch("config");
    EXPECT_EQ(run({"config", "--url", "http://127.0.0.1:4711", "--state", (out / "state").string(),
                   "--out", out.string(), "--plan", NARVARO_PLAN, "--app-secret"}),
              0);
    const std::string toml = text_of(out / "narvaro.toml");
    for (const char* part :
         {"api = \"http://127.0.0.1:4711/graph/v26.0\"", "pace = \"0s\"", "[source.roslagen]",
          "url = \"http://127.0.0.1:4711/press/norrort/atom\"", "at = \"monday 07:00\"",
          "app-secret"}) {
        EXPECT_NE(toml.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(toml.find("sandbox-token"), std::string::npos);
    EXPECT_EQ(text_of(out / "meta-token"), "sandbox-token\n");
    EXPECT_EQ(fs::status(out / "meta-token").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    const std::string csv = text_of(out / "records-2021.csv");
    EXPECT_TRUE(
        csv.starts_with("at,source,metric,dimension,value\n2021-01-12,record,v-aktuellt,,1\n"));
}

TEST(Program, RefusesWrongWords) {
    EXPECT_EQ(run({"serve"}), 2);
    EXPECT_EQ(run({"truth", "--as-of", "yesterday"}), 2);
    EXPECT_EQ(run({"config", "--url", "https://x", "--state", "a", "--out", "b", "--plan", "c"}),
              2);
    EXPECT_EQ(run({"--help"}), 0);
}

}  // namespace
}  // namespace narvaro::sandbox
