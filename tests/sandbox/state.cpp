#include "state.h"

#include <chrono>
#include <cstdio>

#include "local_time.h"

namespace narvaro::sandbox {
namespace {

/// Calls that one budget allows in an hour of the sandbox's clock, which may well stand still.
constexpr std::size_t kCallsAnHour = 5000;

/// Tokens and secrets never reach the log.
std::string without_secrets(const Request& request) {
    std::string out = request.path;
    char before = '?';
    std::string_view rest = request.query;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::string name{pair.substr(0, pair.find('='))};
        const bool secret =
            name.find("token") != std::string::npos || name.find("secret") != std::string::npos;
        out += before;
        out += secret && name != "appsecret_proof" ? name + "=hidden" : std::string{pair};
        before = '&';
    }
    return out;
}

std::string wall_clock() {
    const auto now = std::chrono::system_clock::now();
    const auto whole = std::chrono::floor<seconds>(now);
    const auto rest = std::chrono::floor<std::chrono::milliseconds>(now - whole).count();
    std::string text = format_utc(whole);
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(rest));
    return text.substr(0, text.size() - 1) + fraction;
}

bool fits(const Mishap& fault, std::string_view kind, std::string_view target, const Json& value) {
    return fault.times != 0 && fault.kind == kind && target.starts_with(fault.path) &&
           (value.is_null() || fault.value == value);
}

}  // namespace

sys_seconds State::clock() const {
    const std::lock_guard lock{mutex_};
    return clock_;
}

void State::set_clock(sys_seconds t) {
    const std::lock_guard lock{mutex_};
    clock_ = t;
}

std::string State::base() const {
    const std::lock_guard lock{mutex_};
    return base_;
}

void State::set_base(std::string base) {
    const std::lock_guard lock{mutex_};
    base_ = std::move(base);
}

void State::add_fault(Mishap fault) {
    const std::lock_guard lock{mutex_};
    faults_.push_back(std::move(fault));
}

void State::clear_faults() {
    const std::lock_guard lock{mutex_};
    faults_.clear();
}

Json State::faults() const {
    const std::lock_guard lock{mutex_};
    Json out = Json::array();
    for (const Mishap& f : faults_) {
        if (f.times == 0) continue;
        out.push_back({{"path", f.path}, {"kind", f.kind}, {"value", f.value}, {"times", f.times}});
    }
    return out;
}

std::optional<Mishap> State::strike(std::string_view kind, std::string_view target,
                                    const Json& value) {
    const std::lock_guard lock{mutex_};
    for (Mishap& f : faults_) {
        if (!fits(f, kind, target, value)) continue;
        if (f.times > 0) --f.times;
        return f;
    }
    return std::nullopt;
}

std::optional<Mishap> State::strike_any(const std::vector<std::string_view>& kinds,
                                        std::string_view target) {
    for (const std::string_view kind : kinds) {
        if (auto fault = strike(kind, target)) return fault;
    }
    return std::nullopt;
}

std::vector<Json> State::values_of(std::string_view kind) const {
    const std::lock_guard lock{mutex_};
    std::vector<Json> out;
    for (const Mishap& f : faults_) {
        if (f.kind == kind && f.times != 0) out.push_back(f.value);
    }
    return out;
}

std::size_t State::log(const Request& request) {
    Json headers = Json::object();
    for (const char* name : {"If-None-Match", "If-Modified-Since", "User-Agent"}) {
        const auto found = request.headers.find(name);
        if (found != request.headers.end()) headers[name] = found->second;
    }
    if (request.headers.contains("Authorization")) headers["Authorization"] = "present";
    const std::lock_guard lock{mutex_};
    log_.push_back({{"method", request.method},
                    {"path", without_secrets(request)},
                    {"headers", std::move(headers)},
                    {"time", wall_clock()},
                    {"clock", format_utc(clock_)},
                    {"status", nullptr}});
    return log_starts_at_ + log_.size() - 1;
}

void State::log_status(std::size_t entry, int status) {
    const std::lock_guard lock{mutex_};
    if (entry >= log_starts_at_) log_[entry - log_starts_at_]["status"] = status;
}

Json State::log() const {
    const std::lock_guard lock{mutex_};
    return log_;
}

void State::clear_log() {
    const std::lock_guard lock{mutex_};
    log_starts_at_ += log_.size();
    log_.clear();
}

int State::count_call(const std::string& budget) {
    const std::lock_guard lock{mutex_};
    auto& calls = calls_[budget];
    const auto is_old = [&](sys_seconds t) { return t > clock_ || clock_ - t >= seconds{3600}; };
    while (!calls.empty() && is_old(calls.front())) calls.pop_front();
    calls.push_back(clock_);
    std::size_t allowed = kCallsAnHour;
    for (const Mishap& f : faults_) {
        if (f.kind == "call_budget" && f.value.is_number_integer() && f.value.get<int>() > 0) {
            allowed = f.value.get<std::size_t>();
        }
    }
    return static_cast<int>(calls.size() * 100 / allowed);
}

}  // namespace narvaro::sandbox
