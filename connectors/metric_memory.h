#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connectors/graph_error.h"
#include "core/metric_verdict.h"

namespace narvaro {

/// Which of Meta's names for a metric is asked for next: the first of the candidates that was not
/// found dead within kVerdictLasts. Remembers what this poll is told.
class MetricMemory {
  public:
    MetricMemory(std::vector<JudgedMetric> known, sys_seconds now)
        : known_(std::move(known)), now_(now) {}

    /// @return empty when all are dead, or there are none
    std::optional<std::string> choose(const std::vector<std::string>& candidates) const;
    /// The newest word on the candidates, for a gap; empty: nothing is known.
    std::optional<JudgedMetric> last_word(const std::vector<std::string>& candidates) const;

    void note(const std::string& name, MetricVerdict verdict, std::string detail = {});
    /// The verdict that a failed call for this name alone means; a failure that says nothing of the
    /// metric (the network, a limit, the token) is none.
    void note_failure(const std::string& name, const GraphFailure& failure);

    /// What was noted in this poll.
    const std::vector<JudgedMetric>& fresh() const { return fresh_; }

  private:
    const JudgedMetric* word_on(const std::string& name) const;

    std::vector<JudgedMetric> known_;
    std::vector<JudgedMetric> fresh_;
    sys_seconds now_;
};

/// The gap that such a verdict leaves in one of our metrics.
Gap gap_of(const std::string& metric, const JudgedMetric& word);

}  // namespace narvaro
