#include "daemon/rehearsal.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "analytics/targets.h"
#include "config/rules_file.h"
#include "daemon/labelling.h"
#include "daemon/stored_facts.h"

namespace narvaro {
namespace {

using ByLabel = std::map<std::string, Verdict>;

Result<ByLabel> verdicts_by(const Labeller& labeller, PressArchive& press, const StoredPost& post) {
    auto judged = labeller.judge({post}, press);
    if (!judged) return tl::unexpected{judged.error()};
    ByLabel out;
    for (PostVerdict& one : *judged) out.emplace(one.verdict.label, std::move(one.verdict));
    return out;
}

/// A label that one of the rules does not know is a no there.
Verdict of_label(const ByLabel& verdicts, const std::string& label) {
    const auto found = verdicts.find(label);
    if (found != verdicts.end()) return found->second;
    Verdict none;
    none.label = label;
    return none;
}

bool person_decided(const std::vector<StoredDecision>& decisions, const std::string& label) {
    std::optional<bool> last;
    for (const StoredDecision& d : decisions) {
        if (d.decision.label == label) last = d.decision.value;
    }
    return last.has_value();
}

/// Compares post by post.
class Comparison {
  public:
    Comparison(const Store& store, const Rules& now, const Rules& changed)
        : store_(store),
          now_(now),
          changed_(changed),
          press_now_(now_.press(store)),
          press_changed_(changed_.press(store)) {}

    /// Today's labels are judged anew, too: the archive may not have been judged by them yet.
    Result<void> add(const StoredPost& post, RulesDiff& diff, std::vector<RehearsedLabel>& before,
                     std::vector<RehearsedLabel>& after) {
        const auto was = verdicts_by(now_, press_now_, post);
        if (!was) return tl::unexpected{was.error()};
        const auto is = verdicts_by(changed_, press_changed_, post);
        if (!is) return tl::unexpected{is.error()};
        ++diff.posts;
        for (const auto& [label, verdict] : *was)
            before.push_back({post.key, label, verdict.value});
        for (const auto& [label, verdict] : *is) {
            after.push_back({post.key, label, verdict.value});
            const Verdict former = of_label(*was, label);
            if (former.value == verdict.value) continue;
            const auto decisions = store_.decisions(post.id, kKnownToday);
            if (!decisions) return tl::unexpected{decisions.error()};
            diff.flips.push_back({post, former, verdict, person_decided(*decisions, label)});
        }
        return {};
    }

  private:
    const Store& store_;
    Labeller now_, changed_;
    PressArchive press_now_, press_changed_;
};

/// Every post of ours, in the order of storing.
Result<std::vector<StoredPost>> archive(const Store& store) {
    std::vector<StoredPost> posts;
    const auto read = store.each_post({}, kKnownToday, [&](const StoredPost& post) {
        if (post.post.kind != PostKind::press) posts.push_back(post);
        return true;
    });
    if (!read) return tl::unexpected{read.error()};
    return posts;
}

Result<std::vector<TargetResult>> results_if(const App& app,
                                             const std::vector<RehearsedLabel>& say) {
    std::vector<TargetResult> all;
    const auto asked = app.store.rehearse(say, [&]() -> Result<void> {
        const StoredFacts facts{app.store, {app.now}};
        for (const Plan& plan : app.settings.plans) {
            auto results = evaluate_all(plan, app.settings.places, facts, app.now);
            if (!results) return tl::unexpected{results.error()};
            std::move(results->begin(), results->end(), std::back_inserter(all));
        }
        return {};
    });
    if (!asked) return tl::unexpected{asked.error()};
    return all;
}

}  // namespace

tl::expected<Rules, std::vector<Problem>> rules_with(
    Rules rules, const std::vector<std::filesystem::path>& files) {
    std::vector<Problem> problems;
    for (const auto& file : files) replace_rules(file, rules, problems);
    if (!problems.empty()) return tl::unexpected{std::move(problems)};
    return rules;
}

Result<RulesDiff> compare_rules(const App& app, const Rules& changed) {
    RulesDiff diff;
    const auto posts = archive(app.store);
    if (!posts) return tl::unexpected{posts.error()};
    Comparison comparison{app.store, app.settings.rules, changed};
    std::vector<RehearsedLabel> before, after;
    for (const StoredPost& post : *posts) {
        if (const auto added = comparison.add(post, diff, before, after); !added) {
            return tl::unexpected{added.error()};
        }
    }
    auto was = results_if(app, before);
    if (!was) return tl::unexpected{was.error()};
    auto is = results_if(app, after);
    if (!is) return tl::unexpected{is.error()};
    std::size_t at = 0;
    for (const Plan& plan : app.settings.plans) {
        for (const Target& target : plan.targets) {
            diff.targets.push_back({&plan, &target, (*was)[at], (*is)[at]});
            ++at;
        }
    }
    return diff;
}

}  // namespace narvaro
