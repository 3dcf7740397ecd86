#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// The same text in the two languages; `en` falls back to `sv` and the other way when one is empty.
struct Text {
    std::string sv;
    std::string en;
    const std::string& in(std::string_view language) const;
    bool operator==(const Text&) const = default;
};

enum class TargetKind { rate, growth, volume, share, coverage, milestone };
enum class PeriodUnit { week, month };

/// "rate", "growth", "volume", "share", "coverage", "milestone".
const char* name_of(TargetKind kind);
std::optional<TargetKind> parse_target_kind(std::string_view text);

/// Which posts a target counts: of any of the sources, with all of the labels.
struct PostFilter {
    std::vector<std::string> sources;
    std::vector<std::string> labels;
    bool stories = false;  ///< stories count as posts
    bool operator==(const PostFilter&) const = default;
};

/// Which series a growth target follows: a metric of a source, or the values of a record.
struct SeriesRef {
    std::string source;  ///< empty with `record`
    std::string metric;
    std::string dimension;
    std::string record;  ///< empty with `source`
    bool operator==(const SeriesRef&) const = default;
};

struct Goal {
    std::optional<double> at_least;
    std::optional<double> factor;        ///< of the baseline: 1.20 is +20 %
    PeriodUnit per = PeriodUnit::month;  ///< rate only
    std::vector<std::string> places;     ///< coverage only: names of groups of [places]
    std::optional<date::local_days> by;  ///< milestone only; empty: the plan's last day
    bool operator==(const Goal&) const = default;
};

struct Baseline {
    std::optional<double> value;
    std::optional<date::local_days> at;  ///< the day that the value is from
    bool previous_period = false;  ///< the same span one year earlier, counted from stored posts
    std::string note;              ///< where the figure comes from
    bool operator==(const Baseline&) const = default;
};

/// One sentence of the plan made countable.
struct Target {
    std::string id;
    TargetKind kind = TargetKind::rate;
    Text name;                        ///< the plan's own words
    std::optional<PostFilter> posts;  ///< rate, volume, share
    std::optional<PostFilter> of;     ///< share: the whole; volume: shown beside the count
    std::string records;  ///< rate, volume, milestone: records under this name count too
    std::optional<SeriesRef> series;  ///< growth
    std::string audiences;            ///< coverage: the ads source
    Goal goal;
    std::optional<Baseline> baseline;
    bool operator==(const Target&) const = default;
};

/// A sentence of the plan document, and what becomes of it here.
struct Sentence {
    Text text;                         ///< the document's own words
    std::vector<std::string> targets;  ///< ids of the targets that count it
    std::string why;                   ///< why no target counts it; empty: nobody has said
    bool operator==(const Sentence&) const = default;
};

/// A period, a zone and its targets.
struct Plan {
    std::string id;
    Text name;
    date::local_days from;
    date::local_days to;  ///< inclusive
    std::string zone = "Europe/Stockholm";
    std::vector<Target> targets;      ///< in the file's order
    std::vector<Sentence> sentences;  ///< in the file's order; may be empty
    bool operator==(const Plan&) const = default;
};

}  // namespace narvaro
