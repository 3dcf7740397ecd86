// How the figures of a target came to be known: measured, confirmed by hand, provisional, a gap,
// retired or closed, each with its date and source.
#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "analytics/target_kinds.h"
#include "core/label.h"

namespace narvaro {
namespace {

/// Meta's insights settle within this.
constexpr std::chrono::hours kSettles{48};
/// A level that was not read for longer is no longer known.
constexpr std::chrono::hours kStale{8 * 24};
/// Posts stay readable in their source, so a count waits longer for the next read.
constexpr std::chrono::hours kPostsStale{14 * 24};

constexpr std::array<std::string_view, 8> kLevels{
    "followers",       "fans", "following", "posts", "followers_city", "followers_country",
    "followers_local", "reach"};

/// Figures that the platform computes later than it shows them.
bool settles_late(std::string_view metric) {
    return metric.starts_with("followers_") || metric == "reach" || metric == "spend";
}

Measurability how_of(GapReason reason) {
    switch (reason) {
        case GapReason::retired:
            return Measurability::retired;
        case GapReason::closed:
            return Measurability::closed;
        case GapReason::forbidden:
        case GapReason::below_threshold:
        case GapReason::failed:
            return Measurability::gap;
    }
    return Measurability::gap;
}

/// Whether the list of posts that could not be read is one that the filter counts from.
bool matters(const PostFilter& filter, std::string_view edge) {
    if (std::find(kLevels.begin(), kLevels.end(), edge) != kLevels.end() || edge == "spend") {
        return false;
    }
    const bool shares =
        std::find(filter.labels.begin(), filter.labels.end(), kUngVanster) != filter.labels.end();
    if (edge == "stories") return filter.stories || shares;
    if (edge == "tags" || edge == "collaborations" || edge == "collaborators") return shares;
    return true;
}

class Standings {
  public:
    Standings(const TargetQuestion& q, TargetResult& r) : q_(q), r_(r) {}

    Result<void> add() {
        Result<void> done = add_posts();
        if (done && q_.target.series && r_.value) done = add_series();
        if (done && !q_.target.records.empty()) done = add_records();
        if (done && !q_.target.audiences.empty()) done = add_audiences();
        std::sort(r_.standings.begin(), r_.standings.end(),
                  [](const Standing& a, const Standing& b) {
                      return std::tie(b.how, a.source) < std::tie(a.how, b.source);
                  });
        return done;
    }

  private:
    sys_seconds seen_last() const { return q_.seen().to - seconds{1}; }

    Result<void> add_posts() {
        const auto& filter = q_.target.of ? q_.target.of : q_.target.posts;
        if (!filter) return {};
        for (const std::string& source : filter->sources) {
            auto standing = of_posts(source, *q_.target.posts);
            if (!standing) return tl::unexpected{standing.error()};
            r_.standings.push_back(std::move(*standing));
        }
        return {};
    }

    Result<Standing> of_posts(const std::string& source, const PostFilter& filter) const {
        const auto gaps = q_.facts.gaps(source);
        if (!gaps) return tl::unexpected{gaps.error()};
        for (const DatedGap& open : *gaps) {
            if (!matters(filter, open.gap.metric)) continue;
            return Standing{
                how_of(open.gap.reason), open.since, source,
                open.gap.metric + (open.gap.detail.empty() ? "" : ": " + open.gap.detail)};
        }
        const auto read = q_.facts.read_until(source);
        if (!read) return tl::unexpected{read.error()};
        if (!*read) return Standing{Measurability::gap, {}, source, ""};
        if (**read < seen_last() - kPostsStale) {
            return Standing{Measurability::gap, *read, source, ""};
        }
        const bool late = **read < seen_last() - kSettles;
        return Standing{late ? Measurability::provisional : Measurability::measured,
                        std::min(**read, seen_last()), source, ""};
    }

