#include "graph.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "graph_call.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

constexpr int kNewest = 26;
constexpr int kOldestLive = 21;     ///< a dead version is answered as this one, without a word
constexpr int kOldestLiveAds = 25;  ///< ads paths know no such mercy

struct TokenFault {
    const char* kind;
    int subcode;
    const char* message;
};

constexpr TokenFault kTokenFaults[] = {
    {"expired_token", 463,
     "Error validating access token: Session has expired on Wednesday, 03-Mar-21 00:00:00 PST."},
    {"password_changed", 460,
     "Error validating access token: The session has been invalidated because the user changed "
     "their "
     "password or Facebook has changed the session for security reasons."},
    {"role_lost", 492,
     "Error validating access token: Session does not match current stored session. This may be "
     "because the user lost the role on the page."},
    {"invalid_token", 467,
     "Error validating access token: This may be because the user logged out."},
};

struct Limit {
    int code;
    int status;
    const char* message;
};

constexpr Limit kLimits[] = {
    {4, 403, "(#4) Application request limit reached"},
    {17, 400, "(#17) User request limit reached"},
    {32, 400, "(#32) Page request limit reached"},
    {613, 400, "(#613) Calls to this api have exceeded the rate limit."},
    {80001, 400,
     "(#80001) There have been too many calls to this Page account. Wait a bit and try again."},
    {80002, 400,
     "(#80002) There have been too many calls to this Instagram account. Wait a bit and try "
     "again."},
    {80004, 400,
     "(#80004) There have been too many calls to this ad-account. Wait a bit and try again."},
};

std::string hmac_sha256(const std::string& key, const std::string& message) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest, &size);
    std::string out;
    for (unsigned int i = 0; i < size; ++i) {
        char hex[3];
        std::snprintf(hex, sizeof hex, "%02x", digest[i]);
        out += hex;
    }
    return out;
}

std::string token_of(const Request& request) {
    const std::string header = request.header("Authorization");
    constexpr std::string_view kBearer = "Bearer ";
    if (header.starts_with(kBearer)) return header.substr(kBearer.size());
    return request.parameter("access_token");
}

std::optional<GraphError> proof_trouble(const Call& call, const std::string& token) {
    const std::string proof = call.parameter("appsecret_proof");
    if (proof.empty()) {
        if (!call.struck("require_proof")) return std::nullopt;
        return graph_fail(100, 0, "API calls from the server require an appsecret_proof argument")
            .value();
    }
    const std::string time = call.parameter("appsecret_time");
    const std::string message = time.empty() ? token : token + "|" + time;
    if (proof == hmac_sha256(kAppSecret, message)) return std::nullopt;
    return graph_fail(100, 0, "Invalid appsecret_proof provided in the API argument").value();
}

std::optional<GraphError> token_trouble(const Call& call) {
    for (const TokenFault& fault : kTokenFaults) {
        if (call.struck(fault.kind)) return graph_fail(190, fault.subcode, fault.message).value();
    }
    const std::string token = token_of(call.request);
    if (token.empty()) {
        return graph_fail(104, 0, "An access token is required to request this resource.").value();
    }
    if (token == std::string{kAppId} + "|" + kAppSecret) return std::nullopt;
    if (token != kToken) return graph_fail(190, 467, "Invalid OAuth access token.").value();
    return proof_trouble(call, token);
}

std::optional<GraphError> limit_trouble(const Call& call, int percent) {
    const auto fault = call.state.strike("rate_limit", call.target());
    const int code = fault && fault->value.is_number_integer() ? fault->value.get<int>()
                     : fault || percent >= 100                 ? 4
                                                               : 0;
    if (code == 0) return std::nullopt;
    for (const Limit& limit : kLimits) {
        if (limit.code != code) continue;
        GraphError error = graph_fail(code, 0, limit.message, limit.status).value();
        error.transient = code == 4;
        error.regain_minutes = 17;
        return error;
    }
    return graph_fail(code, 0, "(#" + std::to_string(code) + ") limit reached").value();
}

/// The names in a list of fields or metrics, those within braces included.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + ',') {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

