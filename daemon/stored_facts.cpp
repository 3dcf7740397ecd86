#include "daemon/stored_facts.h"

namespace narvaro {

Result<std::vector<std::int64_t>> StoredFacts::count_posts(const PostFilter& filter,
                                                           std::span<const Span> spans) const {
    return store_.count_posts(filter, spans, as_of_);
}

Result<std::vector<sys_seconds>> StoredFacts::post_times(const PostFilter& filter,
                                                         Span span) const {
    return store_.post_times(filter, span, as_of_);
}

Result<std::optional<Sample>> StoredFacts::sample_at(const SeriesRef& series, sys_seconds t) const {
    return store_.sample_at(series, t, as_of_);
}

Result<std::optional<Sample>> StoredFacts::sample_after(const SeriesRef& series,
                                                        sys_seconds t) const {
    return store_.sample_after(series, t, as_of_);
}

Result<std::vector<Sample>> StoredFacts::samples(const SeriesRef& series, Span span) const {
    return store_.samples(series, span, as_of_);
}

Result<std::vector<Record>> StoredFacts::records(const std::string& name, Span span) const {
    return store_.records(name, span, as_of_);
}

Result<std::vector<Audience>> StoredFacts::audiences(const std::string& source, Span span) const {
    return store_.audiences(source, span, as_of_);
}

Result<std::vector<DatedGap>> StoredFacts::gaps(const std::string& source) const {
    auto stored = store_.open_gaps_of(source, as_of_);
    if (!stored) return tl::unexpected{stored.error()};
    std::vector<DatedGap> gaps;
    for (StoredGap& one : *stored) gaps.push_back({std::move(one.gap), one.since});
    return gaps;
}

Result<std::optional<sys_seconds>> StoredFacts::read_until(const std::string& source) const {
    return store_.read_until(source, as_of_);
}

Result<bool> StoredFacts::observed(const std::string& source) const {
    return store_.observed(source, as_of_);
}

}  // namespace narvaro
