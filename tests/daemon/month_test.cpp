// Thirty days of polling on a turned clock, with faults by chance (from a fixed seed): nothing
// starves, nobody is asked too often, no token leaks, and what is stored is what was published.
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "config/settings.h"
#include "connectors/http_client.h"
#include "daemon/app.h"
#include "daemon/due_queue.h"
#include "daemon/network.h"
#include "daemon/poller.h"
#include "daemon/schedule.h"
#include "tests/connectors/run_task.h"
#include "tests/sandbox/config_files.h"
#include "tests/sandbox/testing.h"
#include "tests/sandbox/truth.h"
#include "tests/sandbox/visible.h"

namespace narvaro {
namespace {

using sandbox::Json;
using std::chrono::hours;
using std::chrono::minutes;

constexpr char kStart[] = "2021-05-01T00:00:00Z";
constexpr hours kLength{24 * 30};
// About 60 calls; what fails is asked again.
constexpr std::size_t kMeanMetaCallsADay = 64;
// The day's budget, and what a poll that has begun within it may still ask.
constexpr int kMostMetaCallsADay = 60 + 18;

/// The service's own loop of polls, but for the waiting: the clock is turned to the next due poll.
class Simulation : public testing::Test {
  protected:
    void SetUp() override {
        // In memory where there is room: a month has thousands of commits.
        const std::filesystem::path memory{"/dev/shm"};
        const auto parent =
            ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
        std::string name = (parent / "narvaro-month-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        ASSERT_TRUE(sandbox::write_config(
            {platforms_->url(), folder_ / "state", folder_, NARVARO_PLAN, true}));
        auto settings = load_settings(folder_ / "narvaro.toml");
        ASSERT_TRUE(settings);
        settings_ = std::move(*settings);
        for (ConfiguredSource& s : settings_.sources) {
            if (s.source.every < hours{2}) s.source.every = hours{2};
        }
        std::filesystem::create_directories(settings_.state);
        auto store = Store::open(database_file(settings_), OpenMode::read_write);
        ASSERT_TRUE(store) << store.error().what;
        store_.emplace(std::move(*store));
        ASSERT_TRUE(store_->sync_sources(sources_of(settings_)));
        HttpOptions options = http_options(settings_);
        options.longest_transfer = std::chrono::milliseconds{150};
        http_.emplace(loop_, options);
        poller_.emplace(*http_, settings_, *store_, Environment{});
        for (const ConfiguredSource& s : settings_.sources) {
            due_.put(s.source.id, first_poll(s.source, now_));
        }
    }
    void TearDown() override {
        poller_.reset();
        http_.reset();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    const ConfiguredSource& source(const std::string& id) const {
        for (const ConfiguredSource& s : settings_.sources) {
            if (s.source.id == id) return s;
        }
        throw std::runtime_error("no source " + id);
    }

    void turn_clock(sys_seconds to) {
        now_ = to;
        platforms_->state().set_clock(to);
    }

    /// Polls what is due next, however far ahead that is.
    PollReport poll_next() {
        while (waiting_.empty()) {
            const auto ids = due_.take_due(now_);
            waiting_.insert(waiting_.end(), ids.begin(), ids.end());
            if (waiting_.empty()) turn_clock(now_ + minutes{1});
        }
        const std::string id = waiting_.front();
        waiting_.erase(waiting_.begin());
        return poll(id);
    }

    PollReport poll(const std::string& id) {
        PollOrder order{now_};
        order.by_service = true;
        order.beat = due_beat(*store_->status(id), now_);
        PollReport report = run(loop_, poller_->poll(source(id), order));
        longest_[id] = std::max(longest_[id], now_ - last_.try_emplace(id, now_).first->second);
        last_[id] = now_;
        for (const Error& failure : report.failures) {
            said_ += failure.what + "\n" + failure.remedy + "\n";
            faults_met_.insert(name_of(failure.fault));
        }
        for (const std::string& warning : report.warnings) said_ += warning + "\n";
        EXPECT_TRUE(report.next_poll) << id;
        EXPECT_GT(report.next_poll.value_or(sys_seconds{}), now_) << id;
        due_.put(id, std::max(report.next_poll.value_or(now_), now_ + seconds{1}));
        return report;
    }

    std::string stored_bytes() const {
        std::ostringstream all;
        for (const auto& entry : std::filesystem::directory_iterator(settings_.state)) {
            all << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
        }
        return all.str();
    }

    /// Ids of the source's stored posts of that kind, published from `from` on.
    std::set<std::string> stored(const std::string& id, PostKind kind, sys_seconds from) const {
        std::set<std::string> ids;
        PostListing listing;
        listing.source = id;
        listing.kinds = {kind};
        listing.from = from;
        const auto listed = store_->each_post(listing, kKnownToday, [&](const StoredPost& post) {
            ids.insert(post.post.remote_id);
            return true;
        });
        EXPECT_TRUE(listed);
        return ids;
    }

    sandbox::Running platforms_{kStart};
    std::filesystem::path folder_;
    Settings settings_;
    asio::io_context loop_;
    std::optional<Store> store_;
    std::optional<HttpClient> http_;
    std::optional<Poller> poller_;
    DueQueue due_;
    std::vector<std::string> waiting_;
    sys_seconds now_ = sandbox::at(kStart);
    std::map<std::string, sys_seconds> last_;
    std::map<std::string, seconds> longest_;  ///< between two polls
    std::set<std::string> faults_met_;
    std::string said_;
};

struct Fault30 {
    const char* kind;
    Json value;
};

/// What goes wrong in these two hours.
void faults_by_chance(sandbox::Running& platforms, std::mt19937& dice) {
    static const std::vector<Fault30> kWire{
        {"cut", nullptr},   {"truncate", nullptr}, {"hang", nullptr},
        {"reset", nullptr}, {"gzip", nullptr},     {"chunked", nullptr},
        {"status", 503},    {"status", 404},       {"html500", nullptr}};
    static const std::vector<Fault30> kFeed{{"retry_after", 3600},
                                            {"retry_after", "soon"},
                                            {"no_feed", "html"},
                                            {"no_feed", "json"},
                                            {"no_feed", ""},
                                            {"status", 403},
                                            {"headers", {{"Cache-Control", "max-age=10800"}}}};
    static const std::vector<Fault30> kMeta{{"expired_token", nullptr},
                                            {"rate_limit", 4},
                                            {"graph_error", {{"code", 2}, {"transient", true}}},
                                            {"missing_permission", nullptr}};
    static const char* const kPaths[] = {"/press/mitti", "/press/norrort", "/press/roslagen",
                                         "/site/feed", "/graph"};
    platforms->state().clear_faults();
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(dice() % n); };
    for (const char* path : kPaths) {
        if (below(6) != 0) continue;
        const auto& special = std::string{path} == "/graph" ? kMeta : kFeed;
        const auto& faults = below(2) == 0 ? kWire : special;
        const Fault30& fault = faults[below(faults.size())];
        platforms.fault(path, fault.kind, fault.value, below(3) == 0 ? -1 : 3);
    }
}

TEST_F(Simulation, ThirtyDaysOfFaultsStarveNobodyAndLoseNothing) {
    std::mt19937 dice{20210501};
    const sys_seconds start = now_;
    sys_seconds next_faults = start + hours{2};
    while (now_ < start + kLength) {
        poll_next();
        if (now_ < next_faults) continue;
        faults_by_chance(platforms_, dice);
        next_faults = now_ + hours{2};
    }
    // Let everything that backs off come round once more.
    platforms_->state().clear_faults();
    const sys_seconds calm = now_;
    while (now_ < calm + hours{28}) poll_next();

    EXPECT_GE(faults_met_.size(), 4U);
    for (const ConfiguredSource& s : settings_.sources) {
        const auto status = *store_->status(s.source.id);
        EXPECT_EQ(status.consecutive_failures, 0) << s.source.id;
        EXPECT_LE(longest_[s.source.id], hours{27} + s.source.every) << s.source.id;
    }

    std::map<std::string, int> meta_calls;
    std::map<std::string, int> feed_calls;
    const std::string log = platforms_->state().log().dump();
    for (const Json& request : platforms_->state().log()) {
        const std::string path = request["path"];
        const std::string day = request["clock"].get<std::string>().substr(0, 10);
        if (path.starts_with("/graph/")) {
            ++meta_calls[day];
        } else {
            ++feed_calls[path.substr(0, path.find('?')) + " " + day];
        }
    }
    EXPECT_GE(meta_calls.size(), 30U);
    std::size_t meta_calls_in_all = 0;
    for (const auto& [day, calls] : meta_calls) {
        EXPECT_LE(calls, kMostMetaCallsADay) << day;
        meta_calls_in_all += static_cast<std::size_t>(calls);
    }
    RecordProperty("meta_calls", static_cast<int>(meta_calls_in_all));
    EXPECT_LE(meta_calls_in_all / meta_calls.size(), kMeanMetaCallsADay);
    // Every two hours, and three early looks for each of a website's articles of the day.
    for (const auto& [what, calls] : feed_calls) EXPECT_LE(calls, 12 + 3 * 4) << what;

    for (const std::string& bytes : {log, said_, stored_bytes()}) {
        EXPECT_EQ(bytes.find(sandbox::kToken), std::string::npos);
        EXPECT_EQ(bytes.find(sandbox::kAppSecret), std::string::npos);
    }

    struct Wanted {
        const char* source;
        const char* name;
        PostKind kind;
    };
    // What was published after the last poll of a source is not yet known to it.
    const sys_seconds until = calm;
    for (const auto& [id, name, kind] :
         {Wanted{"web", "article", PostKind::article}, Wanted{"fb", "post", PostKind::post},
          Wanted{"ig", "post", PostKind::post}, Wanted{"ig", "story", PostKind::story}}) {
        std::set<std::string> truth;
        std::set<std::string> known;
        const Json all = sandbox::truth(until);
        for (const Json& post : all["posts"]) {
            const sys_seconds at = sandbox::at(post["published"].get<std::string>().c_str());
            if (post["source"] == id && post["kind"] == name && at >= start && at <= until) {
                const bool is_address = kind == PostKind::article;
                truth.insert((is_address ? platforms_->url() : "") + post["id"].get<std::string>());
            }
        }
        for (const std::string& post : stored(id, kind, start)) {
            const auto found = *store_->post(std::string{id} + "/" + post, kKnownToday);
            if (found->post.published <= until) known.insert(post);
        }
        EXPECT_FALSE(truth.empty()) << id << " " << name;
        EXPECT_EQ(known, truth) << id << " " << name;
    }
    for (const char* paper : {"mitti", "norrort", "roslagen"}) {
        std::size_t published = 0;
        for (const sandbox::PressItem* item : sandbox::visible_press(platforms_->state(), paper)) {
            published += item->at >= start && item->at <= until ? 1 : 0;
        }
        std::size_t known = 0;
        for (const std::string& post : stored(paper, PostKind::press, start)) {
            const auto found = *store_->post(std::string{paper} + "/" + post, kKnownToday);
            known += found->post.published <= until ? 1 : 0;
        }
        EXPECT_EQ(known, published) << paper;
    }
}

TEST_F(Simulation, AServerThatFailsOneThatStallsAndADeadTokenDoNotHoldUpTheOthers) {
    platforms_.fault("/press/mitti", "html500");
    platforms_.fault("/press/norrort", "hang");
    platforms_.fault("/graph", "expired_token");
    std::map<std::string, int> well;
    std::map<std::string, int> failed;
    while (now_ < sandbox::at(kStart) + hours{48}) {
        const PollReport report = poll_next();
        ++(report.failures.empty() ? well : failed)[report.source];
    }
    for (const char* id : {"web", "roslagen"}) {
        EXPECT_EQ(failed[id], 0) << id;
        EXPECT_GE(well[id], 20) << id;
        EXPECT_LE(longest_[id], hours{2} + minutes{15}) << id;
    }
    for (const char* id : {"mitti", "norrort", "fb", "ig", "ads"}) {
        EXPECT_EQ(well[id], 0) << id;
        EXPECT_GE(failed[id], 2) << id;
        EXPECT_LE(failed[id], 12) << id;  // it backs off
        EXPECT_FALSE(store_->status(id)->error->what.empty()) << id;
    }
    EXPECT_NE(store_->status("norrort")->error->what.find("timed out"), std::string::npos);
    EXPECT_NE(store_->status("mitti")->error->what.find("500"), std::string::npos);
    EXPECT_NE(store_->status("fb")->error->remedy.find("meta-token"), std::string::npos);
    platforms_->state().clear_faults();
    const sys_seconds mended = now_;
    while (now_ < mended + hours{28}) poll_next();
    for (const ConfiguredSource& s : settings_.sources) {
        EXPECT_EQ(store_->status(s.source.id)->consecutive_failures, 0) << s.source.id;
    }
}

}  // namespace
}  // namespace narvaro