std::optional<GraphError> other_trouble(const Call& call) {
    if (const auto fault = call.state.strike("graph_error", call.target())) {
        // value: {"code":100,"subcode":33,"message":"…","status":400,"transient":false}
        const Json& v = fault->value;
        GraphError error = graph_fail(v.value("code", 2), v.value("subcode", 0),
                                      v.value("message", "An unexpected error has occurred."),
                                      v.value("status", 500))
                               .value();
        error.transient = v.value("transient", false);
        return error;
    }
    for (const char* parameter : {"fields", "metric"}) {
        for (const std::string& name : words_of(call.parameter(parameter))) {
            if (!call.struck("reject_removed", name)) continue;
            const bool metric = std::string_view{parameter} == "metric";
            return graph_fail(100, 0,
                              metric ? "(#100) The value must be a valid insights metric"
                                     : "(#100) Tried accessing nonexisting field (" + name + ")")
                .value();
        }
    }
    for (const char* removed : {"date_format", "pretty", "debug", "ids"}) {
        if (call.request.has_parameter(removed) && call.struck("reject_removed")) {
            return graph_fail(100, 0, std::string{"(#100) Unsupported parameter: "} + removed)
                .value();
        }
    }
    return std::nullopt;
}

bool is_ads(const std::vector<std::string>& parts) {
    return !parts.empty() && parts[0].starts_with("act_");
}

/// "v26.0" -> 26; 0: that is no version.
int version_of(const std::string& text) {
    if (text.size() < 4 || text[0] != 'v' || !text.ends_with(".0")) return 0;
    const std::string number = text.substr(1, text.size() - 3);
    if (number.find_first_not_of("0123456789") != std::string::npos) return 0;
    return number.size() > 3 ? 0 : std::stoi(number);
}

GraphResult route(const Call& call) {
    const std::vector<std::string>& parts = call.parts;
    if (parts.empty()) return graph_fail(100, 0, "Unsupported get request.");
    const std::string& first = parts[0];
    const std::string edge = parts.size() > 1 ? parts[1] : "";
    if (first == "debug_token" || first == "me" || first == "oauth") return tokens(call);
    if (is_ads(parts)) return ads(call);
    if (first == kPage) {
        if (edge.empty()) return page_node(call);
        if (edge == "insights") return page_insights(call);
        if (edge == "tagged" || edge == "visitor_posts") return page_tagged(call);
        if (edge == "posts" || edge == "published_posts" || edge == "feed") {
            return page_posts(call, edge);
        }
        return graph_fail(2500, 0, "Unknown path components: /" + edge);
    }
    if (first == kInstagram) {
        if (edge.empty()) return instagram_node(call);
        if (edge == "insights") return instagram_insights(call);
        return instagram_edge(call, edge);
    }
    if (first.starts_with(std::string{kPage} + "_")) return page_post(call);
    return media_node(call);
}

GraphResult answer(const Call& call, int asked_version, int percent) {
    const bool oauth = !call.parts.empty() && call.parts[0] == "oauth";
    const bool a_get_as_form = call.request.method == "POST" && call.parameter("method") == "get";
    if (call.request.method != "GET" && !a_get_as_form && !oauth) {
        return graph_fail(3, 0, "(#3) Application does not have the capability to make this call.");
    }
    if (asked_version > kNewest) {
        return graph_fail(2500, 0, "Unknown path components: /v" + std::to_string(asked_version));
    }
    if (is_ads(call.parts) && asked_version < kOldestLiveAds) {
        return graph_fail(2635, 0,
                          "(#2635) You are calling a deprecated version of the Ads API. Please "
                          "update to the latest version: v26.0.");
    }
    if (!oauth && call.parts != std::vector<std::string>{"debug_token"}) {
        if (auto trouble = token_trouble(call)) return tl::unexpected{*trouble};
    }
    if (auto trouble = limit_trouble(call, percent)) return tl::unexpected{*trouble};
    if (auto trouble = other_trouble(call)) return tl::unexpected{*trouble};
    GraphResult result = route(call);
    // Meta says the same with another code for some apps.
    if (!result && result.error().code == 10 && call.struck("permission_200")) {
        GraphError& error = result.error();
        error.code = 200;
        error.status = 403;
        error.message.replace(0, error.message.find(')') + 1, "(#200)");
    }
    return result;
}

