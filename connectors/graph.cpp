#include "connectors/graph.h"

#include <algorithm>
#include <cmath>

#include "connectors/graph_fields.h"
#include "connectors/graph_text.h"

namespace narvaro {
namespace {

constexpr double kDeferFrom = 75;              // percent of a limit: what can wait is left out
constexpr double kStopFrom = 90;               // percent of a limit: nothing more is asked
constexpr int kGarbledRetries = 3;             // an answer that is no JSON comes from a gateway
constexpr int kUnreachedRetries = 1;           // each may take the whole time limit
constexpr std::size_t kMostBytes = 4U << 20U;  // an answer has 25 posts; parsed, it grows tenfold

GraphFailure failure_of(GraphAction action, Error error) {
    GraphFailure failure;
    failure.action = action;
    failure.error = std::move(error);
    return failure;
}

GraphFailure unanswered(const GraphCall& call, Fault fault, const std::string& why, int retries) {
    GraphFailure failure = failure_of(
        GraphAction::retry, {fault, "no usable answer for " + call.purpose.what + ": " + why, {}});
    failure.retries = retries;
    return failure;
}

bool is_passing(const GraphFailure& failure) { return failure.action == GraphAction::retry; }

std::string percent_text(double percent) {
    return std::to_string(static_cast<long>(std::clamp(std::ceil(percent), 0.0, 1.0e6))) + " %";
}

}  // namespace

Graph::Graph(Http& http, MetaAccess access, sys_seconds now, GraphBudget budget, Wait wait)
    : http_(http),
      access_(std::move(access)),
      now_(now),
      budget_(budget),
      wait_(std::move(wait)),
      proof_(appsecret_proof(access_.app_secret, access_.token)) {}

Task<GraphResult<Json>> Graph::get(GraphCall call) {
    for (;;) {
        std::string url = graph_url(access_.api, call.path, call.params, proof_);
        GraphResult<Json> answer = co_await ask(std::move(url), call);
        if (answer || !leaves_out(answer.error(), call)) co_return answer;
    }
}

bool Graph::leaves_out(const GraphFailure& failure, GraphCall& call) {
    if (failure.unknown_field.empty()) return false;
    for (auto& [name, value] : call.params) {
        if (name != "fields") continue;
        std::string left = without_field(value, failure.unknown_field);
        if (left.empty() || left == value) return false;
        value = std::move(left);
        warn("Meta no longer has \"" + failure.unknown_field + "\" of " + call.purpose.what +
             "; read without it");
        return true;
    }
    return false;
}

Task<GraphResult<Json>> Graph::follow(std::string next, GraphCall call) {
    Result<std::string> url = next_url(access_.api, next, call.params, proof_);
    if (!url) {
        Error error = url.error();
        error.what = call.purpose.what + ": " + error.what;
        co_return tl::unexpected{failure_of(GraphAction::bug, std::move(error))};
    }
    co_return co_await ask(std::move(*url), std::move(call));
}

Task<GraphResult<Json>> Graph::ask(std::string url, GraphCall call) {
    auto pause = std::min<std::chrono::milliseconds>(std::chrono::seconds{5}, 5 * access_.pace);
    for (int attempt = 0;; ++attempt) {
        if (auto refused = refusal(call)) co_return tl::unexpected{std::move(*refused)};
        co_await keep_pace();
        GraphResult<Json> answer = co_await ask_once(url, call);
        if (answer) {
            unreachable_ = 0;
            co_return answer;
        }
        const GraphFailure& failure = answer.error();
        const bool again = is_passing(failure) && attempt < failure.retries &&
                           retries_ < budget_.retries && calls_ < budget_.calls;
        if (!again) {
            note_failure(failure);
            co_return answer;
        }
        ++retries_;
        if (pause.count() > 0) co_await wait_(pause);
        pause *= 2;
    }
}

Task<GraphResult<Json>> Graph::ask_once(const std::string& url, const GraphCall& call) {
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}};
    request.bearer = access_.token;
    request.max_bytes = kMostBytes;
    request.timeout = call.timeout;
    request.max_redirects = 0;
    Result<HttpReply> reply = co_await http_.get(std::move(request));
    ++calls_;
    if (reply) {
        note_headers(*reply);
        co_return read(*reply, call);
    }
    Error error = std::move(reply.error());
    if (error.fault == Fault::network || error.fault == Fault::offline) {
        co_return tl::unexpected{unanswered(call, error.fault, error.what, kUnreachedRetries)};
    }
    error.what = call.purpose.what + ": " + error.what;
    co_return tl::unexpected{failure_of(GraphAction::unreachable, std::move(error))};
}

