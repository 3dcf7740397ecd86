#include "analytics/targets.h"

#include <algorithm>

#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

double seconds_in(seconds s) { return static_cast<double>(s.count()); }

}  // namespace

double TargetQuestion::elapsed_of(Span span) const {
    if (span.empty()) return 1;
    const auto passed = std::clamp(as_of + seconds{1}, span.from, span.to) - span.from;
    return seconds_in(passed) / seconds_in(span.to - span.from);
}

double TargetQuestion::weeks_left() const {
    constexpr double kWeek = 7.0 * 24 * 3600;
    return std::max(0.0, seconds_in(whole().to - as_of)) / kWeek;
}

Result<std::vector<std::int64_t>> count_in(const TargetQuestion& q,
                                           const std::vector<Span>& spans) {
    std::vector<std::int64_t> counts(spans.size(), 0);
    if (q.target.posts) {
        auto posts = q.facts.count_posts(*q.target.posts, spans);
        if (!posts) return posts;
        counts = std::move(*posts);
    }
    if (q.target.records.empty() || spans.empty()) return counts;
    Span all{kEndOfTime, kBeginningOfTime};
    for (const Span& span : spans) {
        all.from = std::min(all.from, span.from);
        all.to = std::max(all.to, span.to);
    }
    const auto records = q.facts.records(q.target.records, all);
    if (!records) return tl::unexpected{records.error()};
    for (const Record& record : *records) {
        for (std::size_t i = 0; i < spans.size(); ++i) {
            if (spans[i].contains(record.at)) ++counts[i];
        }
    }
    return counts;
}

Result<bool> any_observed(const TargetQuestion& q, const std::optional<PostFilter>& filter) {
    if (!filter) return true;
    for (const std::string& source : filter->sources) {
        const auto observed = q.facts.observed(source);
        if (!observed || *observed) return observed;
    }
    return false;
}

date::local_days year_before(date::local_days day) {
    const date::year_month_day ymd{day};
    const auto before = ymd - date::years{1};
    if (before.ok()) return date::local_days{before};
    return date::local_days{before.year() / before.month() / date::last};
}

Result<TargetResult> evaluate(const Target& target, const Plan& plan, const Zone& zone,
                              const Places& places, const Facts& facts, sys_seconds as_of) {
    const TargetQuestion q{target, plan, zone, places, facts, as_of};
    // A plan that ends before it begins, which the configuration refuses, never starts.
    if (as_of < q.whole().from || q.whole().empty()) {
        TargetResult result;
        result.id = target.id;
        result.reason = ResultReason::plan_not_started;
        return result;
    }
    auto result = [&] {
        switch (target.kind) {
            case TargetKind::rate:
                return evaluate_rate(q);
            case TargetKind::growth:
                return evaluate_growth(q);
            case TargetKind::volume:
                return evaluate_volume(q);
            case TargetKind::share:
                return evaluate_share(q);
            case TargetKind::coverage:
                return evaluate_coverage(q);
            case TargetKind::milestone:
                return evaluate_milestone(q);
        }
        return Result<TargetResult>{TargetResult{}};
    }();
    if (!result) return fail(result.error(), "target " + target.id);
    result->id = target.id;
    const auto said = add_standings(q, *result);
    if (!said) return fail(said.error(), "target " + target.id);
    return result;
}

Result<std::vector<TargetResult>> evaluate_all(const Plan& plan, const Places& places,
                                               const Facts& facts, sys_seconds as_of) {
    const auto zone = Zone::find(plan.zone);
    if (!zone) return tl::unexpected{zone.error()};
    std::vector<TargetResult> results;
    for (const Target& target : plan.targets) {
        auto result = evaluate(target, plan, *zone, places, facts, as_of);
        if (!result) return tl::unexpected{result.error()};
        results.push_back(std::move(*result));
    }
    return results;
}

}  // namespace narvaro
