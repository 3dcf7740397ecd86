#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "client.h"
#include "sandbox.h"
#include "state.h"

namespace narvaro::sandbox {

inline sys_seconds at(const char* text) { return parse_instant(text).value(); }

/// A sandbox of the test's own, and the questions that tests put to it.
class Running {
  public:
    explicit Running(const char* clock) {
        auto started = Sandbox::start(0, at(clock));
        if (!started) throw std::runtime_error(started.error().what);
        sandbox_ = std::move(*started);
    }

    Sandbox& operator*() { return *sandbox_; }
    Sandbox* operator->() { return sandbox_.get(); }

    Reply get(const std::string& target, const std::string& headers = {}) {
        const auto reply = ask(sandbox_->port(), "GET", target, {}, headers);
        if (!reply) throw std::runtime_error(reply.error().what);
        return *reply;
    }
    /// A call to the Graph API with the token in the header.
    Reply call(const std::string& below) {
        return get("/graph/v26.0/" + below,
                   std::string{"Accept: */*\r\nAuthorization: Bearer "} + kToken + "\r\n");
    }
    Json json(const std::string& below) { return Json::parse(call(below).body); }
    void clock(const char* instant) { sandbox_->state().set_clock(at(instant)); }
    void fault(const char* path, const char* kind, Json value = nullptr, int times = -1) {
        sandbox_->state().add_fault({path, kind, std::move(value), times});
    }
    /// All items of a list, following `next` and nothing else. @param pages  how many it took
    std::vector<Json> all(const std::string& below, int* pages = nullptr) {
        std::vector<Json> out;
        std::string target = "/graph/v26.0/" + below;
        int count = 0;
        while (!target.empty()) {
            ++count;
            const Json page = Json::parse(
                get(target, std::string{"Authorization: Bearer "} + kToken + "\r\n").body);
            for (const Json& item : page.at("data")) out.push_back(item);
            target = page.contains("paging") ? page["paging"].value("next", "") : "";
            if (!target.empty()) target = target.substr(sandbox_->url().size());
        }
        if (pages != nullptr) *pages = count;
        return out;
    }

  private:
    std::unique_ptr<Sandbox> sandbox_;
};

inline int code_of(const Reply& reply) {
    const Json body = Json::parse(reply.body, nullptr, false);
    if (!body.is_object() || !body.contains("error")) return 0;
    return body["error"].value("code", 0);
}

}  // namespace narvaro::sandbox
