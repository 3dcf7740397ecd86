#include "connectors/meta_edges.h"

namespace narvaro {
namespace {

/// Whether people should hear of it as a failure, not only as a gap.
bool is_problem(GraphAction action) {
    return action != GraphAction::skip && action != GraphAction::retired;
}

std::string gap_detail(const Error& error) {
    return error.remedy.empty() ? error.what : error.what + " -> " + error.remedy;
}

}  // namespace

void MetaEdges::failed(const GraphFailure& failure, const std::vector<EdgeSubject>& subjects) {
    if (failure.action == GraphAction::deferred) return;  // nothing is wrong; the Graph has warned
    if (ended_) return;
    for (const EdgeSubject& subject : subjects) {
        seen.gaps.push_back(
            {subject.metric, subject.dimension, failure.gap, gap_detail(failure.error)});
    }
    if (!first_) first_ = failure.error;
    if (is_problem(failure.action)) {
        seen.problems.push_back(failure.error);
    } else if (failure.gap != GapReason::below_threshold) {
        seen.warnings.push_back(failure.error.what);
    }
    const bool ends =
        failure.action == GraphAction::back_off || failure.action == GraphAction::stop_auth;
    if (ends) ended_ = failure;
}

Result<Observations> MetaEdges::finish(const Graph& graph) {
    if (ended_ && ended_->action == GraphAction::stop_auth) {
        return tl::unexpected{ended_->error};
    }
    if (read_ == 0 && first_) return tl::unexpected{ended_ ? ended_->error : *first_};
    if (ended_) seen.ask_again_after = ended_->error.retry_after;
    seen.warnings.insert(seen.warnings.end(), graph.warnings().begin(), graph.warnings().end());
    return std::move(seen);
}

}  // namespace narvaro
