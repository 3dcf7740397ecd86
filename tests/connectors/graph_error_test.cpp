#include "connectors/graph_error.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

struct CodeCase {
    const char* name;
    int code;
    int subcode;
    const char* message;
    GraphAction action;
    Fault fault;
};

class GraphErrorCode : public testing::TestWithParam<CodeCase> {};

GraphFailure judged(const GraphErrorBody& body, bool root = false) {
    return judge_graph_error(body, {"the Page's posts", "pages_read_engagement", root},
                             std::chrono::minutes{11}, {"EAAsecret"});
}

TEST_P(GraphErrorCode, DecidesWhatIsDone) {
    const CodeCase& c = GetParam();
    const GraphFailure failure = judged({c.code, c.subcode, false, c.message});
    EXPECT_EQ(failure.action, c.action);
    EXPECT_EQ(failure.error.fault, c.fault);
    EXPECT_FALSE(failure.error.what.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, GraphErrorCode,
    testing::Values(
        CodeCase{"Unknown", 1, 0, "An unknown error", GraphAction::retry, Fault::network},
        CodeCase{"Generic", 1, 99, "", GraphAction::retry, Fault::network},
        CodeCase{"TooMuch", 1, 0, "Please reduce the amount of data you're asking for, then retry",
                 GraphAction::reduce, Fault::network},
        CodeCase{"Viewer", 1, 2853006, "", GraphAction::stop_permission, Fault::permission},
        CodeCase{"ServiceDown", 2, 0, "", GraphAction::retry, Fault::network},
        CodeCase{"Capability", 3, 0, "", GraphAction::stop_permission, Fault::permission},
        CodeCase{"AppLimit", 4, 0, "(#4) Application request limit reached", GraphAction::back_off,
                 Fault::rate_limited},
        CodeCase{"Denied", 10, 0, "needs pages_manage_x", GraphAction::stop_permission,
                 Fault::permission},
        CodeCase{"Viewers", 10, 0, "(#10) Not enough viewers for the media to show insights",
                 GraphAction::skip, Fault::not_found},
        CodeCase{"UserLimit", 17, 2446079, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"PageLimit", 32, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Invalid", 100, 0, "(#100) Invalid parameter", GraphAction::bug, Fault::bad_reply},
        CodeCase{"Retired", 100, 0, "(#100) The value must be a valid insights metric",
                 GraphAction::retired, Fault::not_found},
        CodeCase{"Missing", 100, 33, "Unsupported get request.", GraphAction::missing,
                 Fault::not_found},
        CodeCase{"BeforeSwitch", 100, 2108006, "", GraphAction::skip, Fault::not_found},
        CodeCase{"Cursor", 100, 0, "The After Cursor specified exceeds the max limit",
                 GraphAction::bad_cursor, Fault::bad_reply},
        CodeCase{"Proof", 100, 0, "Invalid appsecret_proof provided in the API argument",
                 GraphAction::stop_auth, Fault::auth},
        CodeCase{"Session", 102, 0, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"NoSuchUser", 110, 2207013, "Invalid user id", GraphAction::skip,
                 Fault::not_found},
        CodeCase{"Expired", 190, 463, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"Password", 190, 460, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"Role", 190, 492, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"PageToken", 190, 2069032, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"TwoHundred", 200, 0, "", GraphAction::stop_permission, Fault::permission},
        CodeCase{"NewPages", 200, 2069030, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"Extended", 283, 0, "", GraphAction::stop_permission, Fault::permission},
        CodeCase{"Application", 341, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Blocked", 368, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Custom", 613, 1996, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Path", 2500, 0, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"AdsVersion", 2635, 0, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"NoMetric", 3001, 1504028, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"Copyright", 9005, 1452042, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"FewFollowers", 2874008, 0, "", GraphAction::skip, Fault::not_found},
        CodeCase{"NotThisPost", 2932004, 0, "", GraphAction::skip, Fault::not_found},
        CodeCase{"AdsInsights", 80000, 2446079, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Page", 80001, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Instagram", 80002, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Ads", 80004, 2446079, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"Unconfirmed", 190, 464, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"AppRemoved", 190, 458, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"Checkpoint", 190, 459, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"InvalidToken", 190, 467, "", GraphAction::stop_auth, Fault::auth},
        CodeCase{"UserLimitBare", 17, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"CustomBare", 613, 0, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"TwoNinetyNine", 299, 0, "", GraphAction::stop_permission, Fault::permission},
        CodeCase{"NewPagesField", 200, 2069031, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"NewPagesEndpoint", 200, 2069033, "", GraphAction::bug, Fault::bad_reply},
        CodeCase{"FirstOfThisPost", 2932001, 0, "", GraphAction::skip, Fault::not_found},
        CodeCase{"LastOfThisPost", 2932010, 0, "", GraphAction::skip, Fault::not_found},
        CodeCase{"CustomAudiences", 80003, 2446079, "", GraphAction::back_off, Fault::rate_limited},
        CodeCase{"NeverHeardOf", 777, 0, "", GraphAction::bug, Fault::bad_reply}),
    [](const auto& info) { return info.param.name; });

TEST(GraphError, TheRootThatIsMissingIsAMissingPermission) {
    EXPECT_EQ(judged({100, 33, false, ""}, true).action, GraphAction::stop_permission);
}

TEST(GraphError, TransientWordAllowsARetryOfWhatIsNotKnown) {
    const GraphFailure failure = judged({777, 0, true, ""});
    EXPECT_EQ(failure.action, GraphAction::retry);
    EXPECT_EQ(failure.retries, 3);
    EXPECT_EQ(judged({2, 0, false, ""}).retries, 5);
    EXPECT_EQ(judged({4, 0, true, ""}).action, GraphAction::back_off);
}

TEST(GraphError, WaitsAsLongAsItsCodeSays) {
    EXPECT_EQ(judged({4, 0, false, ""}).error.retry_after, std::chrono::minutes{60});
    EXPECT_EQ(judged({80001, 0, false, ""}).error.retry_after, std::chrono::minutes{11});
    EXPECT_EQ(judged({368, 0, false, ""}).error.retry_after, std::chrono::hours{24});
    const GraphFailure untold = judge_graph_error({80002, 0, false, ""}, {"x", "y"}, {}, {});
    EXPECT_EQ(untold.error.retry_after, std::chrono::minutes{60});
}

TEST(GraphError, TellsWhenTheTokenEndedAndWhatToDo) {
    const GraphFailure failure =
        judged({190, 463, false,
                "Error validating access token: Session has expired on Monday, 02-Nov-26 10:00:00 "
                "PST. The current time is Tuesday"});
    EXPECT_TRUE(failure.error.what.starts_with(
        "Facebook refused the access token (code 190/463): it expired on Monday, 02-Nov-26 "
        "10:00:00 PST"))
        << failure.error.what;
    EXPECT_EQ(failure.error.remedy,
              "store a new one as credential meta-token, then: narvaro token check");
    EXPECT_NE(judged({190, 459, false, ""}).error.remedy.find("log in at facebook.com"),
              std::string::npos);
}

TEST(GraphError, NamesThePermissionOfOurTableNotOfTheMessage) {
    const GraphFailure failure = judged({10, 0, false, "(#10) requires pages_manage_ads"});
    EXPECT_EQ(failure.gap, GapReason::forbidden);
    EXPECT_NE(failure.error.remedy.find("pages_read_engagement"), std::string::npos);
    EXPECT_EQ(failure.error.remedy.find("pages_manage_ads"), std::string::npos);
}

TEST(GraphError, RepeatsNoSecretFromTheMessage) {
    const GraphFailure failure =
        judged({190, 0, false,
                "Malformed access token EAAsecret at "
                "https://graph.facebook.com/v26.0/me?access_token=EAAsecret\nand "
                "b4155a9ec46234f8662d4301deff7a956674fce99a2a0cf8bb9bc25e58285886"});
    EXPECT_EQ(failure.error.what.find("EAAsecret"), std::string::npos) << failure.error.what;
    EXPECT_EQ(failure.error.what.find("b4155a9e"), std::string::npos) << failure.error.what;
    EXPECT_EQ(failure.error.what.find('?'), std::string::npos) << failure.error.what;
    EXPECT_EQ(failure.error.what.find('\n'), std::string::npos);
}

TEST(GraphError, IsFoundInBothEnvelopes) {
    const auto graph = parse_graph_json(
        R"({"error":{"message":"m","type":"OAuthException","code":"190","error_subcode":463,
            "is_transient":null,"error_data":"{}"}})");
    const auto body = graph_error_in(*graph);
    ASSERT_TRUE(body);
    EXPECT_EQ(body->code, 190);
    EXPECT_EQ(body->subcode, 463);
    const auto flat =
        parse_graph_json(R"({"error_type":"OAuthException","code":400,"error_message":"Invalid"})");
    EXPECT_EQ(graph_error_in(*flat)->code, 400);
    EXPECT_FALSE(graph_error_in(*parse_graph_json(R"({"data":[],"error":null})")));
}

}  // namespace
}  // namespace narvaro
