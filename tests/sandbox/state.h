#pragma once
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/time.h"
#include "http.h"

namespace narvaro::sandbox {

using Json = nlohmann::json;

inline constexpr char kToken[] = "sandbox-token";
inline constexpr char kAppId[] = "1000000009";
inline constexpr char kAppSecret[] = "sandbox-app-secret";

/// Something that goes wrong on demand. The kinds stand in README.md beside this file.
struct Mishap {
    std::string path;  ///< prefix of path and query
    std::string kind;
    Json value;      ///< as the kind needs it; null when not given
    int times = -1;  ///< how often it still strikes; -1: always
};

/// What all threads of a sandbox share; every function locks.
class State {
  public:
    explicit State(sys_seconds clock) : clock_(clock) {}

    sys_seconds clock() const;
    void set_clock(sys_seconds t);
    /// "http://127.0.0.1:8080"
    std::string base() const;
    void set_base(std::string base);

    void add_fault(Mishap fault);
    void clear_faults();
    Json faults() const;
    /// Uses up one strike of the first fault of that kind whose path and value fit.
    /// @param value  only a fault with this value; null: any
    std::optional<Mishap> strike(std::string_view kind, std::string_view target,
                                 const Json& value = nullptr);
    /// Uses up one strike of the first fault of any of the kinds.
    std::optional<Mishap> strike_any(const std::vector<std::string_view>& kinds,
                                     std::string_view target);
    /// The values of all faults of that kind, without using them up.
    std::vector<Json> values_of(std::string_view kind) const;

    /// @return a number to give to `log_status`
    std::size_t log(const Request& request);
    void log_status(std::size_t entry, int status);
    Json log() const;
    void clear_log();

    /// Counts a call to Meta against the budgets. @return percent of the hour's budget used
    int count_call(const std::string& budget);

  private:
    mutable std::mutex mutex_;
    sys_seconds clock_;
    std::string base_;
    std::vector<Mishap> faults_;
    std::vector<Json> log_;
    std::size_t log_starts_at_ = 0;
    std::map<std::string, std::deque<sys_seconds>> calls_;
};

/// Answers requests of one platform.
using Handler = std::function<Response(const Request&)>;

}  // namespace narvaro::sandbox
