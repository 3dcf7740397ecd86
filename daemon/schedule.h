#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/source.h"
#include "core/time.h"
#include "storage/stored.h"

namespace narvaro {

/// How a poll ended, as far as the next one depends on it.
struct PollEnd {
    sys_seconds at;
    int consecutive_failures = 0;        ///< 0: it went well
    std::optional<seconds> server_says;  ///< Retry-After or max-age
    /// A website: when it was last seen to have published. It is looked at again soon.
    std::optional<sys_seconds> news_at{};
};

/// The longest that a failing source is left alone; it is never given up.
inline constexpr seconds kLongestWait = std::chrono::hours{24};

/// When a source is polled again. After a success: `every` later, moved by up to a tenth of it: by
/// an offset of the source's own and a jitter of source and instant, so that sources drift apart
/// and a test can name the second. After news: 1, 5 and 15 minutes later, since what is published
/// together is often not in the feed at once. After failures: `every` doubled with each further
/// one, at most a day. The server's wish lengthens the wait, but never beyond a day.
sys_seconds next_poll(const Source& source, const PollEnd& end);

/// The same for an edge with a rhythm of its own.
sys_seconds next_beat(const Source& source, const std::string& beat, const PollEnd& end);

/// When the source is due, be it as a whole or by one edge; empty: it was never polled.
std::optional<sys_seconds> next_due(const SourceStatus& status);

/// The same as it will be once the outcome of a poll is stored.
sys_seconds next_due(const SourceStatus& before, const PollOutcome& outcome);

/// Which edge alone is to be read now; empty: all of the source.
std::string due_beat(const SourceStatus& status, sys_seconds now);

/// When a source that was never polled is asked first: within a minute after `now`, each source at
/// its own second, so that a start does not stampede.
sys_seconds first_poll(const Source& source, sys_seconds now);

}  // namespace narvaro
