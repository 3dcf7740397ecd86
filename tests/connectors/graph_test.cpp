#include "connectors/graph.h"

#include <gtest/gtest.h>

#include "connectors/graph_fields.h"
#include "tests/connectors/fake_meta.h"
#include "tests/connectors/run_task.h"

namespace narvaro {
namespace {

using std::chrono::milliseconds;

class GraphCalls : public testing::Test {
  protected:
    Graph graph(milliseconds pace = milliseconds{0}, GraphBudget budget = {60, 10}) {
        PollRequest request = meta_request(SourceKind::facebook, "1000");
        request.meta.pace = pace;
        return Graph{http, request.meta, kFakeNow, budget, [this](milliseconds time) -> Task<void> {
                         waits.push_back(time);
                         co_return;
                     }};
    }
    static GraphCall call(const std::string& path, bool optional = false) {
        return {path, {{"fields", "id"}}, {"the thing", "some_permission"}, optional};
    }

    FakeMeta http;
    std::vector<milliseconds> waits;
};

TEST_F(GraphCalls, CarryTheTokenInTheHeaderAndTheProofInTheQuery) {
    http.on("1000", R"({"id":"1000"})");
    Graph g = graph();
    ASSERT_TRUE(run(g.get(call("1000"))));
    const MetaRequest& asked = http.asked().front();
    EXPECT_EQ(asked.sent.bearer.reveal(), kFakeToken);
    EXPECT_EQ(asked.sent.url.find(kFakeToken), std::string::npos);
    EXPECT_EQ(asked.query.at("appsecret_proof"),
              "b4155a9ec46234f8662d4301deff7a956674fce99a2a0cf8bb9bc25e58285886");
    EXPECT_FALSE(asked.sent.validators);
    EXPECT_EQ(asked.sent.max_redirects, 0);
}

TEST_F(GraphCalls, KeepThePaceFromTheSecondOn) {
    Graph g = graph(milliseconds{700});
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(run(g.get(call("1000"))));
    EXPECT_EQ(waits, (std::vector{milliseconds{700}, milliseconds{700}}));
}

TEST_F(GraphCalls, AreRepeatedAfterGrowingWaitsWhileTheServiceIsDown) {
    http.error("1000", 2, 0, "Service temporarily unavailable", 500)
        .error("1000", 2, 0, "Service temporarily unavailable", 500)
        .on("1000", R"({"id":"1000"})");
    Graph g = graph(milliseconds{100});
    ASSERT_TRUE(run(g.get(call("1000"))));
    EXPECT_EQ(waits, (std::vector{milliseconds{500}, milliseconds{100}, milliseconds{1000},
                                  milliseconds{100}}));
}

TEST_F(GraphCalls, EndAfterAsManyRepeatsAsTheCodeAllows) {
    http.error("1000", 1, 0, "An unknown error", 500);
    Graph g = graph();
    const auto answer = run(g.get(call("1000")));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().error.fault, Fault::network);
    EXPECT_EQ(http.asked().size(), 4U);
    EXPECT_TRUE(waits.empty());
}

TEST_F(GraphCalls, TakeAnAnswerThatIsNotJsonAsPassing) {
    http.on("1000", "<html>Bad gateway</html>", 502)
        .on("1000", "")
        .on("1000", R"({"id":"10)")
        .on("1000", R"({"id":"1000"})", 200, {{"content-type", "text/javascript"}});
    Graph g = graph();
    EXPECT_TRUE(run(g.get(call("1000"))));
    EXPECT_EQ(http.asked().size(), 4U);
}

TEST_F(GraphCalls, StopAltogetherWhenTwoRunningHadNoUsableAnswer) {
    http.on("1000", "<html>", 502).on("2000", fail(Fault::network, "graph.example: too slow"));
    Graph g = graph();
    EXPECT_EQ(run(g.get(call("1000"))).error().error.fault, Fault::network);
    EXPECT_EQ(run(g.get(call("2000"))).error().error.fault, Fault::network);
    const std::size_t asked = http.asked().size();
    EXPECT_FALSE(run(g.get(call("3000"))));
    EXPECT_EQ(http.asked().size(), asked);
}

TEST_F(GraphCalls, DoNotGoOnAfterARefusedToken) {
    http.error("1000", 190, 460, "Error validating access token");
    Graph g = graph();
    EXPECT_EQ(run(g.get(call("1000"))).error().action, GraphAction::stop_auth);
    EXPECT_EQ(run(g.get(call("2000"))).error().error.fault, Fault::auth);
    EXPECT_EQ(http.asked().size(), 1U);
}

TEST_F(GraphCalls, FindAnErrorInASuccess) {
    http.error("1000", 10, 0, "(#10) no", 200);
    Graph g = graph();
    EXPECT_EQ(run(g.get(call("1000"))).error().action, GraphAction::stop_permission);
}

TEST_F(GraphCalls, AreAskedAgainWithoutAFieldThatWasRemoved) {
    http.error("1000", 100, 0, "(#100) Tried accessing nonexisting field (fan_count)")
        .error("1000", 100, 0, "(#100) Tried accessing nonexisting field (shares)")
        .on("1000", R"({"id":"1000"})");
    Graph g = graph();
    GraphCall asked = call("1000");
    asked.params = {{"fields", "id,fan_count,posts.limit(2){id,shares}"}};
    ASSERT_TRUE(run(g.get(std::move(asked))));
    EXPECT_EQ(http.asked().back().query.at("fields"), "id,posts.limit(2){id}");
    EXPECT_EQ(g.warnings().size(), 2U);
}

TEST_F(GraphCalls, EndWhereTheRemovedFieldWasAllThatWasAsked) {
    http.error("1000", 100, 0, "(#100) Tried accessing nonexisting field (id)");
    Graph g = graph();
    EXPECT_EQ(run(g.get(call("1000"))).error().action, GraphAction::bug);
    EXPECT_EQ(http.asked().size(), 1U);
}

TEST(Fields, AreTakenOutWhereverTheyStand) {
    struct Case {
        const char* fields;
        const char* left;
    };
    for (const auto& [fields, left] :
         {Case{"id,shares,message", "id,message"}, Case{"shares", ""}, Case{"id", "id"},
          Case{"shares.summary(true),id", "id"}, Case{"shares{count},id", "id"},
          Case{"id,media{id,shares}", "id,media{id}"}, Case{"id,media{shares}", "id"},
          Case{"a.b(x,shares){id},shares", "a.b(x,shares){id}"},
          Case{"id,shares_of", "id,shares_of"}, Case{"", ""}, Case{"a{b,c", "a{b,c"}}) {
        EXPECT_EQ(without_field(fields, "shares"), left) << fields;
    }
    EXPECT_EQ(unknown_field_in("(#100) Tried accessing nonexisting field (x) on node"), "x");
    EXPECT_EQ(unknown_field_in("something else"), "");
}

TEST_F(GraphCalls, LeaveOutWhatCanWaitAboveThreeQuarters) {
    http.on("1000", "{}", 200, {{"x-app-usage", R"({"call_count":28,"total_time":76})"}});
    Graph g = graph();
    ASSERT_TRUE(run(g.get(call("1000"))));
    const auto optional = run(g.get(call("2000", true)));
    ASSERT_FALSE(optional);
    EXPECT_EQ(optional.error().action, GraphAction::deferred);
    EXPECT_TRUE(run(g.get(call("3000"))));
    EXPECT_EQ(http.asked().size(), 2U);
    ASSERT_EQ(g.warnings().size(), 1U);
    EXPECT_EQ(g.warnings()[0],
              "76 % of Meta's limit of calls is used; left out this time: the thing");
}

TEST_F(GraphCalls, StopAboveNineTenthsForAsLongAsTheHeaderSays) {
    http.on("1000", "{}", 200,
            {{"x-business-use-case-usage",
              R"({"1":[{"type":"pages","call_count":91,"estimated_time_to_regain_access":4}],
                  "2":[{"type":"ads_insights","total_time":5,
                        "estimated_time_to_regain_access":19}]})"}});
    Graph g = graph();
    ASSERT_TRUE(run(g.get(call("1000"))));
    const auto answer = run(g.get(call("2000")));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().error.fault, Fault::rate_limited);
    EXPECT_EQ(answer.error().error.retry_after, std::chrono::minutes{20});
    EXPECT_EQ(http.asked().size(), 1U);
}

TEST_F(GraphCalls, WaitForTheRegainTimeOfALimitedPage) {
    http.on("1000",
            R"({"error":{"message":"(#80001) too many calls","type":"OAuthException",
                "code":80001}})",
            400,
            {{"x-business-use-case-usage",
              R"({"1":[{"call_count":100,"estimated_time_to_regain_access":"12"}]})"}});
    Graph g = graph();
    EXPECT_EQ(run(g.get(call("1000"))).error().error.retry_after, std::chrono::minutes{13});
    EXPECT_FALSE(run(g.get(call("2000"))));
    EXPECT_EQ(http.asked().size(), 1U);
}