    Result<void> add_series() {
        const SeriesRef& series = *q_.target.series;
        if (!series.record.empty()) {
            const auto sample = q_.facts.sample_at(series, seen_last());
            if (!sample) return tl::unexpected{sample.error()};
            r_.standings.push_back({Measurability::confirmed, r_.value_at, series.record,
                                    *sample ? (*sample)->by : ""});
            return {};
        }
        auto standing = of_series(series);
        if (!standing) return tl::unexpected{standing.error()};
        r_.standings.push_back(std::move(*standing));
        return {};
    }

    Result<Standing> of_series(const SeriesRef& series) const {
        const auto gaps = q_.facts.gaps(series.source);
        if (!gaps) return tl::unexpected{gaps.error()};
        for (const DatedGap& open : *gaps) {
            const bool same =
                open.gap.metric == series.metric &&
                (open.gap.dimension.empty() || open.gap.dimension == series.dimension);
            if (same) {
                return Standing{how_of(open.gap.reason), open.since, series.source,
                                open.gap.detail};
            }
        }
        const auto sample = q_.facts.sample_at(series, seen_last());
        if (!sample) return tl::unexpected{sample.error()};
        if (*sample && !(*sample)->by.empty()) {
            return Standing{Measurability::confirmed, r_.value_at, series.source, (*sample)->by};
        }
        if (*r_.value_at < seen_last() - kStale) {
            return Standing{Measurability::gap, r_.value_at, series.source, ""};
        }
        const auto read = q_.facts.read_until(series.source);
        if (!read) return tl::unexpected{read.error()};
        const bool settled = !*read || **read - *r_.value_at >= kSettles;
        const bool late = settles_late(series.metric) && !settled;
        return Standing{late ? Measurability::provisional : Measurability::measured, r_.value_at,
                        series.source, ""};
    }

    /// Records within what `value` counts.
    Result<void> add_records() {
        const Span counted = r_.periods.empty()
                                 ? q_.seen()
                                 : Span{r_.periods.back().span.from,
                                        std::min(r_.periods.back().span.to, q_.seen().to)};
        const auto records = q_.facts.records(q_.target.records, counted);
        if (!records) return tl::unexpected{records.error()};
        r_.by_hand = static_cast<std::int64_t>(records->size());
        const bool by_hand_only = !q_.target.posts;
        if (records->empty() && !by_hand_only) return {};
        Standing standing{Measurability::confirmed, {}, q_.target.records, ""};
        if (!records->empty()) {
            standing.at = records->back().at;
            standing.note = records->back().who;
        }
        r_.standings.push_back(std::move(standing));
        return {};
    }

    Result<void> add_audiences() {
        const std::string& source = q_.target.audiences;
        if (r_.reason == ResultReason::closed_by_platform) {
            r_.standings.push_back({Measurability::closed, kAdsClosedSince, source, r_.detail});
            return {};
        }
        const auto read = q_.facts.read_until(source);
        if (!read) return tl::unexpected{read.error()};
        const auto gaps = q_.facts.gaps(source);
        if (!gaps) return tl::unexpected{gaps.error()};
        for (const DatedGap& open : *gaps) {
            if (open.gap.metric == "spend" || open.gap.metric == "reach") continue;
            r_.standings.push_back({how_of(open.gap.reason), open.since, source, open.gap.detail});
            return {};
        }
        const bool never = !*read && !r_.value;
        r_.standings.push_back({never ? Measurability::gap : Measurability::measured,
                                *read ? std::optional{std::min(**read, seen_last())} : std::nullopt,
                                source, ""});
        return {};
    }

    const TargetQuestion& q_;
    TargetResult& r_;
};

/// Whether the plan measures by a figure and does not say where it comes from.
bool is_unsourced(const Target& target) {
    return target.baseline && target.baseline->value && target.baseline->note.empty();
}

}  // namespace

Result<void> add_standings(const TargetQuestion& q, TargetResult& r) {
    if (is_unsourced(q.target)) {
        r.cautions.insert(r.cautions.begin(), Caution::baseline_unsourced);
    }
    return Standings{q, r}.add();
}

}  // namespace narvaro
