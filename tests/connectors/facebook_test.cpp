#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/facebook_parse.h"
#include "connectors/follower_cities.h"
#include "tests/connectors/fake_meta.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class FacebookPage : public testing::Test {
  protected:
    void prepare_all() {
        meta.on("1000", test_file("page.json"))
            .on("1000/published_posts", test_file("posts_page1.json"))
            .on("1000/published_posts", test_file("posts_page2.json"))
            .on("1000/insights", test_file("page_cities.json"));
    }
    Result<Observations> poll() {
        return run(poll_facebook(meta, meta_request(SourceKind::facebook, "1000")));
    }
    FakeMeta meta;
};

TEST_F(FacebookPage, GivesItsNumbersPostsAndCities) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen) << seen.error().what;
    EXPECT_EQ(sample_value(*seen, "followers"), 1182);
    EXPECT_EQ(sample_value(*seen, "fans"), 1100);
    EXPECT_EQ(sample_value(*seen, "followers_city", "Vallentuna, Sweden"), 62);
    EXPECT_EQ(sample_value(*seen, "followers_local"), 65);  // Vallentuna, and the mangled Åby
    for (const Sample& sample : seen->samples) {
        const bool city = sample.metric.starts_with("followers_");
        EXPECT_EQ(sample.at, city ? parse_instant("2026-11-20T08:00:00Z") : kFakeNow);
    }
    EXPECT_EQ(seen->posts.size(), 4U);
    EXPECT_THAT(seen->problems, IsEmpty());
    EXPECT_THAT(seen->gaps, IsEmpty());
    EXPECT_FALSE(seen->cursor);
    EXPECT_EQ(meta.asked().size(), 4U);
}

TEST_F(FacebookPage, IsAskedAsTheReferenceSays) {
    prepare_all();
    ASSERT_TRUE(poll());
    const MetaRequest cities = meta.asked("1000/insights").front();
    EXPECT_EQ(cities.query.at("metric"), "page_follows_city");
    EXPECT_EQ(cities.query.at("period"), "day");
    EXPECT_EQ(cities.query.at("since"), "1794960000");  // 2026-11-18T00:00:00Z
    EXPECT_EQ(cities.query.at("until"), "1795305600");  // 2026-11-22T00:00:00Z
    EXPECT_EQ(meta.asked("1000/published_posts").front().query.at("limit"), "25");
    for (const MetaRequest& one : meta.asked()) {
        EXPECT_THAT(one.sent.url, Not(HasSubstr(kFakeToken)));
        EXPECT_EQ(one.sent.bearer.reveal(), kFakeToken);
        for (const char* name : {"ids", "date_format", "pretty", "debug", "access_token"}) {
            EXPECT_FALSE(one.query.contains(name)) << name;
        }
        for (const auto& header : one.sent.headers) EXPECT_NE(header.first, "If-None-Match");
    }
}

TEST_F(FacebookPage, KeepsWhatAPostSaysAndNothingOfPrivatePersons) {
    prepare_all();
    const auto seen = poll();
    ASSERT_TRUE(seen);
    const Post& photo = *find_post(*seen, "1000_10");
    EXPECT_EQ(photo.text, "Möte på torsdag 🌹 https://vallentuna.example/mote.");
    EXPECT_EQ(photo.published, parse_instant("2026-11-02T17:04:11Z"));
    EXPECT_EQ(photo.media_type, "photo");
    EXPECT_THAT(photo.links, ElementsAre("https://vallentuna.example/mote"));
    EXPECT_EQ(photo.shares, 3);
    EXPECT_EQ(photo.reactions, 41);
    EXPECT_EQ(photo.comments, 5);

    const Post& share = *find_post(*seen, "1000_11");
    EXPECT_EQ(share.text, "");
    EXPECT_EQ(share.url, "https://www.facebook.com/1000/posts/11/");
    EXPECT_EQ(share.parent_id, "200000000000002_7");
    EXPECT_THAT(share.mentions, ElementsAre("ungvanster", "200000000000002"));
    EXPECT_EQ(share.media_type, "share");
    EXPECT_EQ(share.shares, 0);
    EXPECT_FALSE(share.comments);

    const Post& link = *find_post(*seen, "1000_12");
    EXPECT_THAT(link.links, ElementsAre("https://mitti.example/buss"));
    EXPECT_THAT(link.mentions, ElementsAre("Mitti Vallentuna", "555"));
    EXPECT_FALSE(link.parent_id);  // a private person's id is its beginning
    EXPECT_EQ(find_post(*seen, "100013")->media_type, "video");
    EXPECT_EQ(find_post(*seen, "1000_14"), nullptr);
    for (const Post& post : seen->posts) {
        std::string all = post.text + post.url + post.parent_id.value_or("");
        for (const auto& one : post.links) all += one;
        for (const auto& one : post.mentions) all += one;
        EXPECT_THAT(all, Not(HasSubstr("4711")));
        EXPECT_THAT(all, Not(HasSubstr("emlig")));
    }
    EXPECT_THAT(seen->warnings, ElementsAre("1 posts of the Page came without an id and were left "
                                            "out"));
}

