// How feeds are polled over days: on a turned clock, with a scripted network and a real store.
#include "daemon/poller.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/connectors/run_task.h"
#include "tests/connectors/scripted_http.h"
#include "tests/connectors/web_articles.h"

namespace narvaro {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;

constexpr char kWeb[] = "https://site.example/feed/";
constexpr char kPress[] = "https://press.example/rss";
constexpr char kSister[] = "https://press.example/sport";

using Headers = std::map<std::string, std::string>;

class PollerTest : public testing::Test {
  protected:
    void SetUp() override {
        char name[] = "/tmp/narvaro-poller-XXXXXX";
        folder_ = ::mkdtemp(name);
        add("web", SourceKind::website, kWeb);
        add("press", SourceKind::press, kPress);
        add("sister", SourceKind::press, kSister);
        store_.emplace(*Store::open(folder_ / "narvaro.db", OpenMode::read_write));
        std::vector<Source> sources;
        for (const ConfiguredSource& s : settings_.sources) sources.push_back(s.source);
        ASSERT_TRUE(store_->sync_sources(sources));
        poller_.emplace(http_, settings_, *store_, Environment{});
    }
    void TearDown() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    void add(const char* id, SourceKind kind, const char* address) {
        ConfiguredSource source;
        source.source = {id, kind, address, {}, hours{1}};
        settings_.sources.push_back(std::move(source));
    }
    const ConfiguredSource& source(const std::string& id) const {
        for (const ConfiguredSource& s : settings_.sources) {
            if (s.source.id == id) return s;
        }
        std::abort();
    }
    PollReport poll(const std::string& id) {
        return run(poller_->poll(source(id), PollOrder{now_}));
    }
    SourceStatus status(const std::string& id) { return *store_->status(id); }
    bool last_was_conditional() const { return http_.asked().back().validators.has_value(); }
    /// A feed with the articles `newest` down to 1, and its validators.
    void serve(int newest, Headers headers = {{"etag", "\"a\""}}) {
        http_.then(200, feed_xml(articles(newest, 1)), std::move(headers));
    }
    void serve_moved(int newest, const std::string& to) {
        HttpReply reply = ScriptedHttp::make_reply(200, feed_xml(articles(newest, 1)));
        reply.moved_permanently = true;
        reply.url = to;
        http_.then(std::move(reply));
    }
    static Error offline() {
        return {Fault::offline, "the host name does not resolve", "check DNS", {}};
    }

