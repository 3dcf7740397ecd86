#pragma once
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "connectors/http.h"

namespace narvaro {

/// What a connector asked for, as a test compares it.
struct AskedFor {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string bearer;
    std::optional<Validators> validators;
    std::string form{};
};

/// A network that plays prepared answers and keeps what was asked. An answer `on` an exact URL goes
/// before the answers in order (`then`); several for one URL are played in order and the last one
/// stays. A request without an answer is Fault::usage and counted in `unexpected`, so that a test
/// can insist on none.
class ScriptedHttp : public Http {
  public:
    ScriptedHttp& then(Result<HttpReply> reply) {
        in_order_.push_back(std::move(reply));
        return *this;
    }
    ScriptedHttp& then(long status, std::string body,
                       std::map<std::string, std::string> headers = {}) {
        return then(make_reply(status, std::move(body), std::move(headers)));
    }
    ScriptedHttp& on(const std::string& url, Result<HttpReply> reply) {
        by_url_[url].push_back(std::move(reply));
        return *this;
    }
    ScriptedHttp& on(const std::string& url, long status, std::string body,
                     std::map<std::string, std::string> headers = {}) {
        return on(url, make_reply(status, std::move(body), std::move(headers)));
    }

    Task<Result<HttpReply>> get(HttpRequest request) override {
        asked_.push_back({request.url, request.headers, request.bearer.reveal(), request.validators,
                          request.form.reveal()});
        co_return answer(request.url);
    }

    /// Every request, oldest first.
    const std::vector<AskedFor>& asked() const { return asked_; }
    /// The URLs of every request, oldest first.
    std::vector<std::string> urls() const {
        std::vector<std::string> all;
        all.reserve(asked_.size());
        for (const AskedFor& one : asked_) all.push_back(one.url);
        return all;
    }
    /// How many requests had no answer prepared.
    int unexpected() const { return unexpected_; }
    /// Answers in order that nobody has asked for yet.
    std::size_t left() const { return in_order_.size(); }

    /// @param headers  names in lower case
    static HttpReply make_reply(long status, std::string body,
                                std::map<std::string, std::string> headers = {}) {
        HttpReply reply;
        reply.status = status;
        reply.body = std::move(body);
        reply.headers = std::move(headers);
        return reply;
    }

  private:
    Result<HttpReply> answer(const std::string& url) {
        Result<HttpReply> reply = take(url);
        if (reply && reply->url.empty()) reply->url = url;
        return reply;
    }
    Result<HttpReply> take(const std::string& url) {
        if (const auto found = by_url_.find(url); found != by_url_.end()) {
            Result<HttpReply> reply = found->second.front();
            if (found->second.size() > 1) found->second.pop_front();
            return reply;
        }
        if (in_order_.empty()) {
            ++unexpected_;
            return fail(Fault::usage, "the script has no answer for " + url);
        }
        Result<HttpReply> reply = std::move(in_order_.front());
        in_order_.pop_front();
        return reply;
    }

    std::deque<Result<HttpReply>> in_order_;
    std::map<std::string, std::deque<Result<HttpReply>>> by_url_;
    std::vector<AskedFor> asked_;
    int unexpected_ = 0;
};

}  // namespace narvaro
