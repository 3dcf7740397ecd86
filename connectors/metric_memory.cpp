#include "connectors/metric_memory.h"

#include <algorithm>

namespace narvaro {
namespace {

std::optional<MetricVerdict> verdict_of(const GraphFailure& failure) {
    switch (failure.action) {
        case GraphAction::retired:
            return MetricVerdict::retired;
        case GraphAction::stop_permission:
            return MetricVerdict::forbidden;
        case GraphAction::skip:
            return failure.gap == GapReason::below_threshold ? MetricVerdict::below_threshold
                                                             : MetricVerdict::empty;
        default:
            return {};
    }
}

GapReason reason_of(MetricVerdict verdict) {
    switch (verdict) {
        case MetricVerdict::retired:
            return GapReason::retired;
        case MetricVerdict::forbidden:
            return GapReason::forbidden;
        case MetricVerdict::below_threshold:
            return GapReason::below_threshold;
        case MetricVerdict::ok:
        case MetricVerdict::empty:
            return GapReason::failed;
    }
    return GapReason::failed;
}

}  // namespace

Gap gap_of(const std::string& metric, const JudgedMetric& word) {
    std::string detail = word.detail.empty() ? std::string{"Meta had nothing"} : word.detail;
    detail += "; asked on " + format_utc(word.at).substr(0, 10) + " as " + word.name +
              ", again 7 days later or after narvaro token check";
    return {metric, "", reason_of(word.verdict), std::move(detail)};
}

const JudgedMetric* MetricMemory::word_on(const std::string& name) const {
    const auto named = [&](const JudgedMetric& one) { return one.name == name; };
    if (const auto now = std::find_if(fresh_.begin(), fresh_.end(), named); now != fresh_.end()) {
        return &*now;
    }
    const auto then = std::find_if(known_.begin(), known_.end(), named);
    // A verdict of the future is one of a clock that was set back: it would never end.
    const bool holds = then != known_.end() && then->at <= now_ && now_ - then->at < kVerdictLasts;
    return holds ? &*then : nullptr;
}

std::optional<std::string> MetricMemory::choose(const std::vector<std::string>& candidates) const {
    for (const std::string& name : candidates) {
        const JudgedMetric* word = word_on(name);
        if (word == nullptr || word->verdict == MetricVerdict::ok) return name;
    }
    return {};
}

std::optional<JudgedMetric> MetricMemory::last_word(
    const std::vector<std::string>& candidates) const {
    std::optional<JudgedMetric> last;
    for (const std::string& name : candidates) {
        const JudgedMetric* word = word_on(name);
        if (word != nullptr && (!last || word->at > last->at)) last = *word;
    }
    return last;
}

void MetricMemory::note(const std::string& name, MetricVerdict verdict, std::string detail) {
    std::erase_if(fresh_, [&](const JudgedMetric& one) { return one.name == name; });
    fresh_.push_back({name, verdict, now_, std::move(detail)});
}

void MetricMemory::note_failure(const std::string& name, const GraphFailure& failure) {
    if (const auto verdict = verdict_of(failure)) note(name, *verdict, failure.error.what);
}

}  // namespace narvaro