    std::filesystem::path folder_;
    Settings settings_;
    std::optional<Store> store_;
    ScriptedHttp http_;
    std::optional<Poller> poller_;
    sys_seconds now_ = parse_instant("2021-02-01T12:00:00Z").value();
};

TEST_F(PollerTest, AsksConditionallyAndOnceADayForTheWholeFeed) {
    serve(3);
    poll("web");
    for (int hour = 1; hour < 24; ++hour) {
        now_ += hours{1};
        http_.then(304, "");
        poll("web");
        EXPECT_TRUE(last_was_conditional()) << hour;
    }
    now_ += hours{1};
    serve(3);
    EXPECT_TRUE(poll("web").warnings.empty());
    EXPECT_FALSE(last_was_conditional());
    now_ += hours{1};
    http_.then(304, "");
    poll("web");
    EXPECT_TRUE(last_was_conditional());
}

TEST_F(PollerTest, DistrustsValidatorsThatHidNewsForAMonth) {
    serve(3);
    poll("web");
    now_ += hours{24};
    serve(4);  // the same ETag, another article
    const PollReport report = poll("web");
    EXPECT_EQ(report.posts_new, 1);
    ASSERT_EQ(report.warnings.size(), 1U);
    EXPECT_THAT(report.warnings[0], HasSubstr("nothing was new"));
    for (int day = 0; day < 29; ++day) {
        now_ += hours{23};
        serve(4);
        poll("web");
        EXPECT_FALSE(last_was_conditional()) << day;
    }
    now_ += hours{24 * 3};
    serve(4);
    poll("web");  // the day's whole read
    now_ += hours{1};
    http_.then(304, "");
    poll("web");
    EXPECT_TRUE(last_was_conditional());
}

TEST_F(PollerTest, NewsBehindNewValidatorsIsNoReasonForDistrust) {
    serve(3);
    poll("web");
    now_ += hours{24};
    serve(4, {{"etag", "\"b\""}});
    EXPECT_TRUE(poll("web").warnings.empty());
    now_ += hours{1};
    http_.then(304, "");
    poll("web");
    EXPECT_TRUE(last_was_conditional());
}

TEST_F(PollerTest, HeedsMaxAgeAndTheFeedsOwnTtlAlsoAfterA304) {
    const auto wait = [&] { return *status("press").next_poll - now_; };
    http_.then(200, feed_xml(articles(1, 1)),
               {{"etag", "\"a\""}, {"cache-control", "max-age=18000"}});
    poll("press");
    EXPECT_GE(wait(), hours{5});
    std::string with_ttl = feed_xml(articles(1, 1));
    with_ttl.insert(with_ttl.find("<item>"), "<ttl>180</ttl>");
    now_ += hours{25};
    http_.then(200, with_ttl, {{"etag", "\"a\""}});
    poll("press");
    EXPECT_GE(wait(), hours{3});
    EXPECT_LT(wait(), hours{4});
    now_ += hours{4};
    http_.then(304, "");
    poll("press");
    EXPECT_GE(wait(), hours{3});
    now_ += hours{25};
    serve(1);  // says it no more
    poll("press");
    EXPECT_LT(wait(), hours{2});
}

TEST_F(PollerTest, ATtlOfAYearIsADay) {
    std::string with_ttl = feed_xml(articles(1, 1));
    with_ttl.insert(with_ttl.find("<item>"), "<ttl>99999999999999999999</ttl>");
    http_.then(200, with_ttl);
    poll("press");
    EXPECT_EQ(*status("press").next_poll - now_, hours{24});
}

TEST_F(PollerTest, AForbiddenFeedIsBackedOffButNeverGivenUp) {
    seconds before{0};
    for (int i = 0; i < 4; ++i) {
        http_.then(403, "");
        const PollReport report = poll("press");
        ASSERT_EQ(report.failures.size(), 1U);
        EXPECT_EQ(report.failures[0].fault, Fault::permission);
        const seconds wait = *status("press").next_poll - now_;
        EXPECT_GT(wait, before);
        before = wait;
    }
    for (int i = 0; i < 40; ++i) {
        http_.then(403, "");
        poll("press");
    }
    EXPECT_LE(*status("press").next_poll - now_, hours{27});
    serve(1);
    poll("press");
    EXPECT_EQ(status("press").consecutive_failures, 0);
}

TEST_F(PollerTest, WarningsOfAReadStandOverA304) {
    http_.then(200, feed_xml(articles(1, 1)).substr(0, feed_xml(articles(1, 1)).size() - 20),
               {{"etag", "\"a\""}});
    poll("press");
    const auto warnings = status("press").warnings;
    ASSERT_FALSE(warnings.empty());
    now_ += hours{1};
    http_.then(304, "");
    poll("press");
    EXPECT_EQ(status("press").warnings, warnings);
}

TEST_F(PollerTest, AForcedPollAsksForTheWholeFeed) {
    serve(3);
    poll("web");
    now_ += minutes{1};
    serve(3);
    run(poller_->poll(source("web"), PollOrder{now_, {}, true}));
    EXPECT_FALSE(last_was_conditional());
}

struct BusyCase {
    const char* name;
    long status;
    const char* retry_after;
    std::chrono::seconds wait;
};
class PatienceTest : public PollerTest, public testing::WithParamInterface<BusyCase> {};

TEST_P(PatienceTest, IsKeptForTheWholeHost) {
    const BusyCase& c = GetParam();
    http_.then(c.status, "", {{"retry-after", c.retry_after}});
    EXPECT_EQ(poll("press").failures.size(), 1U);
    const auto asked = http_.asked().size();
    now_ += c.wait - minutes{1};
    const PollReport sister = poll("sister");
    EXPECT_TRUE(sister.put_off);
    EXPECT_TRUE(sister.failures.empty());
    EXPECT_EQ(http_.asked().size(), asked);
    EXPECT_EQ(status("sister").consecutive_failures, 0);
    EXPECT_EQ(status("sister").next_poll, now_ + minutes{1});
    serve(1);
    EXPECT_FALSE(poll("web").put_off);  // another host
    now_ += minutes{2};
    serve(1);
    EXPECT_FALSE(poll("sister").put_off);
    EXPECT_EQ(status("sister").last_success, now_);
}

INSTANTIATE_TEST_SUITE_P(Answers, PatienceTest,
                         testing::Values(BusyCase{"TooManyInSeconds", 429, "7200", hours{2}},
                                         BusyCase{"TooManyAsADate", 429,
                                                  "Mon, 01 Feb 2021 15:00:00 GMT", hours{3}},
                                         BusyCase{"UnavailableInSeconds", 503, "600", minutes{10}},
                                         BusyCase{"AbsurdIsADay", 429, "99999999", hours{24}}),
                         [](const auto& p) { return p.param.name; });

TEST_F(PollerTest, OurOwnNetworkDownIsNoFailureOfTheFeeds) {
    serve(2);
    poll("web");
    now_ += hours{1};
    for (int round = 0; round < 50; ++round) {
        for (const char* id : {"web", "press"}) {
            http_.then(tl::unexpected{offline()});
            const PollReport report = poll(id);
            EXPECT_TRUE(report.network_down) << round << id;
            EXPECT_EQ(report.failures.size(), 1U);
            EXPECT_EQ(status(id).consecutive_failures, 0);
            EXPECT_EQ(status(id).next_poll, now_ + minutes{5});
        }
        now_ += minutes{5};
    }
    EXPECT_TRUE(poller_->network_down_since());
    serve(2);
    EXPECT_FALSE(poll("web").network_down);
    EXPECT_FALSE(poller_->network_down_since());
}

TEST_F(PollerTest, AHostThatIsGoneWhileOthersAnswerIsItsOwnFailure) {
    serve(2);
    poll("web");
    now_ += minutes{1};
    http_.then(tl::unexpected{offline()});
    EXPECT_FALSE(poll("press").network_down);
    EXPECT_EQ(status("press").consecutive_failures, 1);
}

TEST_F(PollerTest, AnOnlyHostIsGivenThreeTries) {
    for (int tries = 1; tries <= 3; ++tries) {
        http_.then(tl::unexpected{offline()});
        EXPECT_EQ(poll("web").network_down, tries < 3) << tries;
        now_ += minutes{5};
    }
    EXPECT_EQ(status("web").consecutive_failures, 1);
}

constexpr char kNewHome[] = "https://new.example/feed/";

TEST_F(PollerTest, APermanentRedirectIsTakenOverAfterThreeDaysOfProof) {
    serve(2);
    poll("web");
    for (int day = 0; day < 3; ++day) {
        for (int often = 0; often < (day < 2 ? 3 : 1); ++often) {  // a day counts once
            now_ += hours{1};
            serve_moved(2, kNewHome);
            poll("web");
            EXPECT_EQ(http_.urls().back(), kWeb);
        }
        now_ += hours{21};
    }
    serve(3);
    const PollReport report = poll("web");
    EXPECT_EQ(http_.urls().back(), kNewHome);
    EXPECT_EQ(report.posts_new, 1);
    ASSERT_FALSE(report.warnings.empty());
    EXPECT_THAT(report.warnings.back(), HasSubstr("new.example/feed/"));
    EXPECT_EQ(status("web").moved_to, kNewHome);
    EXPECT_EQ(status("web").address, kWeb);  // the admin's file is the admin's
}

TEST_F(PollerTest, AnAnswerAtTheOldAddressEndsTheMove) {
    serve(2);
    poll("web");
    for (int day = 0; day < 2; ++day) {
        now_ += hours{24};
        serve_moved(2, kNewHome);
        poll("web");
    }
    now_ += hours{24};
    serve(2);
    poll("web");
    EXPECT_EQ(status("web").moved_to, "");
    now_ += hours{24};
    serve_moved(2, kNewHome);
    poll("web");
    EXPECT_EQ(status("web").moved_days, 1);
}

TEST_F(PollerTest, ACaptivePortalProvesNothing) {
    serve(2);
    poll("web");
    for (int day = 0; day < 5; ++day) {
        now_ += hours{24};
        HttpReply portal = ScriptedHttp::make_reply(200, feed_xml(articles(500, 499)));
        portal.moved_permanently = true;
        portal.url = "https://portal.example/feed";
        http_.then(std::move(portal));
        poll("web");
        if (day == 0) EXPECT_EQ(status("web").moved_to, "");  // none of its posts was known
        now_ += hours{1};
        http_.then(200, "<html><body>Logga in</body></html>", {{"content-type", "text/html"}});
        EXPECT_EQ(poll("web").failures.size(), 1U);
    }
    now_ += hours{24};
    serve(2);
    poll("web");
    EXPECT_EQ(http_.urls().back(), kWeb);
}

TEST_F(PollerTest, AMoveToAnotherConfiguredFeedIsNeverTakenOver) {
    serve(2);
    poll("press");
    for (int day = 0; day < 6; ++day) {
        now_ += hours{24};
        serve_moved(2, kSister);
        poll("press");
        EXPECT_EQ(http_.urls().back(), kPress);
    }
}

TEST_F(PollerTest, ADeadNewAddressSendsUsBackToTheOldOne) {
    serve(2);
    poll("web");
    for (int day = 0; day < 3; ++day) {
        now_ += hours{24};
        serve_moved(2, kNewHome);
        poll("web");
    }
    now_ += hours{24};
    http_.then(404, "");
    poll("web");
    EXPECT_EQ(http_.urls().back(), kNewHome);
    now_ += hours{24};
    serve(2);
    poll("web");
    EXPECT_EQ(http_.urls().back(), kWeb);
}

TEST_F(PollerTest, ATwoHundredThatIsNoFeedChangesNothingStored) {
    serve(2);
    poll("web");
    const Validators before = status("web").validators;
    for (const char* body :
         {"<html><body>Underhåll</body></html>", R"({"error":"down"})", "", "  \n"}) {
        now_ += hours{1};
        http_.then(200, body, {{"etag", "\"trap\""}});
        EXPECT_EQ(poll("web").failures.size(), 1U) << body;
        EXPECT_EQ(status("web").validators, before) << body;
    }
    EXPECT_EQ(store_->sample_at({"web", "posts", "", ""}, now_, {now_})->value().value, 2);
}

TEST_F(PollerTest, AWebsiteThatHasJustPublishedIsLookedAtAgainSoon) {
    serve(2);
    poll("web");
    EXPECT_GE(*status("web").next_poll, now_ + hours{1});
    now_ += hours{1};
    const sys_seconds published = now_;
    serve(3, {{"etag", "\"b\""}});
    poll("web");
    for (const int minute : {1, 5, 15}) {
        EXPECT_EQ(*status("web").next_poll, published + minutes{minute});
        now_ = *status("web").next_poll;
        http_.then(304, "");
        poll("web");
    }
    EXPECT_GE(*status("web").next_poll, now_ + hours{1});
}

TEST_F(PollerTest, APressFeedIsNotLookedAtOftenerForItsNews) {
    serve(2);
    poll("press");
    now_ += hours{1};
    serve(3, {{"etag", "\"b\""}});
    poll("press");
    EXPECT_GE(*status("press").next_poll, now_ + hours{1});
}

}  // namespace
}  // namespace narvaro
