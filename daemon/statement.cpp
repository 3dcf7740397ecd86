#include "daemon/statement.h"

#include <algorithm>

#include "analytics/targets.h"
#include "core/version.h"
#include "daemon/digest_week.h"
#include "daemon/stored_facts.h"
#include "daemon/target_evidence.h"

namespace narvaro {
namespace {

const Record* by_id(const std::vector<Record>& records, std::int64_t id) {
    const auto found =
        std::find_if(records.begin(), records.end(), [&](const Record& r) { return r.id == id; });
    return found == records.end() ? nullptr : &*found;
}

std::vector<CorrectedRecord> corrections_in(const std::vector<Record>& history) {
    std::vector<CorrectedRecord> corrected;
    for (const Record& record : history) {
        if (!record.corrects) continue;
        if (const Record* before = by_id(history, *record.corrects)) {
            corrected.push_back({*before, record});
        }
    }
    return corrected;
}

/// The reading that the goal is measured from, where it was read, and the last one.
std::vector<Sample> first_and_last(const Target& target, const TargetResult& result,
                                   const std::vector<Sample>& samples) {
    std::vector<Sample> both;
    const bool given = target.baseline && target.baseline->value;
    if (result.baseline && result.baseline_at && !given) {
        both.push_back({target.series->metric, "", *result.baseline_at, *result.baseline});
    }
    if (!samples.empty()) both.push_back(samples.back());
    return both;
}

StatementGoal goal_of(const Target& target, TargetResult result, TargetEvidence evidence) {
    StatementGoal goal{target, std::move(result), {}, {}, {}, {}, {}, {}};
    for (const Evidence& e : evidence.counted) {
        goal.counted.push_back(digest_post(e, target.posts->labels));
        for (const StoredDecision& d : e.decisions) {
            const auto& labels = target.posts->labels;
            if (std::find(labels.begin(), labels.end(), d.decision.label) == labels.end()) continue;
            goal.decisions.push_back({goal.counted.back(), d.decision});
        }
    }
    goal.records = std::move(evidence.records);
    goal.corrected = corrections_in(evidence.history);
    const bool by_record = target.series && !target.series->record.empty();
    goal.readings = by_record ? std::move(evidence.samples)
                              : first_and_last(target, goal.result, evidence.samples);
    goal.restated = std::move(evidence.restated);
    goal.audiences = std::move(evidence.audiences);
    return goal;
}

}  // namespace

Result<Statement> gather_statement(const Settings& settings, const Store& store, const Plan& plan,
                                   sys_seconds as_of) {
    const auto zone = Zone::find(plan.zone);
    if (!zone) return tl::unexpected{zone.error()};
    const Span whole{zone->start_of(plan.from), zone->day(plan.to).to};
    Statement out{plan.id,
                  plan.name,
                  plan.from,
                  plan.to,
                  plan.zone,
                  as_of,
                  as_of + seconds{1} >= whole.to,
                  {},
                  {},
                  std::string{"narvaro "} + kVersion};
    for (const Sentence& sentence : plan.sentences) {
        if (sentence.targets.empty()) out.uncounted.push_back(sentence);
    }
    const AsOf seen{as_of};
    const StoredFacts facts{store, seen};
    auto results = evaluate_all(plan, settings.places, facts, as_of);
    if (!results) return tl::unexpected{results.error()};
    for (std::size_t i = 0; i < plan.targets.size(); ++i) {
        auto evidence = evidence_of(store, plan.targets[i], whole, seen);
        if (!evidence) return tl::unexpected{evidence.error()};
        out.goals.push_back(
            goal_of(plan.targets[i], std::move((*results)[i]), std::move(*evidence)));
    }
    return out;
}

}  // namespace narvaro
