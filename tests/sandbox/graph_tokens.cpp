// Tokens: what they may do, how long they live, and the Pages that they open.
#include "graph_call.h"
#include "levels.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr const char* kScopes[] = {"pages_show_list",
                                   "pages_read_engagement",
                                   "pages_read_user_content",
                                   "read_insights",
                                   "instagram_basic",
                                   "instagram_manage_insights",
                                   "instagram_manage_comments",
                                   "business_management",
                                   "ads_read"};
constexpr seconds kDataAccess{80 * 86400};

Json granted(const Call& call) {
    const std::vector<Json> missing = call.state.values_of("missing_permission");
    Json out = Json::array();
    for (const char* scope : kScopes) {
        if (std::find(missing.begin(), missing.end(), Json(scope)) == missing.end()) {
            out.push_back(scope);
        }
    }
    return out;
}

/// The token's end in so many days, when a fault says so; else it has none.
long expires_at(const Call& call, const char* kind, long otherwise) {
    const auto days = call.state.values_of(kind);
    if (days.empty() || !days.back().is_number_integer()) return otherwise;
    return (call.now + seconds{days.back().get<int>() * 86400}).time_since_epoch().count();
}

Json debug_token(const Call& call) {
    const std::string token = call.parameter("input_token");
    const bool expired = !call.state.values_of("expired_token").empty();
    Json data = {{"app_id", kAppId}, {"type", "PAGE"}, {"application", "narvaro"}};
    if (token != kToken || expired) {
        data["is_valid"] = false;
        data["scopes"] = Json::array();
        data["error"] = {{"code", 190},
                         {"subcode", expired ? 463 : 467},
                         {"message", "Error validating access token: Session has expired."}};
        return {{"data", data}};
    }
    const long data_end = (call.now + kDataAccess).time_since_epoch().count();
    data["is_valid"] = true;
    data["issued_at"] = (call.now - seconds{86400}).time_since_epoch().count();
    data["expires_at"] = expires_at(call, "token_days_left", 0);
    data["data_access_expires_at"] = expires_at(call, "data_access_days_left", data_end);
    data["scopes"] = granted(call);
    const Json page = {{"scope", "pages_read_engagement"}, {"target_ids", Json::array({kPage})}};
    data["granular_scopes"] = Json::array({page});
    data["profile_id"] = kPage;
    data["user_id"] = "122000000000000019";
    return {{"data", data}};
}

Json accounts() {
    const Json category = {{"id", "2705"}, {"name", "Political Organization"}};
    const Json page = {{"access_token", kToken},
                       {"category", "Political Organization"},
                       {"category_list", Json::array({category})},
                       {"name", kPageName},
                       {"id", kPage},
                       {"tasks", Json::array({"ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE",
                                              "CREATE_CONTENT", "MANAGE"})},
                       {"instagram_business_account", {{"id", kInstagram}, {"username", kHandle}}}};
    return {{"data", Json::array({page})},
            {"paging", {{"cursors", {{"before", "QVFIa"}, {"after", "QVFIz"}}}}}};
}

}  // namespace

GraphResult tokens(const Call& call) {
    const std::string& first = call.parts[0];
    const std::string second = call.parts.size() > 1 ? call.parts[1] : "";
    if (first == "debug_token") {
        if (call.parameter("input_token").empty()) {
            return graph_fail(100, 0, "(#100) The parameter input_token is required");
        }
        return debug_token(call);
    }
    if (first == "oauth" && second == "access_token") {
        if (call.parameter("client_secret") != kAppSecret) {
            return graph_fail(1, 0, "Error validating client secret.");
        }
        return Json{{"access_token", kToken}, {"token_type", "bearer"}, {"expires_in", 5184000}};
    }
    if (first == "me" && second == "accounts") return accounts();
    if (first == "me" && second.empty()) return Json{{"name", kPageName}, {"id", kPage}};
    return graph_fail(2500, 0, "Unknown path components: /" + second);
}

}  // namespace narvaro::sandbox
