#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/audience.h"
#include "core/plan.h"
#include "core/record.h"
#include "core/result.h"
#include "core/sample.h"
#include "core/time.h"

namespace narvaro {

/// A gap and when it opened.
struct DatedGap {
    Gap gap;
    sys_seconds since;
};

/// What is stored, as targets ask for it. The as-of instant and what was known by then are already
/// applied by whoever implements it: nothing that is dated after the as-of instant is ever
/// returned. Counting happens where the data lies; nothing here loads all history.
class Facts {
  public:
    Facts() = default;
    Facts(const Facts&) = delete;
    Facts& operator=(const Facts&) = delete;
    virtual ~Facts() = default;

    /// Posts that match the filter and were published in each span; one count per span. Own posts
    /// only: stories only with filter.stories or the label ung_vanster; collaborations and tags
    /// only with that label; press and watched never (spec section 4).
    virtual Result<std::vector<std::int64_t>> count_posts(const PostFilter& filter,
                                                          std::span<const Span> spans) const = 0;

    /// The instants at which matching posts were published within the span, oldest first.
    virtual Result<std::vector<sys_seconds>> post_times(const PostFilter& filter,
                                                        Span span) const = 0;

    /// The latest sample (or record value) at or before `t`.
    virtual Result<std::optional<Sample>> sample_at(const SeriesRef& series,
                                                    sys_seconds t) const = 0;
    /// The first sample (or record value) at or after `t`.
    virtual Result<std::optional<Sample>> sample_after(const SeriesRef& series,
                                                       sys_seconds t) const = 0;
    /// All samples (or record values) in the span, oldest first.
    virtual Result<std::vector<Sample>> samples(const SeriesRef& series, Span span) const = 0;

    /// Records of the name that happened in the span, oldest first.
    virtual Result<std::vector<Record>> records(const std::string& name, Span span) const = 0;

    /// Ad sets and saved audiences of the source that were live at some time in the span.
    virtual Result<std::vector<Audience>> audiences(const std::string& source, Span span) const = 0;

    /// What could not be read of the source at the as-of instant, by metric.
    virtual Result<std::vector<DatedGap>> gaps(const std::string& source) const = 0;

    /// The last instant that the source is known to have been read at; may lie after the as-of
    /// instant, unless only what was known then is asked for. Empty: never.
    virtual Result<std::optional<sys_seconds>> read_until(const std::string& source) const = 0;

    /// Whether anything was ever read from the source.
    virtual Result<bool> observed(const std::string& source) const = 0;
};

}  // namespace narvaro