const char* use_case_of(const Call& call) {
    if (is_ads(call.parts)) return "ads_management";
    return !call.parts.empty() && call.parts[0] == kInstagram ? "instagram" : "pages";
}

void add_usage(const Call& call, int percent, int regain_minutes, Response& response) {
    if (call.struck("no_usage_headers")) return;
    const auto forced = call.state.values_of("usage");
    if (!forced.empty() && forced.back().is_number_integer()) percent = forced.back().get<int>();
    const Json app = {{"call_count", percent}, {"total_time", percent / 2}, {"total_cputime", 1}};
    response.headers.emplace_back("X-App-Usage", app.dump());
    Json use = {{"type", use_case_of(call)},
                {"call_count", percent},
                {"total_cputime", 1},
                {"total_time", 1},
                {"estimated_time_to_regain_access", regain_minutes}};
    if (is_ads(call.parts)) {
        use["ads_api_access_tier"] = "development_access";
        const Json account = {{"acc_id_util_pct", percent},
                              {"reset_time_duration", 100},
                              {"ads_api_access_tier", "development_access"}};
        response.headers.emplace_back("X-Ad-Account-Usage", account.dump());
    }
    const Json business = {{kPage, Json::array({use})}};
    response.headers.emplace_back("X-Business-Use-Case-Usage", business.dump());
}

/// What a later version adds without a word: in the answer, in each item, in what an item holds.
void add_unknown(Json& value) {
    if (value.is_array()) {
        for (Json& one : value) add_unknown(one);
    } else if (value.is_object()) {
        for (auto& [name, one] : value.items()) add_unknown(one);
        value["added_later"] = {{"data", Json::array({nullptr, 1, "text", Json::object()})},
                                {"id", 18446744073709551615U}};
    }
}

/// Faults in how the answer is written.
std::string written(const Call& call, Json body) {
    if (call.struck("nulls") && body.contains("data")) {
        for (Json& item : body["data"]) {
            if (!item.is_object()) continue;
            for (const char* name : {"message", "caption", "shares", "like_count"}) {
                if (!item.contains(name)) item[name] = nullptr;
            }
        }
    }
    if (call.struck("extra_fields")) add_unknown(body);
    std::string text = meta_text(body);
    if (call.struck("lone_surrogate")) {
        const std::size_t pair = text.find("\\ud83c\\udf");
        if (pair != std::string::npos) text.erase(pair + 6, 6);
    }
    return text;
}

}  // namespace

Response graph(State& state, const Request& request) {
    std::vector<std::string> parts = split(request.path.substr(6), '/');  // after "/graph"
    const int asked = parts.empty() ? 0 : version_of(parts[0]);
    if (asked != 0) parts.erase(parts.begin());
    const int answering = std::max(asked, kOldestLive);
    std::string version = "v" + std::to_string(std::min(answering, kNewest)) + ".0";
    if (const auto other = state.strike("version", request.target());
        other && other->value.is_string()) {
        version = other->value.get<std::string>();
    }
    const Call call{state, request, state.clock(), version, std::move(parts)};
    const int percent = state.count_call("app");
    const GraphResult result = answer(call, asked, percent);
    Response response;
    response.content_type = request.header("Accept").empty() || call.struck("javascript")
                                ? "text/javascript; charset=UTF-8"
                                : "application/json; charset=UTF-8";
    response.status = result ? 200 : result.error().status;
    response.body = written(call, result ? *result : envelope(result.error()));
    response.headers.emplace_back("facebook-api-version", version);
    response.headers.emplace_back("x-fb-trace-id", "AsAnDbOx");
    if (!result && result.error().code == 190) {
        response.headers.emplace_back(
            "WWW-Authenticate", R"(OAuth "Facebook Platform" "invalid_token" "Error validating")");
    }
    add_usage(call, percent, result ? 0 : result.error().regain_minutes, response);
    return response;
}

}  // namespace narvaro::sandbox