TEST_F(FacebookPage, ClaimsAWholeReadOnlyAtTheListsOwnEnd) {
    meta.on("1000/published_posts",
            R"({"data":[{"id":"1","created_time":"2026-11-02T00:00:00+0000"},
                        {"id":"2","created_time":"2026-10-02T00:00:00+0000"}]})");
    auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->complete,
                ElementsAre(CompleteRead{PostKind::post, *parse_instant("2026-10-02T00:00:00Z")}));
    FakeMeta endless;
    for (int i = 0; i < 12; ++i) {
        const std::string n = std::to_string(i);
        endless.on("1000/published_posts", R"({"data":[{"id":")" + n +
                                               R"(","created_time":"2026-10-02T00:00:00+0000"}],
                       "paging":{"next":")" + kFakeApi +
                                               "/1000/published_posts?after=" + n + "\"}}");
    }
    seen = run(poll_facebook(endless, meta_request(SourceKind::facebook, "1000")));
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->complete, IsEmpty());
    EXPECT_LE(endless.asked().size(), 20U);
}

TEST_F(FacebookPage, ClaimsNothingOfAListThatIsSuddenlyEmpty) {
    meta.on("1000", test_file("page.json")).on("1000/published_posts", R"({"data":[]})");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_THAT(seen->complete, IsEmpty());
    EXPECT_THAT(seen->problems, IsEmpty());
}

TEST_F(FacebookPage, TellsAGapWhereANumberIsAbsent) {
    meta.on("1000", R"({"id":"1000","followers_count":null})");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_FALSE(sample_value(*seen, "followers"));
    EXPECT_EQ(gap_reason(*seen, "followers"), GapReason::failed);
    EXPECT_EQ(gap_reason(*seen, "fans"), GapReason::failed);
}

TEST_F(FacebookPage, TakesEmptyCitiesAsAGapAfterAllPeriods) {
    meta.on("1000", test_file("page.json"));
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_EQ(gap_reason(*seen, "followers_city"), GapReason::failed);
    EXPECT_EQ(gap_reason(*seen, "followers_local"), GapReason::failed);
    EXPECT_FALSE(sample_value(*seen, "followers_local"));
    EXPECT_THAT(seen->gaps.front().detail, HasSubstr("read_insights"));
    std::vector<std::string> periods;
    for (const auto& one : meta.asked("1000/insights")) periods.push_back(one.query.at("period"));
    EXPECT_THAT(periods, ElementsAre("day", "week", "lifetime"));
}

struct CityFault {
    const char* name;
    int code;
    const char* message;
    GapReason reason;
    bool problem;
};

class CitiesThatFail : public testing::TestWithParam<CityFault> {};

