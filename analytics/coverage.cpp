// Groups of places that an ad audience reaches.
#include <algorithm>

#include "analytics/target_kinds.h"

namespace narvaro {
namespace {

constexpr char kClosedDetail[] =
    "2025-10-06, "
    "about.fb.com/news/2025/07/ending-political-electoral-and-social-issue-advertising-in-the-eu";

bool touches(const TargetQuestion& q, const std::string& group, const Audience& audience) {
    return std::any_of(audience.places.begin(), audience.places.end(), [&](const AudiencePlace& p) {
        if (!p.country.empty() && p.country != "SE") return false;
        return in_group(q.places, group, p.name);
    });
}

}  // namespace

Result<TargetResult> evaluate_coverage(const TargetQuestion& q) {
    TargetResult r;
    const auto& groups = q.target.goal.places;
    const auto total = static_cast<double>(groups.size());
    r.goal = total;
    const auto audiences = q.facts.audiences(q.target.audiences, q.seen());
    if (!audiences) return tl::unexpected{audiences.error()};
    const auto observed = q.facts.observed(q.target.audiences);
    if (!observed) return tl::unexpected{observed.error()};
    std::vector<std::string> missing;
    for (const std::string& group : groups) {
        const bool covered = std::any_of(audiences->begin(), audiences->end(),
                                         [&](const Audience& a) { return touches(q, group, a); });
        (covered ? r.covered : missing).push_back(group);
    }
    const bool closed = q.seen().to - seconds{1} >= kAdsClosedSince;
    r.expected = total * q.elapsed();
    if (*observed || !audiences->empty()) {
        r.value = static_cast<double>(r.covered.size());
        r.progress = *r.value / total;
    }
    if (missing.empty()) {
        r.state = TargetState::met;  // it was live in the plan: that cannot be lost
    } else if (closed) {
        r.state = TargetState::closed;
        r.reason = ResultReason::closed_by_platform;
        r.detail = kClosedDetail;
    } else if (!r.value) {
        r.reason = ResultReason::not_observed;
    } else if (q.over()) {
        r.state = TargetState::missed;
    } else {
        r.state = *r.progress >= q.elapsed() ? TargetState::on_track : TargetState::behind;
        r.needed.kind = Needed::Kind::places;
        r.needed.amount = static_cast<double>(missing.size());
        r.needed.before = q.whole().to;
        r.needed.names = std::move(missing);
    }
    return r;
}

}  // namespace narvaro
