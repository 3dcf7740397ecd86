#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/follower_cities.h"
#include "connectors/instagram_parse.h"
#include "tests/connectors/fake_meta.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kAccount[] = "17841400000000001";

std::string at(const std::string& edge) { return std::string{kAccount} + "/" + edge; }

/// Insights by breakdown and the account's two kinds of questions share a path, so they are told
/// apart here.
class FakeInstagram : public FakeMeta {
  public:
    Task<Result<HttpReply>> get(HttpRequest request) override {
        HttpReply reply;
        reply.status = 200;
        const bool country = request.url.find("breakdown=country") != std::string::npos;
        const bool discovery = request.url.find("business_discovery") != std::string::npos;
        Result<HttpReply> answer = co_await FakeMeta::get(std::move(request));
        if (country && !country_answer.empty() && answer) answer->body = country_answer;
        if (discovery) {
            reply.status = discovery_status;
            reply.body = discovery_answer;
            co_return reply;
        }
        co_return answer;
    }
    std::string country_answer;
    std::string discovery_answer;
    long discovery_status = 200;
};

class InstagramAccount : public testing::Test {
  protected:
    void prepare_all() {
        meta.on(kAccount, test_file("account.json"))
            .on(at("media"), test_file("media.json"))
            .on(at("stories"), test_file("stories.json"))
            .on(at("collaborative_media"), test_file("collaborations.json"))
            .on(at("tags"), test_file("tags.json"))
            .on(at("tags"), R"({"data":[]})")
            .on(at("insights"), test_file("demographics_city.json"))
            .on("18000000000000001/collaborators", test_file("collaborators.json"));
        meta.country_answer = test_file("demographics_country.json");
        meta.discovery_answer = test_file("discovery.json");
    }
    static PollRequest request() {
        PollRequest r = meta_request(SourceKind::instagram, kAccount);
        r.source.watch = {"ungvanster"};
        return r;
    }
    Result<Observations> poll() { return run(poll_instagram(meta, request())); }
    FakeInstagram meta;
};

TEST_F(InstagramAccount, GivesNumbersCitiesAndCountries) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen) << seen.error().what;
    EXPECT_EQ(sample_value(*seen, "followers"), 640);
    EXPECT_EQ(sample_value(*seen, "following"), 80);
    EXPECT_EQ(sample_value(*seen, "posts"), 210);
    EXPECT_EQ(sample_value(*seen, "followers", "ungvanster"), 10500);
    EXPECT_EQ(sample_value(*seen, "followers_city", "Vallentuna, Stockholm County"), 210);
    EXPECT_EQ(sample_value(*seen, "followers_local"), 215);
    EXPECT_EQ(sample_value(*seen, "followers_country", "SE"), 600);
    for (const Sample& sample : seen->samples) EXPECT_EQ(sample.at, kFakeNow);
    EXPECT_THAT(seen->gaps, IsEmpty());
    EXPECT_THAT(seen->problems, IsEmpty());
    EXPECT_LE(meta.asked().size(), 12U);
}

TEST_F(InstagramAccount, KeepsEachKindOfPostAndOnlyOrganisations) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen);
    const Post& own = *find_post(*seen, "18000000000000001");
    EXPECT_EQ(own.kind, PostKind::post);
    EXPECT_EQ(own.media_type, "CAROUSEL_ALBUM");
    EXPECT_THAT(own.mentions, ElementsAre("UngVanster", "ungvanster.stockholm"));
    EXPECT_FALSE(own.mentions_partial);
    EXPECT_EQ(own.reactions, 12);
    EXPECT_EQ(own.shares, 2);
    const Post& older = *find_post(*seen, "18000000000000002");
    EXPECT_EQ(older.text, "");
    EXPECT_FALSE(older.reactions);
    EXPECT_EQ(older.comments, 0);
    EXPECT_TRUE(older.mentions_partial);
    EXPECT_EQ(find_post(*seen, "18000000000000003")->kind, PostKind::story);
    EXPECT_EQ(find_post(*seen, "18000000000000004")->kind, PostKind::collaboration);
    EXPECT_THAT(find_post(*seen, "18000000000000004")->mentions, ElementsAre("ungvanster"));
    EXPECT_THAT(find_post(*seen, "18000000000000005")->mentions, IsEmpty());
    EXPECT_EQ(find_post(*seen, "18000000000000006"), nullptr);
    EXPECT_EQ(find_post(*seen, "18000000000000007")->kind, PostKind::tag);
    EXPECT_EQ(find_post(*seen, "17900000000000001")->kind, PostKind::watched);
    EXPECT_THAT(find_post(*seen, "17900000000000001")->mentions, ElementsAre("ungvanster"));
    for (const Post& post : seen->posts) {
        for (const std::string& mention : post.mentions) {
            EXPECT_THAT(mention, Not(HasSubstr("anna")));
        }
    }
}

