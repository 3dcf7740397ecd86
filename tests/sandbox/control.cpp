#include "control.h"

#include <set>

#include "local_time.h"
#include "truth.h"

namespace narvaro::sandbox {
namespace {

/// What POST /sandbox/fault takes; README.md explains each.
const std::set<std::string> kKinds{
    // of the wire
    "cut", "truncate", "slow", "hang", "endless", "reset", "gzip", "bomb", "chunked",
    // instead of any platform
    "status", "html500", "retry_after", "redirect", "moved", "no_feed",
    // on top of what the platform answers
    "headers", "always_304",
    // of Meta
    "expired_token", "password_changed", "role_lost", "invalid_token", "require_proof",
    "missing_permission", "rate_limit", "graph_error", "reject_removed", "version", "javascript",
    "no_usage_headers", "usage", "call_budget", "nulls", "lone_surrogate", "small_account",
    "empty_insights", "extra_fields", "restated", "permission_200", "retired", "discovery_gone",
    "token_days_left", "data_access_days_left",
    // of what is published
    "delete", "edit"};

Response json(int status, const Json& body) {
    return text_response(status, "application/json; charset=utf-8", body.dump() + "\n");
}

Response refused(const std::string& why) { return json(400, {{"error", why}}); }

Response clock(State& state, const Request& request) {
    if (request.method == "GET") return json(200, {{"clock", format_utc(state.clock())}});
    std::string text = request.body;
    const Json body = Json::parse(text, nullptr, false);
    if (body.is_object()) text = body.value("clock", "");
    if (body.is_string()) text = body.get<std::string>();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const auto instant = parse_instant(text);
    if (!instant) return refused("no instant: " + text + "; wanted: 2021-06-15T06:00:00Z");
    state.set_clock(*instant);
    return json(200, {{"clock", format_utc(*instant)}});
}

Response add_fault(State& state, const Request& request) {
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return refused("a fault is a JSON object");
    Mishap mishap;
    for (const auto& [name, value] : body.items()) {
        if (name == "path" && value.is_string()) {
            mishap.path = value.get<std::string>();
        } else if (name == "kind" && value.is_string()) {
            mishap.kind = value.get<std::string>();
        } else if (name == "times" && value.is_number_integer()) {
            mishap.times = value.get<int>();
        } else if (name == "value") {
            mishap.value = value;
        } else {
            return refused("a fault has path, kind, value, times; not " + name + ": " +
                           value.dump());
        }
    }
    if (!kKinds.contains(mishap.kind)) return refused("there is no fault \"" + mishap.kind + "\"");
    state.add_fault(std::move(mishap));
    return json(200, state.faults());
}

Response told_truth(const Request& request, const State& state) {
    const std::string text = request.parameter("as_of");
    const auto as_of = text.empty() ? std::optional{state.clock()} : parse_instant(text);
    if (!as_of) return refused("no instant: " + text);
    return json(200, truth(*as_of));
}

}  // namespace

Response control(State& state, const Request& request) {
    const std::string what = request.path.substr(std::string_view{"/sandbox/"}.size());
    const std::string& method = request.method;
    const bool reads = method == "GET" || method == "HEAD";
    if (what == "clock" && (reads || method == "POST" || method == "PUT")) {
        return clock(state, request);
    }
    if (what == "fault" && method == "POST") return add_fault(state, request);
    if (what == "fault" || what == "faults") {
        if (method == "DELETE") state.clear_faults();
        if (method == "DELETE" || reads) return json(200, state.faults());
    }
    if (what == "log") {
        if (method == "DELETE") state.clear_log();
        if (method == "DELETE" || reads) return json(200, state.log());
    }
    if (what == "truth" && reads) return told_truth(request, state);
    return json(404, {{"error", method + " " + request.path + ": there is no such handle"}});
}

}  // namespace narvaro::sandbox
