#pragma once
#include "analytics/facts.h"
#include "core/as_of.h"
#include "storage/store.h"

namespace narvaro {

/// Answers what targets ask from the database, as of one instant. The store outlives it.
class StoredFacts : public Facts {
  public:
    StoredFacts(const Store& store, AsOf as_of) : store_(store), as_of_(as_of) {}

    Result<std::vector<std::int64_t>> count_posts(const PostFilter& filter,
                                                  std::span<const Span> spans) const override;
    Result<std::vector<sys_seconds>> post_times(const PostFilter& filter, Span span) const override;
    Result<std::optional<Sample>> sample_at(const SeriesRef& series, sys_seconds t) const override;
    Result<std::optional<Sample>> sample_after(const SeriesRef& series,
                                               sys_seconds t) const override;
    Result<std::vector<Sample>> samples(const SeriesRef& series, Span span) const override;
    Result<std::vector<Record>> records(const std::string& name, Span span) const override;
    Result<std::vector<Audience>> audiences(const std::string& source, Span span) const override;
    Result<std::vector<DatedGap>> gaps(const std::string& source) const override;
    Result<std::optional<sys_seconds>> read_until(const std::string& source) const override;
    Result<bool> observed(const std::string& source) const override;

  private:
    const Store& store_;
    AsOf as_of_;
};

}  // namespace narvaro
