#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/audience.h"
#include "core/metric_verdict.h"
#include "core/post.h"
#include "core/result.h"
#include "core/sample.h"

namespace narvaro {

/// What a feed's server handed out to ask conditionally with; opaque, kept byte for byte, as one
/// set.
struct Validators {
    std::string etag;
    std::string last_modified;
    bool empty() const { return etag.empty() && last_modified.empty(); }
    bool operator==(const Validators&) const = default;
};

/// All posts of `kind` that are published at or after `since` were in this read. A stored post of
/// that reach which is missing from two such reads in a row is gone. A read that was cut short,
/// ranked, or limited claims no completeness.
struct CompleteRead {
    PostKind kind = PostKind::post;
    sys_seconds since{};
    bool operator==(const CompleteRead&) const = default;
};

/// All that one poll of one source brought home. Storing it twice gives the same rows.
struct Observations {
    std::vector<Post> posts;
    std::vector<Sample> samples;
    std::vector<Gap> gaps;
    std::vector<Audience> audiences;
    /// The kinds of audience whose list was read to its end: those of them that are not among
    /// `audiences` are no longer live, unless their list is empty altogether.
    std::vector<std::string> complete_audiences;
    std::vector<CompleteRead> complete;
    std::optional<Validators> validators;  ///< empty: keep the stored ones (a 304, or no 200)
    bool not_modified = false;             ///< the server said 304: a success without news
    std::vector<std::string> warnings;     ///< what was unreadable and left out, a line each
    /// Edges that failed while others went on, each with its remedy; the poll is then a partial
    /// failure.
    std::vector<Error> problems;
    std::optional<std::string> cursor;  ///< how far a back-fill has come; empty: as stored
    std::optional<std::chrono::seconds> ask_again_after;  ///< the server's wish (max-age), if any
    /// The feed's own wish how long it may be kept; empty: it has none. Stored with what is read.
    std::optional<std::chrono::seconds> feed_ttl;
    /// The source does not tell how many posts it has: the store counts those it knows.
    bool count_posts = false;
    /// An unconditional read was answered with the very validators that were stored: had we asked
    /// conditionally, the server would have said 304. News in such a read give it the lie.
    bool validators_repeated = false;
    /// Where a whole read was answered, when every redirect on the way was permanent; the address
    /// itself when there was none. Empty: the read says nothing of it.
    std::string permanent_address;
    /// What the platform said of its metrics in this poll, each name once.
    std::vector<JudgedMetric> judged_metrics;
};

}  // namespace narvaro