TEST_F(InstagramAccount, AsksForCollaboratorsOfNewMediaOnly) {
    prepare_all();
    ASSERT_TRUE(poll());
    EXPECT_EQ(meta.asked("18000000000000001/collaborators").size(), 1U);
    EXPECT_THAT(meta.asked("18000000000000002/collaborators"), IsEmpty());
}

TEST_F(InstagramAccount, ClaimsWhatItReadOfItsMedia) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->complete,
                ElementsAre(CompleteRead{PostKind::post, *parse_instant("2026-11-01T10:00:00Z")}));
}

TEST_F(InstagramAccount, ClaimsNothingOfMediaOutOfOrder) {
    meta.on(at("media"), R"({"data":[{"id":"1","timestamp":"2026-11-01T00:00:00+0000"},
                                     {"id":"2","timestamp":"2026-11-02T00:00:00+0000"}]})");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->posts.size(), 2U);
    EXPECT_THAT(seen->complete, IsEmpty());
}

TEST_F(InstagramAccount, ClaimsNothingOfAMediaListThatIsSuddenlyEmpty) {
    meta.on(kAccount, test_file("account.json")).on(at("media"), R"({"data":[]})");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->complete, IsEmpty());
}

struct EdgeCase {
    const char* name;
    const char* edge;
    const char* metric;
    const char* permission;
};

class EdgeThatFails : public testing::TestWithParam<EdgeCase> {};

TEST_P(EdgeThatFails, LeavesAGapAndTheOthers) {
    FakeInstagram meta;
    meta.on(kAccount, test_file("account.json"))
        .error(at(GetParam().edge), 10, 0, "(#10) Application does not have permission");
    meta.discovery_answer = test_file("discovery.json");
    const auto seen = run(poll_instagram(meta, meta_request(SourceKind::instagram, kAccount)));
    ASSERT_TRUE(seen);
    EXPECT_EQ(sample_value(*seen, "followers"), 640);
    EXPECT_EQ(gap_reason(*seen, GetParam().metric), GapReason::forbidden);
    ASSERT_FALSE(seen->problems.empty());
    EXPECT_THAT(seen->problems[0].remedy, HasSubstr(GetParam().permission));
}

INSTANTIATE_TEST_SUITE_P(
    Edges, EdgeThatFails,
    testing::Values(EdgeCase{"Media", "media", "media", "instagram_basic"},
                    EdgeCase{"Stories", "stories", "stories", "instagram_basic"},
                    EdgeCase{"Tags", "tags", "tags", "instagram_manage_comments"},
                    EdgeCase{"Collaborations", "collaborative_media", "collaborations",
                             "instagram_basic"},
                    EdgeCase{"Cities", "insights", "followers_city", "instagram_manage_insights"}),
    [](const auto& info) { return info.param.name; });

TEST_F(InstagramAccount, TakesAWatchedAccountThatIsGoneForAnAnswer) {
    prepare_all();
    meta.discovery_status = 400;
    meta.discovery_answer =
        R"({"error":{"message":"Invalid user id","type":"OAuthException","code":110,
            "error_subcode":2207013}})";
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->problems, IsEmpty());
    EXPECT_EQ(gap_reason(*seen, "watched", "ungvanster"), GapReason::failed);
    EXPECT_EQ(seen->warnings.size(), 1U);
}