TEST_P(CitiesThatFail, LeaveAGapAndTheRest) {
    FakeMeta meta;
    meta.on("1000", test_file("page.json"))
        .error("1000/insights", GetParam().code, 0, GetParam().message);
    const auto seen = run(poll_facebook(meta, meta_request(SourceKind::facebook, "1000")));
    ASSERT_TRUE(seen);
    EXPECT_EQ(sample_value(*seen, "followers"), 1182);
    EXPECT_EQ(gap_reason(*seen, "followers_city"), GetParam().reason);
    EXPECT_EQ(gap_reason(*seen, "followers_local"), GetParam().reason);
    EXPECT_EQ(!seen->problems.empty(), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, CitiesThatFail,
    testing::Values(CityFault{"Small", 2874008, "", GapReason::below_threshold, false},
                    CityFault{"Retired", 100, "(#100) The value must be a valid insights metric",
                              GapReason::retired, false},
                    CityFault{"Forbidden", 200, "(#200) no", GapReason::forbidden, true},
                    CityFault{"Down", 2, "Service unavailable", GapReason::failed, true}),
    [](const auto& info) { return info.param.name; });

TEST_F(FacebookPage, ReadsPostsWithoutCountsWhereTheseAreForbidden) {
    meta.error("1000/published_posts", 10, 0, "(#10) requires pages_manage_posts")
        .on("1000/published_posts", test_file("posts_page2.json"));
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->posts.size(), 1U);
    EXPECT_EQ(gap_reason(*seen, "reactions"), GapReason::forbidden);
    EXPECT_EQ(gap_reason(*seen, "comments"), GapReason::forbidden);
    ASSERT_EQ(seen->problems.size(), 1U);
    EXPECT_THAT(seen->problems[0].remedy, HasSubstr("pages_read_user_content"));
    EXPECT_THAT(meta.asked("1000/published_posts")[1].query.at("fields"),
                Not(HasSubstr("summary")));
}

TEST_F(FacebookPage, FailsAsAWholeForARefusedToken) {
    meta.error("1000", 190, 463, "Session has expired on Monday");
    const auto seen = poll();
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().fault, Fault::auth);
    EXPECT_EQ(meta.asked().size(), 1U);
}

TEST_F(FacebookPage, StopsAtALimitAndKeepsWhatItHas) {
    meta.on("1000", test_file("page.json"));
    meta.error("1000/published_posts", 4, 0, "(#4) Application request limit reached", 403);
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_EQ(sample_value(*seen, "followers"), 1182);
    ASSERT_EQ(seen->problems.size(), 1U);
    EXPECT_EQ(seen->problems[0].fault, Fault::rate_limited);
    EXPECT_EQ(seen->ask_again_after, std::chrono::minutes{60});
    EXPECT_EQ(meta.asked().size(), 2U);
}

TEST_F(FacebookPage, FailsWhenNothingCouldBeRead) {
    for (const char* path : {"1000", "1000/published_posts", "1000/insights"}) {
        meta.error(path, 100, 33, "Unsupported get request.");
    }
    const auto seen = poll();
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().fault, Fault::permission);
    EXPECT_EQ(meta.asked().size(), 3U);
}

TEST_F(FacebookPage, RefusesANextPageOnAForeignHostAndSaysSo) {
    meta.on("1000/published_posts",
            R"({"data":[{"id":"1000_1","created_time":"2026-11-02T00:00:00+0000"}],
                "paging":{"next":"https://evil.example/v26.0/x?access_token=T"}})");
    const auto seen = poll();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->posts.size(), 1U);
    EXPECT_THAT(seen->complete, IsEmpty());
    ASSERT_EQ(seen->problems.size(), 1U);
    EXPECT_EQ(seen->problems[0].fault, Fault::refused);
    for (const MetaRequest& one : meta.asked()) {
        EXPECT_TRUE(one.sent.url.starts_with(kFakeApi)) << one.sent.url;
    }
}

/// A page of 25 posts, a day apart, the newest `first` days before now.
std::string page_of_posts(int first, bool last) {
    std::string body = R"({"data":[)";
    for (int i = 0; i < 25; ++i) {
        const sys_seconds at = kFakeNow - date::days{first + i};
        body += (i > 0 ? "," : "") + std::string{R"({"id":"1000_)"} + std::to_string(first + i) +
                R"(","created_time":")" + date::format("%FT%T+0000", at) + "\"}";
    }
    body += R"(],"paging":{"cursors":{"after":")" + std::to_string(first) + "\"}";
    if (!last) {
        body += R"(,"next":")" + std::string{kFakeApi} +
                "/1000/published_posts?limit=25&after=" + std::to_string(first) + "\"";
    }
    return body + "}}";
}

