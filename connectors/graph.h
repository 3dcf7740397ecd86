#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/graph_error.h"
#include "connectors/graph_json.h"
#include "connectors/graph_url.h"
#include "connectors/graph_usage.h"

namespace narvaro {

/// One question to Meta.
struct GraphCall {
    std::string path;  ///< below the api: "100000000000001/published_posts"
    GraphParams params;
    GraphPurpose purpose;
    bool optional = false;  ///< left out when the limits are near
    std::chrono::milliseconds timeout{30'000};
};

/// What a Graph may cost.
struct GraphBudget {
    int calls = 60;    ///< requests in all, retries included
    int retries = 10;  ///< in all; each kind of failure has its own number per call
};

/// Meta's Graph API for one poll of one source: one call at a time with `pace` between two, the
/// token in the header only, a proof on each call, errors by their code, and an eye on the limits.
/// Once the token is refused, a limit is reached, or two calls running had no answer that makes
/// sense, every later call fails at once with the same words.
/// Source: Meta reference, sections 2.5, 6 and 7.
class Graph {
  public:
    using Wait = std::function<Task<void>(std::chrono::milliseconds)>;

    /// @param now   for limits that are told as dates
    /// @param wait  how time is let pass between calls
    Graph(Http& http, MetaAccess access, sys_seconds now, GraphBudget budget,
          Wait wait = sleep_for);

    /// The answer, an object without an error in it. A field that Meta no longer has is left out,
    /// with a warning, and the others are asked for again.
    Task<GraphResult<Json>> get(GraphCall call);

    /// The same for a `paging.next` link of an earlier answer; `call` says what it is for, and its
    /// `params` go in place of the link's own.
    Task<GraphResult<Json>> follow(std::string next, GraphCall call);

    int calls() const { return calls_; }
    /// Seen while asking: another API version than asked for, calls put off near the limits.
    const std::vector<std::string>& warnings() const { return warnings_; }
    void warn(const std::string& line);

  private:
    /// Whether the call is worth another try without the field that Meta did not know.
    bool leaves_out(const GraphFailure& failure, GraphCall& call);
    Task<GraphResult<Json>> ask(std::string url, GraphCall call);
    Task<GraphResult<Json>> ask_once(const std::string& url, const GraphCall& call);
    Task<void> keep_pace();
    /// Why the call must not be made at all.
    std::optional<GraphFailure> refusal(const GraphCall& call);
    GraphResult<Json> read(const HttpReply& reply, const GraphCall& call);
    GraphResult<Json> judge(const Json& answer, const HttpReply& reply, const GraphCall& call);
    void note_headers(const HttpReply& reply);
    void note_failure(const GraphFailure& failure);
    std::vector<std::string> secrets() const;

    Http& http_;
    MetaAccess access_;
    sys_seconds now_;
    GraphBudget budget_;
    Wait wait_;
    std::string proof_;
    int calls_ = 0;
    int retries_ = 0;
    int unreachable_ = 0;  ///< calls running that ended so
    GraphUsage usage_;
    std::optional<GraphFailure> ended_;
    std::vector<std::string> warnings_;
};

}  // namespace narvaro