TEST_F(GraphCalls, MakeNoMoreThanTheirBudget) {
    Graph g = graph(milliseconds{0}, {3, 10});
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(run(g.get(call("1000"))));
    EXPECT_EQ(run(g.get(call("1000"))).error().error.fault, Fault::rate_limited);
    EXPECT_EQ(http.asked().size(), 3U);
}

TEST_F(GraphCalls, TellOnceThatAnotherVersionAnswered) {
    http.on("1000", "{}", 200, {{"facebook-api-version", "v24.0"}})
        .on("2000", "{}", 200, {{"facebook-api-version", "v26.0"}});
    Graph g = graph();
    for (const char* path : {"2000", "1000", "1000"}) ASSERT_TRUE(run(g.get(call(path))));
    ASSERT_EQ(g.warnings().size(), 1U);
    EXPECT_NE(g.warnings()[0].find("v24.0 where v26.0"), std::string::npos);
}

TEST_F(GraphCalls, HonourARetryAfterWithoutJson) {
    http.on("1000", "slow down", 429, {{"retry-after", "120"}});
    Graph g = graph();
    EXPECT_EQ(run(g.get(call("1000"))).error().error.retry_after, std::chrono::seconds{120});
}

TEST(GraphUsage, TakesTheHighestOfAllHeaders) {
    HttpReply reply;
    reply.headers = {
        {"x-app-usage", R"({"call_count":28,"total_time":25,"total_cputime":31.5})"},
        {"x-ad-account-usage", R"({"acc_id_util_pct":9.67,"reset_time_duration":100})"},
        {"x-business-use-case-usage", "not json"}};
    EXPECT_EQ(graph_usage(reply), (GraphUsage{31.5, {}}));
    reply.headers["x-ad-account-usage"] = R"({"acc_id_util_pct":100,"reset_time_duration":100})";
    EXPECT_EQ(graph_usage(reply), (GraphUsage{100, std::chrono::seconds{100}}));
    EXPECT_FALSE(graph_usage(HttpReply{}));
}

TEST(GraphUsage, ReadsTheRecordedHeader) {
    std::ifstream file{std::string{NARVARO_SHARED_TESTDATA} + "/meta/business_usage_header.json"};
    if (!file) GTEST_SKIP() << "no shared test data";
    std::ostringstream text;
    text << file.rdbuf();
    HttpReply reply;
    reply.headers = {{"x-business-use-case-usage", text.str()}};
    EXPECT_EQ(graph_usage(reply), (GraphUsage{100, std::chrono::minutes{11}}));
}

}  // namespace
}  // namespace narvaro
