#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connectors/graph.h"
#include "core/observations.h"

namespace narvaro {

/// A number or a list that a failed call leaves open.
struct EdgeSubject {
    const char* metric;
    std::string dimension{};
};

/// What the calls of one poll bring home and leave open. Each edge fails alone; a refused token or
/// a reached limit ends the poll.
class MetaEdges {
  public:
    Observations seen;

    /// An edge was read, whatever was in it.
    void read() { ++read_; }

    /// An edge was not: keeps the gaps, and for what a person should know a problem.
    void failed(const GraphFailure& failure, const std::vector<EdgeSubject>& subjects);

    /// The poll asks nothing more.
    bool ended() const { return ended_.has_value(); }

    /// All of it; an Error when the token was refused or nothing at all was read.
    Result<Observations> finish(const Graph& graph);

  private:
    int read_ = 0;
    std::optional<Error> first_;
    std::optional<GraphFailure> ended_;
};

}  // namespace narvaro
