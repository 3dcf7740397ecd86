// narvarod as systemd meets it: ready, reload, watchdog, stop, and the digest at its hour.
#include <csignal>
#include <cstring>
#include <fstream>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "programs.h"

namespace narvaro::testing {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr char kNow[] = "2021-11-22T06:00:30Z";  // Monday, just past seven in Stockholm

/// The service manager's end of NOTIFY_SOCKET.
class NotifySocket {
  public:
    explicit NotifySocket(std::filesystem::path path) : path_(std::move(path)) {
        fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
        ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        const timeval patience{20, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~NotifySocket() { ::close(fd_); }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;
    const std::filesystem::path& path() const { return path_; }

    /// Reads messages until one holds `words`. @return false when none came in time
    bool wait_for(const std::string& words) {
        char block[4096];
        for (;;) {
            const ssize_t n = ::recv(fd_, block, sizeof block, 0);
            if (n <= 0) return false;
            if (std::string{block, static_cast<std::size_t>(n)}.find(words) != std::string::npos) {
                return true;
            }
        }
    }

  private:
    std::filesystem::path path_;
    int fd_ = -1;
};

class ServiceTest : public ::testing::Test {
  protected:
    ServiceTest() : sandbox_(kNow), socket_(sandbox_.directory() / "notify") {}

    std::unique_ptr<Background> start(const std::string& now = kNow) {
        return std::make_unique<Background>(
            std::vector<std::string>{"narvarod", "--config", sandbox_.configuration().string()},
            Environment{{"NOTIFY_SOCKET", socket_.path().string()},
                        {"WATCHDOG_USEC", "2000000"},
                        {"NARVARO_NOW", now}},
            sandbox_.directory() / "narvarod.log");
    }
    std::string log() const { return file_text(sandbox_.directory() / "narvarod.log"); }

    Sandbox sandbox_;
    NotifySocket socket_;
};

TEST_F(ServiceTest, SaysReadyBeatsTheWatchdogAndStopsWithinSeconds) {
    const auto service = start();
    ASSERT_TRUE(socket_.wait_for("READY=1")) << log();
    EXPECT_TRUE(socket_.wait_for("WATCHDOG=1")) << log();
    service->signal(SIGTERM);
    EXPECT_TRUE(socket_.wait_for("STOPPING=1"));
    EXPECT_EQ(service->wait(5s), 0) << log();
}

TEST_F(ServiceTest, KeepsTheOldConfigurationWhenTheNewOneIsWrongAndSaysSo) {
    const auto service = start();
    ASSERT_TRUE(socket_.wait_for("READY=1")) << log();
    const std::string good = file_text(sandbox_.configuration());
    std::ofstream{sandbox_.configuration()} << "langage = \"sv\"\n" << good;
    service->signal(SIGHUP);
    EXPECT_TRUE(socket_.wait_for("RELOADING=1"));
    EXPECT_TRUE(socket_.wait_for("READY=1"));
    EXPECT_THAT(log(), HasSubstr("configuration refused"));
    std::ofstream{sandbox_.configuration()} << good;
    const auto status =
        nlohmann::json::parse(sandbox_.narvaro({"status", "--format", "json"}, kNow).out);
    EXPECT_THAT(status["service"]["config_error"].dump(), HasSubstr("langage"));
    service->signal(SIGHUP);
    EXPECT_TRUE(socket_.wait_for("READY=1"));
    const auto mended =
        nlohmann::json::parse(sandbox_.narvaro({"status", "--format", "json"}, kNow).out);
    EXPECT_EQ(mended["service"]["config_error"], nullptr);
}

TEST_F(ServiceTest, AWrongConfigurationAtTheStartEndsWith78) {
    std::ofstream{sandbox_.configuration(), std::ios::app} << "\nlangage = \"sv\"\n";
    EXPECT_EQ(start()->wait(10s), 78);
}

TEST_F(ServiceTest, WritesTheDigestOfTheWeekThatEndedOnceItsHourHasCome) {
    const auto digest = sandbox_.directory() / "state" / "digests" / "2021-W46.txt";
    ASSERT_EQ(sandbox_.narvaro({"poll"}, "2021-11-21T06:00:00Z").status, 0);
    {
        const auto before = start("2021-11-22T05:59:00Z");  // its first start ever
        ASSERT_TRUE(socket_.wait_for("WATCHDOG=1")) << log();
        EXPECT_FALSE(std::filesystem::exists(digest));
        before->signal(SIGTERM);
        before->wait(5s);
    }
    const auto service = start();
    ASSERT_TRUE(socket_.wait_for("READY=1")) << log();
    for (int i = 0; i < 200 && !std::filesystem::exists(digest); ++i) ::usleep(50'000);
    ASSERT_TRUE(std::filesystem::exists(digest)) << log();
    EXPECT_THAT(file_text(digest), HasSubstr("Vecka 46"));
    const auto written = std::filesystem::last_write_time(digest);
    ::sleep(2);
    EXPECT_EQ(std::filesystem::last_write_time(digest), written);
}

}  // namespace
}  // namespace narvaro::testing