TEST_F(InstagramAccount, DoesNotAskWhereFewerThanAHundredLive) {
    meta.on(kAccount, R"({"id":"1","username":"exempel","followers_count":99})");
    const auto seen = run(poll_instagram(meta, meta_request(SourceKind::instagram, kAccount)));
    ASSERT_TRUE(seen);
    EXPECT_EQ(gap_reason(*seen, "followers_city"), GapReason::below_threshold);
    EXPECT_EQ(gap_reason(*seen, "followers_local"), GapReason::below_threshold);
    EXPECT_THAT(meta.asked(at("insights")), IsEmpty());
}

TEST_F(InstagramAccount, TellsAnEmptyListOfALargeAccountFromASmallOne) {
    meta.on(kAccount, test_file("account.json"));
    const auto seen = run(poll_instagram(meta, meta_request(SourceKind::instagram, kAccount)));
    ASSERT_TRUE(seen);
    EXPECT_EQ(gap_reason(*seen, "followers_city"), GapReason::failed);
    EXPECT_FALSE(sample_value(*seen, "followers_local"));
}

/// What a poll remembers of the places of followers: "city=ok country=empty ".
std::string remembered(const Observations& seen) {
    std::string all;
    for (const JudgedMetric& one : seen.judged_metrics) {
        all += one.name.substr(one.name.rfind(' ') + 1) + "=" +
               std::to_string(static_cast<int>(one.verdict)) + " ";
    }
    return all;
}

class FollowersPlaces : public InstagramAccount {
  protected:
    Observations poll_with(std::vector<JudgedMetric> known) {
        PollRequest r = request();
        r.judged_metrics = std::move(known);
        const auto seen = run(poll_instagram(meta, r));
        EXPECT_TRUE(seen);
        return seen.value_or(Observations{});
    }
    static JudgedMetric judged(const char* by, MetricVerdict verdict, date::days ago) {
        return {std::string{"follower_demographics by "} + by, verdict, kFakeNow - ago, "no"};
    }
};

TEST_F(FollowersPlaces, LeaveAVerdictThatIsRemembered) {
    prepare_all();
    const std::string ok = std::to_string(static_cast<int>(MetricVerdict::ok));
    EXPECT_EQ(remembered(poll_with({})), "city=" + ok + " country=" + ok + " ");
    meta.country_answer = R"({"data":[]})";
    const std::string empty = std::to_string(static_cast<int>(MetricVerdict::empty));
    EXPECT_EQ(remembered(poll_with({})), "city=" + ok + " country=" + empty + " ");
}

TEST_F(FollowersPlaces, CostNoCallWhileTheyAreKnownToBeForbidden) {
    prepare_all();
    const Observations seen = poll_with({judged("city", MetricVerdict::forbidden, date::days{6}),
                                         judged("country", MetricVerdict::ok, date::days{6})});
    EXPECT_EQ(meta.asked(at("insights")).size(), 1U);
    EXPECT_EQ(gap_reason(seen, "followers_city"), GapReason::forbidden);
    EXPECT_EQ(gap_reason(seen, "followers_local"), GapReason::forbidden);
    EXPECT_EQ(sample_value(seen, "followers_country", "SE"), 600);
}

TEST_F(FollowersPlaces, AreAskedForAgainAfterSevenDays) {
    prepare_all();
    const Observations seen = poll_with({judged("city", MetricVerdict::forbidden, date::days{7})});
    EXPECT_EQ(meta.asked(at("insights")).size(), 2U);
    EXPECT_EQ(sample_value(seen, "followers_local"), 215);
}

TEST_F(FollowersPlaces, AreNotJudgedByANetworkThatFails) {
    meta.on(kAccount, test_file("account.json"))
        .error(at("insights"), 2, 0, "Service temporarily unavailable", 500);
    EXPECT_EQ(remembered(poll_with({})), "");
}

/// Meta answers a missing permission with several codes; each means the same.
class MissingPermission : public testing::TestWithParam<int> {};

