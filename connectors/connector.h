#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/http.h"
#include "core/coro.h"
#include "core/metric_verdict.h"
#include "core/observations.h"
#include "core/places.h"
#include "core/source.h"

namespace narvaro {

/// How Meta is reached; shared by facebook, instagram and meta-ads sources.
struct MetaAccess {
    std::string api;  ///< "https://graph.facebook.com/v26.0", no slash at the end
    Secret token;
    Secret app_secret;                     ///< empty: no appsecret_proof is sent
    std::chrono::milliseconds pace{1000};  ///< least time between two calls to Meta
};

/// All that a connector needs to know. Clock and settings are values: a connector reads no globals.
struct PollRequest {
    Source source;
    sys_seconds now;
    Places places;
    MetaAccess meta;
    Validators validators;       ///< feeds: as stored by the last poll; empty: ask unconditionally
    bool unconditional = false;  ///< feeds: ask for the whole feed, validators or not
    /// One of the connector's beats: only that edge is read. Empty: all of the source.
    std::string beat;
    MetricCandidates metrics{{"followers_city", {"page_follows_city"}}};  ///< of a Page's insights
    std::vector<JudgedMetric> judged_metrics;  ///< what the platform said of them before
    std::vector<std::string>
        organisation_handles;           ///< accounts that are organisations and may be stored
    std::optional<std::string> cursor;  ///< back-fill: where the last one stopped
    sys_seconds since{};                ///< back-fill: how far back
};

/// Takes one page of a back-fill; it is stored, cursor and all, in one transaction before the next
/// page is asked for. An error ends the back-fill.
using Sink = std::function<Result<void>(Observations page)>;

/// One poll. An Error: nothing could be read, and nothing is stored. Edges that failed alone are in
/// Observations::problems and Observations::gaps.
using PollFunction = Task<Result<Observations>> (*)(Http& http, PollRequest request);

/// Reads history from `request.since` on, newest first, page by page; resumes at `request.cursor`.
using BackfillFunction = Task<Result<void>> (*)(Http& http, PollRequest request, Sink sink);

/// An edge that is read oftener than the rest of its source, at a time of its own. A poll of the
/// whole source reads it as well.
struct Beat {
    const char* name;  ///< as PollRequest::beat says it
    std::chrono::seconds every;
};

struct Connector {
    SourceKind kind;
    PollFunction poll;
    BackfillFunction backfill;    ///< null: the source has no history
    std::span<const Beat> beats;  ///< none: the source has one rhythm
};

inline constexpr char kStoriesBeat[] = "stories";  ///< of an Instagram account

/// The one place where a kind of source meets its code.
const Connector& connector_for(SourceKind kind);

Task<Result<Observations>> poll_website(Http& http, PollRequest request);
Task<Result<Observations>> poll_press(Http& http, PollRequest request);
Task<Result<Observations>> poll_facebook(Http& http, PollRequest request);
Task<Result<Observations>> poll_instagram(Http& http, PollRequest request);
Task<Result<Observations>> poll_meta_ads(Http& http, PollRequest request);
Task<Result<void>> backfill_website(Http& http, PollRequest request, Sink sink);
Task<Result<void>> backfill_facebook(Http& http, PollRequest request, Sink sink);
Task<Result<void>> backfill_instagram(Http& http, PollRequest request, Sink sink);

}  // namespace narvaro
