#pragma once
#include <deque>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "connectors/connector.h"
#include "connectors/graph_text.h"
#include "connectors/http_url.h"

namespace narvaro {

inline constexpr char kFakeApi[] = "https://graph.example/v26.0";
inline constexpr char kFakeToken[] = "EAAnarvaroTESTtoken123";

/// One request as a test looks at it.
struct MetaRequest {
    std::string path;  ///< below the version: "1000/published_posts"
    std::map<std::string, std::string> query;
    HttpRequest sent;
};

/// Meta, simulated: answers by path, and lists that were not prepared are empty. Several answers
/// for one path are played in order and the last one stays.
class FakeMeta : public Http {
  public:
    FakeMeta& on(const std::string& path, Result<HttpReply> reply) {
        answers_[path].push_back(std::move(reply));
        return *this;
    }
    FakeMeta& on(const std::string& path, std::string body, long status = 200,
                 std::map<std::string, std::string> headers = {}) {
        HttpReply reply;
        reply.status = status;
        reply.body = std::move(body);
        reply.headers = std::move(headers);
        return on(path, std::move(reply));
    }
    FakeMeta& error(const std::string& path, int code, int subcode, const std::string& message,
                    long status = 400) {
        return on(path,
                  R"({"error":{"message":")" + message + R"(","type":"OAuthException","code":)" +
                      std::to_string(code) + R"(,"error_subcode":)" + std::to_string(subcode) +
                      R"(,"fbtrace_id":"A1"}})",
                  status);
    }

    Task<Result<HttpReply>> get(HttpRequest request) override {
        MetaRequest asked;
        const auto url = parse_http_url(request.url);
        if (url) {
            asked.path = url->path.substr(std::string{"/v26.0/"}.size());
            for (auto& [name, value] : query_parts(url->query)) asked.query[name] = value;
        }
        asked.sent = std::move(request);
        asked_.push_back(asked);
        Result<HttpReply> reply = take(asked.path);
        if (reply) reply->url = asked.sent.url;
        co_return reply;
    }

    const std::vector<MetaRequest>& asked() const { return asked_; }
    std::vector<MetaRequest> asked(const std::string& path) const {
        std::vector<MetaRequest> some;
        for (const MetaRequest& one : asked_) {
            if (one.path == path) some.push_back(one);
        }
        return some;
    }

  private:
    Result<HttpReply> take(const std::string& path) {
        const auto found = answers_.find(path);
        if (found == answers_.end()) {
            HttpReply empty;
            empty.status = 200;
            empty.body = R"({"data":[]})";
            return empty;
        }
        Result<HttpReply> reply = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        return reply;
    }

    std::map<std::string, std::deque<Result<HttpReply>>> answers_;
    std::vector<MetaRequest> asked_;
};

/// 2026-11-21T12:00:00Z
inline constexpr sys_seconds kFakeNow{seconds{1795262400}};

inline PollRequest meta_request(SourceKind kind, std::string address) {
    PollRequest request;
    request.source.id = "meta";
    request.source.kind = kind;
    request.source.address = std::move(address);
    request.now = kFakeNow;
    request.places.groups["local"] = {"Vallentuna", "Lindholmen", "Åby"};
    request.meta.api = kFakeApi;
    request.meta.token = Secret{kFakeToken};
    request.meta.app_secret = Secret{"0123456789abcdef0123456789abcdef"};
    request.meta.pace = std::chrono::milliseconds{0};
    request.organisation_handles = {"ungvanster*", "200000000000002"};
    return request;
}

inline std::string test_file(const std::string& name) {
    const std::ifstream file{std::string{NARVARO_TEST_DATA} + "/connectors/meta/" + name};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The value of a sample; empty when it was not read.
inline std::optional<double> sample_value(const Observations& seen, const std::string& metric,
                                          const std::string& dimension = {}) {
    for (const Sample& sample : seen.samples) {
        if (sample.metric == metric && sample.dimension == dimension) return sample.value;
    }
    return {};
}

inline std::optional<GapReason> gap_reason(const Observations& seen, const std::string& metric,
                                           const std::string& dimension = {}) {
    for (const Gap& gap : seen.gaps) {
        if (gap.metric == metric && gap.dimension == dimension) return gap.reason;
    }
    return {};
}

inline const Post* find_post(const Observations& seen, const std::string& remote_id) {
    for (const Post& post : seen.posts) {
        if (post.remote_id == remote_id) return &post;
    }
    return nullptr;
}

}  // namespace narvaro