TEST_P(MissingPermission, IsForbiddenWhateverItsCode) {
    FakeInstagram meta;
    meta.on(kAccount, test_file("account.json"))
        .error(at("insights"), GetParam(), 0, "(#n) Requires instagram_manage_insights", 403);
    meta.discovery_answer = test_file("discovery.json");
    const auto seen = run(poll_instagram(meta, meta_request(SourceKind::instagram, kAccount)));
    ASSERT_TRUE(seen);
    EXPECT_EQ(gap_reason(*seen, "followers_city"), GapReason::forbidden);
    EXPECT_EQ(gap_reason(*seen, "followers_country"), GapReason::forbidden);
    EXPECT_EQ(sample_value(*seen, "followers"), 640);
    ASSERT_FALSE(seen->problems.empty());
    EXPECT_THAT(seen->problems[0].remedy, HasSubstr("instagram_manage_insights"));
}

INSTANTIATE_TEST_SUITE_P(Codes, MissingPermission, testing::Values(3, 10, 200, 294));

TEST_F(InstagramAccount, FailsAsAWholeForATokenThatEndsMidway) {
    prepare_all();
    FakeInstagram other;
    other.on(kAccount, test_file("account.json")).error(at("media"), 190, 460, "changed");
    const auto seen = run(poll_instagram(other, request()));
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().fault, Fault::auth);
}

TEST_F(InstagramAccount, RefusesAWatchedNameThatIsNone) {
    PollRequest r = request();
    r.source.watch = {"x){id},y("};
    const auto seen = run(poll_instagram(meta, r));
    ASSERT_TRUE(seen);
    ASSERT_EQ(seen->problems.size(), 1U);
    EXPECT_EQ(seen->problems[0].fault, Fault::config);
    for (const MetaRequest& one : meta.asked()) {
        EXPECT_THAT(one.sent.url, Not(HasSubstr("business_discovery")));
    }
}

TEST_F(InstagramAccount, IsFilledBackByAllItsLists) {
    prepare_all();
    PollRequest r = request();
    r.since = *parse_instant("2026-11-05T00:00:00Z");
    std::vector<Post> posts;
    const auto done = run(backfill_instagram(meta, r, [&](Observations page) -> Result<void> {
        EXPECT_EQ(page.cursor, "");
        posts.insert(posts.end(), page.posts.begin(), page.posts.end());
        return {};
    }));
    ASSERT_TRUE(done) << done.error().what;
    std::vector<std::string> ids;
    for (const Post& post : posts) ids.push_back(post.remote_id);
    EXPECT_THAT(ids, ElementsAre("18000000000000001", "18000000000000004", "18000000000000005",
                                 "18000000000000007", "17900000000000001"));
}

TEST_F(InstagramAccount, SaysThatItsOwnMediaWereNotReadToTheEnd) {
    meta.on(kAccount, test_file("account.json")).error(at("media"), 10, 0, "(#10) no");
    const auto done = run(backfill_instagram(
        meta, request(), [](const Observations&) -> Result<void> { return {}; }));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().fault, Fault::permission);
}

TEST(InstagramMedia, AreReadFromTheRecordedAnswers) {
    const Organisations nobody{{}};
    for (const auto& [name, count] : std::vector<std::pair<std::string, std::size_t>>{
             {"ig_media_page1.json", 2}, {"ig_media_page2.json", 2}}) {
        std::ifstream file{std::string{NARVARO_SHARED_TESTDATA} + "/meta/" + name};
        if (!file) GTEST_SKIP() << "no shared test data";
        std::ostringstream text;
        text << file.rdbuf();
        MediaReader reader{nobody, "facebookfordevelopers"};
        const auto posts = reader.own_media(list_at(*parse_graph_json(text.str()), "data"));
        EXPECT_EQ(posts.size(), count) << name;
        EXPECT_EQ(reader.unreadable(), 0);
        for (const Post& post : posts) EXPECT_TRUE(post.published);
    }
}

TEST(InstagramTags, WithoutAnOwnersNameAreNotKept) {
    std::ifstream file{std::string{NARVARO_SHARED_TESTDATA} + "/meta/ig_tags.json"};
    if (!file) GTEST_SKIP() << "no shared test data";
    std::ostringstream text;
    text << file.rdbuf();
    const Organisations known{{"ungvanster*"}};
    MediaReader reader{known, "exempel"};
    EXPECT_TRUE(reader.tags(list_at(*parse_graph_json(text.str()), "data")).empty());
}

}  // namespace
}  // namespace narvaro