TEST_F(FacebookPage, IsFilledBackToTheDayPageByPage) {
    for (int first = 0; first < 2000; first += 25) {
        meta.on("1000/published_posts", page_of_posts(first, false));
    }
    PollRequest request = meta_request(SourceKind::facebook, "1000");
    request.since = kFakeNow - date::days{730};
    std::size_t posts = 0;
    int pages = 0;
    const Sink sink = [&](Observations page) -> Result<void> {
        ++pages;
        posts += page.posts.size();
        EXPECT_EQ(page.cursor, "");
        EXPECT_TRUE(page.complete.empty());
        for (const Post& post : page.posts) EXPECT_GE(*post.published, request.since);
        return {};
    };
    const auto done = run(backfill_facebook(meta, request, sink));
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(posts, 731U);
    EXPECT_EQ(pages, 31);  // the last of them is wholly older
    EXPECT_EQ(meta.asked().size(), 31U);
}

TEST_F(FacebookPage, EndsItsBackfillWhenAPageCannotBeStored) {
    meta.on("1000/published_posts", page_of_posts(0, false));
    const auto done = run(backfill_facebook(
        meta, meta_request(SourceKind::facebook, "1000"),
        [](const Observations&) -> Result<void> { return fail(Fault::storage, "disk full"); }));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().fault, Fault::storage);
    EXPECT_EQ(meta.asked().size(), 1U);
}

TEST(FollowerCities, ProveNoLocalFollowersOnlyInAListThatIsNotFull) {
    Places places;
    places.groups["local"] = {"Vallentuna"};
    FollowerPlaces cities{{}, kFakeNow};
    for (int i = 0; i < 44; ++i) cities.counts["Town" + std::to_string(i) + ", Sweden"] = 2;
    Observations seen;
    add_city_samples(cities, places, seen);
    EXPECT_EQ(sample_value(seen, "followers_local"), 0);
    cities.counts["Another, Sweden"] = 2;
    Observations full;
    add_city_samples(cities, places, full);
    EXPECT_FALSE(sample_value(full, "followers_local"));
    EXPECT_EQ(gap_reason(full, "followers_local"), GapReason::below_threshold);
    Observations nowhere;
    add_city_samples(cities, Places{}, nowhere);
    EXPECT_EQ(nowhere.samples.size(), 45U);
    EXPECT_TRUE(nowhere.gaps.empty());
}

TEST(FollowerCities, AreReadFromTheRecordedAnswer) {
    std::ifstream file{std::string{NARVARO_SHARED_TESTDATA} + "/meta/page_insights_city.json"};
    if (!file) GTEST_SKIP() << "no shared test data";
    std::ostringstream text;
    text << file.rdbuf();
    const auto cities =
        newest_page_places(*parse_graph_json(text.str()), "page_fans_city", kFakeNow);
    ASSERT_TRUE(cities);
    EXPECT_EQ(cities->counts.size(), 45U);
    EXPECT_LT(cities->at, kFakeNow);
}

TEST(PagePosts, AreReadFromTheRecordedAnswers) {
    for (const auto& [name, count] : std::vector<std::pair<std::string, std::size_t>>{
             {"posts_page1.json", 5}, {"posts_page2.json", 5}}) {
        std::ifstream file{std::string{NARVARO_SHARED_TESTDATA} + "/meta/" + name};
        if (!file) GTEST_SKIP() << "no shared test data";
        std::ostringstream text;
        text << file.rdbuf();
        int unreadable = 0;
        const auto posts = parse_page_posts(list_at(*parse_graph_json(text.str()), "data"),
                                            {"4", ""}, Organisations{{}}, unreadable);
        EXPECT_EQ(posts.size(), count);
        EXPECT_EQ(unreadable, 0);
        for (const Post& post : posts) EXPECT_TRUE(post.published);
    }
}

}  // namespace
}  // namespace narvaro