Task<void> Graph::keep_pace() {
    if (calls_ > 0 && access_.pace.count() > 0) co_await wait_(access_.pace);
}

std::optional<GraphFailure> Graph::refusal(const GraphCall& call) {
    if (ended_) return ended_;
    if (calls_ >= budget_.calls) {
        ended_ = failure_of(GraphAction::back_off,
                            {Fault::rate_limited,
                             "stopped after " + std::to_string(calls_) +
                                 " calls, the most that one run makes to Meta",
                             "nothing is lost; the next poll goes on. If this stays, watch fewer "
                             "accounts"});
        return ended_;
    }
    if (usage_.percent > kStopFrom) {
        Error error{Fault::rate_limited,
                    percent_text(usage_.percent) +
                        " of Meta's limit of calls is used; nothing more is asked for now",
                    {}};
        error.retry_after = usage_.regain.value_or(std::chrono::hours{1});
        ended_ = failure_of(GraphAction::back_off, std::move(error));
        return ended_;
    }
    if (call.optional && usage_.percent > kDeferFrom) {
        warn(percent_text(usage_.percent) +
             " of Meta's limit of calls is used; left out this time: " + call.purpose.what);
        return failure_of(GraphAction::deferred, {Fault::rate_limited, "left out", {}});
    }
    return {};
}

GraphResult<Json> Graph::read(const HttpReply& reply, const GraphCall& call) {
    Result<Json> answer = parse_graph_json(reply.body);
    const std::string status = " (HTTP " + std::to_string(reply.status) + ")";
    if (answer && answer->is_object() && graph_error_in(*answer)) {
        return judge(*answer, reply, call);
    }
    if (reply.status >= 200 && reply.status < 300 && answer && answer->is_object()) {
        return std::move(*answer);
    }
    if (reply.status == 429) {
        Error error{Fault::rate_limited, "Meta asks us to ask less often" + status, {}};
        error.retry_after = retry_after(reply, now_).value_or(std::chrono::hours{1});
        return tl::unexpected{failure_of(GraphAction::back_off, std::move(error))};
    }
    const bool failed = reply.status >= 400;
    const std::string why = !answer ? answer.error().what : "the answer is no object";
    return tl::unexpected{unanswered(call, failed ? Fault::network : Fault::bad_reply, why + status,
                                     kGarbledRetries)};
}

GraphResult<Json> Graph::judge(const Json& answer, const HttpReply& reply, const GraphCall& call) {
    const auto usage = graph_usage(reply);
    const auto regain = usage ? usage->regain : std::nullopt;
    return tl::unexpected{
        judge_graph_error(*graph_error_in(answer), call.purpose, regain, secrets())};
}

void Graph::note_headers(const HttpReply& reply) {
    if (const auto usage = graph_usage(reply)) usage_ = *usage;
    const std::string asked = version_of(access_.api);
    const std::string came = reply.header("facebook-api-version");
    if (asked.empty() || came.empty() || came == asked) return;
    warn("Meta answered as " + clean_message(came, secrets()) + " where " + asked +
         " was asked for; set [meta] api to a version that is alive");
}

void Graph::note_failure(const GraphFailure& failure) {
    const bool no_answer = is_passing(failure) && failure.code == 0;
    unreachable_ = no_answer ? unreachable_ + 1 : 0;
    const bool ends = failure.action == GraphAction::back_off ||
                      failure.action == GraphAction::stop_auth || unreachable_ >= 2;
    if (ends) ended_ = failure;
}

void Graph::warn(const std::string& line) {
    const bool told = std::find(warnings_.begin(), warnings_.end(), line) != warnings_.end();
    if (!told && warnings_.size() < 20) warnings_.push_back(line);
}

std::vector<std::string> Graph::secrets() const {
    return {access_.token.reveal(), access_.app_secret.reveal(), proof_};
}

}  // namespace narvaro
