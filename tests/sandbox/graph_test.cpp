#include "graph.h"

#include <gtest/gtest.h>

#include "graph_call.h"
#include "testing.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr char kNow[] = "2021-06-15T06:00:00Z";
const std::string kBearer = std::string{"Authorization: Bearer "} + kToken + "\r\n";

TEST(GraphVersions, AreEchoedAndDeadOnesAnsweredAsTheOldestAlive) {
    Running sandbox{kNow};
    const auto answered = [&](const std::string& version) {
        return sandbox.get("/graph/" + version + "/" + kPage, kBearer)
            .headers["facebook-api-version"];
    };
    EXPECT_EQ(answered("v26.0"), "v26.0");
    EXPECT_EQ(answered("v22.0"), "v22.0");
    EXPECT_EQ(answered("v20.0"), "v21.0");
}

TEST(GraphVersions, OldOnesAreRefusedForAds) {
    Running sandbox{kNow};
    const std::string account = std::string{"/act_"} + kAdAccount;
    EXPECT_EQ(code_of(sandbox.get("/graph/v24.0" + account, kBearer)), 2635);
    EXPECT_EQ(code_of(sandbox.get("/graph/v25.0" + account, kBearer)), 0);
}

TEST(GraphTokens, AreTakenFromHeaderOrQuery) {
    Running sandbox{kNow};
    const std::string page = std::string{"/graph/v26.0/"} + kPage;
    EXPECT_EQ(sandbox.get(page + "?access_token=" + kToken).status, 200);
    EXPECT_EQ(code_of(sandbox.get(page + "?access_token=other")), 190);
    EXPECT_EQ(code_of(sandbox.get(page)), 104);
}

struct TokenCase {
    const char* kind;
    int subcode;
};

TEST(GraphTokens, FailAsTheFaultSays) {
    for (const TokenCase& c : {TokenCase{"expired_token", 463}, TokenCase{"password_changed", 460},
                               TokenCase{"role_lost", 492}}) {
        Running sandbox{kNow};
        sandbox.fault("/graph", c.kind, nullptr, 1);
        const Reply reply = sandbox.call(kPage);
        EXPECT_EQ(code_of(reply), 190) << c.kind;
        EXPECT_EQ(Json::parse(reply.body)["error"]["error_subcode"], c.subcode);
        EXPECT_EQ(sandbox.call(kPage).status, 200) << "struck more than once";
    }
}

TEST(GraphTokens, AProofIsCheckedWhenItIsSentAndWhenItIsAskedFor) {
    Running sandbox{kNow};
    // HMAC-SHA256 of "sandbox-token" under "sandbox-app-secret", by openssl dgst.
    constexpr char kProof[] = "1b6da06614b46940143cddb599881fa839a8968a679ba837ff0596e07113acd7";
    const std::string page = std::string{kPage} + "?fields=id&appsecret_proof=";
    EXPECT_EQ(sandbox.call(page + kProof).status, 200);
    EXPECT_EQ(code_of(sandbox.call(page + "00")), 100);
    sandbox.fault("/graph", "require_proof");
    EXPECT_EQ(code_of(sandbox.call(kPage)), 100);
    EXPECT_EQ(sandbox.call(page + kProof).status, 200);
}

TEST(GraphTokens, DebugTokenTellsScopesAndEnd) {
    Running sandbox{kNow};
    const std::string path = std::string{"/graph/v26.0/debug_token?input_token="} + kToken +
                             "&access_token=" + kAppId + "%7C" + kAppSecret;
    Json data = Json::parse(sandbox.get(path).body)["data"];
    EXPECT_EQ(data["is_valid"], true);
    EXPECT_EQ(data["expires_at"], 0);
    EXPECT_EQ(data["scopes"].size(), 9U);
    sandbox.fault("/graph", "missing_permission", "ads_read");
    sandbox.fault("/graph", "token_days_left", 5);
    data = Json::parse(sandbox.get(path).body)["data"];
    EXPECT_EQ(data["scopes"].size(), 8U);
    EXPECT_EQ(data["expires_at"], (at(kNow) + seconds{5 * 86400}).time_since_epoch().count());
    sandbox.fault("/graph", "expired_token");
    EXPECT_EQ(Json::parse(sandbox.get(path).body)["data"]["is_valid"], false);
}

TEST(GraphTokens, AccountsAndExchangeAnswer) {
    Running sandbox{kNow};
    EXPECT_EQ(sandbox.json("me/accounts")["data"][0]["id"], kPage);
    EXPECT_EQ(
        sandbox.json(std::string{"oauth/access_token?client_secret="} + kAppSecret)["expires_in"],
        5184000);
}

TEST(GraphLimits, GrowWithCallsAndEndInAnError) {
    Running sandbox{kNow};
    sandbox.fault("/graph", "call_budget", 4);
    std::vector<int> used;
    int last = 0;
    for (int i = 0; i < 4; ++i) {
        const Reply reply = sandbox.call(kPage);
        used.push_back(Json::parse(reply.headers.at("X-App-Usage"))["call_count"]);
        last = code_of(reply);
    }
    EXPECT_EQ(used, (std::vector<int>{25, 50, 75, 100}));
    EXPECT_EQ(last, 4);
    sandbox.clock("2021-06-15T07:00:00Z");
    EXPECT_EQ(code_of(sandbox.call(kPage)), 0) << "an hour later";
}

