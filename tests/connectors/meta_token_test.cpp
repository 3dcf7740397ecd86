#include "connectors/meta_token.h"

#include <gtest/gtest.h>

#include "connectors/meta_probes.h"
#include "tests/connectors/run_task.h"
#include "tests/connectors/scripted_http.h"

namespace narvaro {
namespace {

constexpr char kApi[] = "https://graph.facebook.com/v26.0";
constexpr char kSecretToken[] = "EAAvery-secret";

MetaAccess access() { return {kApi, Secret{kSecretToken}, {}, std::chrono::milliseconds{0}}; }

std::string body(const char* valid, const char* rest) {
    return std::string{R"({"data":{"app_id":1000000009,"type":"PAGE","is_valid":)"} + valid + rest +
           "}}";
}

TEST(InspectToken, ReadsKindEndsAndScopes) {
    ScriptedHttp http;
    http.then(200, body("true", R"(,"expires_at":0,"data_access_expires_at":1800000000,
        "scopes":["read_insights","ads_read"],"profile_id":"100000000000001")"));
    const auto facts = run(inspect_token(http, access(), {}));
    ASSERT_TRUE(facts) << facts.error().what;
    EXPECT_TRUE(facts->valid);
    EXPECT_EQ(facts->type, "PAGE");
    EXPECT_EQ(facts->app, "1000000009");  // numbers and texts are both met in the wild
    EXPECT_EQ(facts->profile, "100000000000001");
    EXPECT_EQ(facts->scopes, (std::vector<std::string>{"read_insights", "ads_read"}));
    EXPECT_FALSE(facts->expires);
    EXPECT_EQ(facts->data_access_expires, sys_seconds{seconds{1800000000}});
}

TEST(InspectToken, PutsTheTokenIntoTheBodyAndNeverIntoTheAddress) {
    ScriptedHttp http;
    http.then(200, body("true", ""));
    const MetaApp app{"1000000009", Secret{"app-secret"}};
    ASSERT_TRUE(run(inspect_token(http, access(), app)));
    EXPECT_EQ(http.asked()[0].url, std::string{kApi} + "/debug_token");
    EXPECT_EQ(http.asked()[0].form, "method=get&input_token=EAAvery-secret");
    EXPECT_EQ(http.asked()[0].bearer, "1000000009|app-secret");
}

TEST(InspectToken, SaysWhyATokenIsNotValid) {
    ScriptedHttp http;
    http.then(200, body("false",
                        R"(,"scopes":[],"error":{"code":190,"message":"Session has expired."})"));
    const auto facts = run(inspect_token(http, access(), {}));
    ASSERT_TRUE(facts);
    EXPECT_FALSE(facts->valid);
    EXPECT_EQ(facts->trouble, "Session has expired.");
}

TEST(InspectToken, RepeatsNoSecretInAnError) {
    ScriptedHttp http;
    http.then(400, R"({"error":{"code":190,"message":"Malformed access token EAAvery-secret"}})");
    const auto facts = run(inspect_token(http, access(), {}));
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().what.find("very-secret"), std::string::npos) << facts.error().what;
}

TEST(ExchangeToken, GivesAPageTokenOfTheLastingUserToken) {
    ScriptedHttp http;
    http.then(200, R"({"access_token":"EAAlasting","token_type":"bearer","expires_in":5184000})");
    const MetaApp app{"1000000009", Secret{"app-secret"}};
    const auto lasting = run(exchange_token(http, access(), app));
    ASSERT_TRUE(lasting) << lasting.error().what;
    EXPECT_EQ(lasting->reveal(), "EAAlasting");
    EXPECT_EQ(http.asked()[0].url, std::string{kApi} + "/oauth/access_token");
    http.then(200, R"({"data":[{"id":"100000000000001","name":"Sidan","access_token":"EAApage",
        "instagram_business_account":{"id":"17841400000000001"}},{"id":"2","name":"Utan"}]})");
    const auto pages = run(page_tokens(http, access()));
    ASSERT_TRUE(pages) << pages.error().what;
    ASSERT_EQ(pages->size(), 1U);  // a Page without a token cannot be polled
    EXPECT_EQ(pages->front().page, "100000000000001");
    EXPECT_EQ(pages->front().instagram, "17841400000000001");
    EXPECT_EQ(pages->front().token.reveal(), "EAApage");
}

TEST(NeededScopes, AreThoseOfTheKindsEachOnce) {
    EXPECT_EQ(needed_scopes({SourceKind::meta_ads}).size(), 1U);
    const auto both = needed_scopes({SourceKind::facebook, SourceKind::instagram});
    EXPECT_EQ(both.size(), 7U);
    EXPECT_TRUE(needed_scopes({SourceKind::press}).empty());
}

TEST(ProbeSource, TellsEachEndpointApartAndStopsAtARefusedToken) {
    ScriptedHttp http;
    http.then(200, R"({"id":"act_1","account_status":1})");
    http.then(200, R"({"data":[]})");
    http.then(403, R"({"error":{"code":10,"message":"(#10) permission"}})");
    PollRequest request;
    request.source = {"ads", SourceKind::meta_ads, "1", {}, std::chrono::hours{24}};
    request.meta = access();
    const auto results = run(probe_source(http, request));
    ASSERT_EQ(results.size(), 3U);
    EXPECT_TRUE(results[0].answered);
    EXPECT_FALSE(results[0].empty);
    EXPECT_TRUE(results[1].empty);
    EXPECT_FALSE(results[2].answered);
    EXPECT_EQ(results[2].permission, "ads_read");

    ScriptedHttp refusing;
    refusing.then(400, R"({"error":{"code":190,"error_subcode":463,"message":"expired"}})");
    EXPECT_EQ(run(probe_source(refusing, request)).size(), 1U);
}

}  // namespace
}  // namespace narvaro
