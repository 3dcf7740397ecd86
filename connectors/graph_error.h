#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "connectors/graph_json.h"
#include "core/result.h"
#include "core/sample.h"

namespace narvaro {

/// What Meta wrote in the envelope of an error.
struct GraphErrorBody {
    std::int64_t code = 0;
    std::int64_t subcode = 0;
    bool transient = false;  ///< Meta's own word that the same call may succeed later
    std::string message;     ///< as sent: it may hold a token
};

/// The error in an answer; empty when the answer has none. Reads the Graph API's envelope and the
/// flat one of the token endpoints.
std::optional<GraphErrorBody> graph_error_in(const Json& answer);

/// What the program does about a failed call.
enum class GraphAction {
    retry,            ///< passing: the same call again, at most `retries` times
    reduce,           ///< the same list in smaller pages
    back_off,         ///< stop this source until `retry_after`
    stop_auth,        ///< stop this source until a person stores another token
    stop_permission,  ///< leave this call out: a permission is missing
    missing,          ///< the object does not exist, or not for us
    skip,             ///< there is no data here, and that is an answer
    retired,          ///< the platform has ended the metric
    bad_cursor,       ///< read the list from the top again
    bug,              ///< the request is wrong
    unreachable,      ///< no answer that makes sense, after all retries
    deferred,         ///< not asked: the limits are near, and the call can wait
};

/// A call that brought nothing: what is done about it, and how people are told.
struct GraphFailure {
    GraphAction action = GraphAction::bug;
    Error error;
    int retries = 0;  ///< with `retry`
    std::int64_t code = 0;
    std::int64_t subcode = 0;
    GapReason gap = GapReason::failed;  ///< why the number or the list is missing
    std::string unknown_field{};        ///< one that was asked for and is no longer there
};

template <class T>
using GraphResult = tl::expected<T, GraphFailure>;

/// What a call is for; people are told in these words.
struct GraphPurpose {
    std::string what;        ///< "the Page's posts"
    std::string permission;  ///< what the token needs for it, as Meta names it
    bool root = false;       ///< the Page, account or ad account itself
};

/// Decides on `code` and `subcode`, never on the HTTP status.
/// @param regain   how long until the limits let us in again, by the answer's headers
/// @param secrets  what must not be repeated from the message
/// Source: Meta reference, section 6.3.
GraphFailure judge_graph_error(const GraphErrorBody& body, const GraphPurpose& purpose,
                               std::optional<std::chrono::seconds> regain,
                               const std::vector<std::string>& secrets);

}  // namespace narvaro
