// What charts and "what moved" need beside the targets: the weeks before.
#include "daemon/digest_curves.h"

#include <algorithm>

#include "analytics/targets.h"
#include "daemon/stored_facts.h"

namespace narvaro {
namespace {

constexpr std::size_t kAtMost = 5;
constexpr int kWeeksBefore = 8;

/// Followers, and what is counted over the year: a month's count or a share has no curve.
bool has_curve(const Target& target) {
    if (target.kind == TargetKind::growth) return target.series && target.series->record.empty();
    return target.kind == TargetKind::volume;
}

std::vector<sys_seconds> week_ends(const Plan& plan, const Zone& zone, sys_seconds as_of) {
    std::vector<sys_seconds> ends;
    IsoWeek week = week_of(plan.from);
    for (;;) {
        const sys_seconds end = std::min(zone.week(week).to - seconds{1}, as_of);
        ends.push_back(end);
        if (end == as_of) return ends;
        week = week_of(monday_of(week) + date::days{7});
    }
}

Result<std::optional<DigestCurve>> curve_of(const Target& target, const Plan& plan,
                                            const Zone& zone, const Places& places,
                                            const Store& store, sys_seconds as_of,
                                            sys_seconds known_by) {
    DigestCurve curve;
    curve.target = target.id;
    curve.span = {zone.start_of(plan.from), zone.start_of(plan.to + date::days{1})};
    for (const sys_seconds end : week_ends(plan, zone, as_of)) {
        const StoredFacts facts{store, {end, known_by}};
        const auto result = evaluate(target, plan, zone, places, facts, end);
        if (!result) return tl::unexpected{result.error()};
        if (!result->value || !result->goal) continue;
        curve.points.push_back({end, *result->value, result->expected});
        curve.goal = *result->goal;
    }
    if (curve.points.size() < 2) return std::optional<DigestCurve>{};
    return std::optional{std::move(curve)};
}

bool is_own(SourceKind kind) {
    return kind == SourceKind::website || kind == SourceKind::facebook ||
           kind == SourceKind::instagram;
}

}  // namespace

Result<std::vector<DigestCurve>> digest_curves(const Plan& plan, const Zone& zone,
                                               const Places& places, const Store& store,
                                               sys_seconds as_of, sys_seconds known_by) {
    std::vector<DigestCurve> curves;
    for (const TargetKind kind : {TargetKind::growth, TargetKind::volume}) {
        for (const Target& target : plan.targets) {
            if (curves.size() == kAtMost) return curves;
            if (target.kind != kind || !has_curve(target)) continue;
            auto curve = curve_of(target, plan, zone, places, store, as_of, known_by);
            if (!curve) return tl::unexpected{curve.error()};
            if (*curve) curves.push_back(std::move(**curve));
        }
    }
    return curves;
}

Result<std::vector<DigestActivity>> digest_activity(const Settings& settings, const Store& store,
                                                    IsoWeek week, const Zone& zone, AsOf as_of) {
    std::vector<Span> spans;
    for (int before = kWeeksBefore; before >= 0; --before) {
        spans.push_back(zone.week(week_of(monday_of(week) - date::days{7 * before})));
    }
    std::vector<DigestActivity> all;
    for (const ConfiguredSource& s : settings.sources) {
        if (!is_own(s.source.kind)) continue;
        const PostFilter filter{{s.source.id}, {}, false};
        auto counts = store.count_posts(filter, spans, as_of);
        if (!counts) return tl::unexpected{counts.error()};
        DigestActivity activity;
        activity.source = s.source.id;
        activity.posts = counts->back();
        counts->pop_back();
        // Weeks before the first post were not read; they are not a usual week of nothing.
        const auto first =
            std::find_if(counts->begin(), counts->end(), [](std::int64_t n) { return n > 0; });
        activity.before.assign(first, counts->end());
        const auto posts = store.evidence(filter, spans.back(), as_of);
        if (!posts) return tl::unexpected{posts.error()};
        if (!posts->empty()) activity.url = posts->front().post.post.url;
        all.push_back(std::move(activity));
    }
    return all;
}

}  // namespace narvaro
