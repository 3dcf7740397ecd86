#pragma once
#include "connectors/http.h"
#include "storage/store.h"

namespace narvaro {

/// Counts the requests that go through it.
class MeteredHttp : public Http {
  public:
    explicit MeteredHttp(Http& http) : http_(http) {}
    Task<Result<HttpReply>> get(HttpRequest request) override;
    int calls() const { return calls_; }

  private:
    Http& http_;
    int calls_ = 0;
};

/// How many calls were made to Meta on the day of `now` (UTC), by all sources; kept in the
/// database, so that a restart forgets nothing.
Result<int> meta_calls_today(const Store& store, sys_seconds now);
Result<void> add_meta_calls(Store& store, int calls, sys_seconds now);

/// Until when the service asks Meta nothing more; empty: there is something left of the day.
Result<std::optional<sys_seconds>> meta_rests_until(const Store& store, int calls_a_day,
                                                    sys_seconds now);

}  // namespace narvaro