struct LimitCase {
    int code;
    int status;
};

TEST(GraphLimits, TellWhenToComeBack) {
    for (const LimitCase& c : {LimitCase{4, 403}, LimitCase{80001, 400}, LimitCase{80002, 400}}) {
        Running sandbox{kNow};
        sandbox.fault("/graph", "rate_limit", c.code, 1);
        const Reply reply = sandbox.call(kPage);
        EXPECT_EQ(reply.status, c.status);
        EXPECT_EQ(code_of(reply), c.code);
        const Json use = Json::parse(reply.headers.at("X-Business-Use-Case-Usage"));
        EXPECT_EQ(use[kPage][0]["estimated_time_to_regain_access"], 17);
    }
}

TEST(Graph, NeverAnswers304) {
    Running sandbox{kNow};
    const Reply first = sandbox.call(kPage);
    EXPECT_FALSE(first.headers.contains("ETag"));
    EXPECT_EQ(
        sandbox.get(std::string{"/graph/v26.0/"} + kPage, kBearer + "If-None-Match: *\r\n").status,
        200);
}

TEST(Graph, AnUnknownObjectIsUnsupported) {
    Running sandbox{kNow};
    const Reply reply = sandbox.call("4711");
    EXPECT_EQ(code_of(reply), 100);
    EXPECT_EQ(Json::parse(reply.body)["error"]["error_subcode"], 33);
}

TEST(Graph, SaysJavascriptToWhoAcceptsNothing) {
    Running sandbox{kNow};
    const Reply reply = sandbox.get(std::string{"/graph/v26.0/"} + kPage, kBearer);
    EXPECT_EQ(reply.headers.at("Content-Type"), "text/javascript; charset=UTF-8");
    EXPECT_EQ(sandbox.call(kPage).headers.at("Content-Type"), "application/json; charset=UTF-8");
}

TEST(Graph, FaultsOfWritingBreakOnlyTheText) {
    Running sandbox{"2021-12-31T22:59:59Z"};
    const std::string posts = std::string{kPage} + "/posts?fields=message&limit=100";
    EXPECT_NE(sandbox.call(posts).body.find("\\ud83c\\udf"), std::string::npos)
        << "a surrogate pair";
    sandbox.fault("/graph", "lone_surrogate", nullptr, 1);
    const std::string broken = sandbox.call(posts).body;
    EXPECT_TRUE(Json::parse(broken, nullptr, false).is_discarded());
    sandbox.fault("/graph", "nulls", nullptr, 1);
    const Json nulls = sandbox.json(posts);
    EXPECT_EQ(nulls["data"][0]["shares"], nullptr);
    EXPECT_TRUE(nulls["data"][0].contains("shares"));
}

TEST(Fields, AreParsedWithModifiersAndChildren) {
    const auto fields = parse_fields(
        "id,media.limit(25).after(Q){id,children{x}},reactions.summary(total_count).as(r)");
    ASSERT_TRUE(fields);
    ASSERT_EQ(fields->size(), 3U);
    EXPECT_EQ((*fields)[1].modifiers.at("after"), "Q");
    EXPECT_EQ((*fields)[1].children[1].children[0].name, "x");
    EXPECT_EQ((*fields)[2].key(), "r");
    for (const char* bad : {"a{b", "a}", "a,,b", "a.b", "a.limit(", ""})
        EXPECT_FALSE(parse_fields(bad)) << bad;
}

TEST(Graph, AddsWhatALaterVersionWouldAdd) {
    Running sandbox{kNow};
    const std::string posts = std::string{kPage} + "/published_posts?fields=id,message&limit=1";
    EXPECT_FALSE(sandbox.json(posts)["data"][0].contains("added_later"));
    sandbox.fault("/graph", "extra_fields", nullptr, 1);
    const Json more = sandbox.json(posts);
    EXPECT_TRUE(more.contains("added_later"));
    EXPECT_TRUE(more["data"][0].contains("added_later"));
}

TEST(Graph, RefusesAFieldOrMetricThatWasRemoved) {
    Running sandbox{kNow};
    sandbox.fault("/graph", "reject_removed", "shares");
    sandbox.fault("/graph", "reject_removed", "page_media_view");
    const std::string page{kPage};
    EXPECT_EQ(code_of(sandbox.call(page + "/published_posts?fields=id,shares")), 100);
    EXPECT_EQ(code_of(sandbox.call(page + "/published_posts?fields=id,message")), 0);
    EXPECT_EQ(code_of(sandbox.call(page + "/insights?metric=page_media_view&period=day")), 100);
    EXPECT_EQ(code_of(sandbox.call(page + "/insights?metric=page_follows&period=day")), 0);
}

TEST(GraphTokens, LackAPermissionByCode10OrCode200) {
    Running sandbox{kNow};
    sandbox.fault("/graph", "missing_permission", "instagram_manage_insights");
    const std::string insights = std::string{kInstagram} +
                                 "/insights?metric=follower_demographics&period=lifetime" +
                                 "&metric_type=total_value&breakdown=city";
    EXPECT_EQ(code_of(sandbox.call(insights)), 10);
    sandbox.fault("/graph", "permission_200", nullptr, 1);
    const Reply reply = sandbox.call(insights);
    EXPECT_EQ(code_of(reply), 200);
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(code_of(sandbox.call(insights)), 10);
}

}  // namespace
}  // namespace narvaro::sandbox
