// One [target.ID] of a plan: what it counts, checked against its kind and the configuration.
#include <algorithm>

#include "config/metrics.h"
#include "config/nearest_name.h"
#include "config/plan_file.h"

namespace narvaro {
namespace {

const std::vector<std::string> kKinds{"coverage", "growth", "milestone", "rate", "share", "volume"};

/// The parts of a target beside name and kind.
struct Parts {
    std::vector<std::string> fit;
    std::vector<std::string> needed;  ///< one of them is enough
    const char* example;              ///< of the first that is needed
};

const Parts& parts_of(TargetKind kind) {
    static const Parts kRate{{"posts", "records", "goal", "baseline"},
                             {"posts", "records"},
                             "posts = { sources = [\"web\"] }"};
    static const Parts kGrowth{{"sample", "goal", "baseline"},
                               {"sample"},
                               "sample = { source = \"fb\", metric = \"followers\" }"};
    static const Parts kVolume{{"posts", "of", "records", "goal", "baseline"},
                               {"posts", "records"},
                               "posts = { sources = [\"fb\"], labels = [\"climate\"] }"};
    static const Parts kShare{{"posts", "of", "goal", "baseline"},
                              {"posts"},
                              "posts = { sources = [\"fb\"], labels = [\"climate\"] }"};
    static const Parts kCoverage{
        {"audiences", "goal"}, {"audiences"}, "audiences = { source = \"ads\" }"};
    static const Parts kMilestone{{"records", "goal"}, {"records"}, "records = \"member-meeting\""};
    switch (kind) {
        case TargetKind::rate:
            return kRate;
        case TargetKind::growth:
            return kGrowth;
        case TargetKind::volume:
            return kVolume;
        case TargetKind::share:
            return kShare;
        case TargetKind::coverage:
            return kCoverage;
        case TargetKind::milestone:
            return kMilestone;
    }
    return kRate;
}

/// Reads what a target counts.
class TargetReader {
  public:
    TargetReader(TableReader& r, const PlanContext& context, Target& target)
        : r_(r), context_(context), target_(target) {}

    void read() {
        read_posts("posts", target_.posts);
        read_posts("of", target_.of);
        target_.records = r_.filled("records").value_or("");
        read_series();
        read_audiences();
    }

    /// Each kind counts something of its own, and has no use for what others count.
    void check_parts() const {
        const Parts& parts = parts_of(target_.kind);
        const std::string of_kind = std::string{" of kind "} + name_of(target_.kind);
        for (const char* part : {"posts", "of", "records", "sample", "audiences", "baseline"}) {
            const bool fits =
                std::find(parts.fit.begin(), parts.fit.end(), part) != parts.fit.end();
            if (r_.has(part) && !fits) {
                r_.wrong(part,
                         "does not fit a target" + of_kind + "; " + allowed_names("", parts.fit));
            }
        }
        const bool has_needed = std::any_of(parts.needed.begin(), parts.needed.end(),
                                            [&](const auto& part) { return r_.has(part); });
        if (!has_needed) {
            std::string all;
            for (const auto& part : parts.needed) all += (all.empty() ? "" : " or ") + part;
            need(all, parts.example);
        }
        if (target_.kind == TargetKind::share && !r_.has("of")) {
            need("of", "of = { sources = [\"fb\"] }");
        }
    }

  private:
    void need(const std::string& what, const std::string& example) const {
        r_.report().add(r_.at(), r_.name() + " of kind " + name_of(target_.kind) + " needs " +
                                     what + "; write for example " + example);
    }

    const Source* source_named(const std::string& id) const {
        const auto found = std::find_if(context_.sources.begin(), context_.sources.end(),
                                        [&](const Source& s) { return s.id == id; });
        return found == context_.sources.end() ? nullptr : &*found;
    }

    /// The configured source, or empty. One that has a mistake of its own is no further mistake.
    const Source* resolve(const std::string& id, Position at) const {
        const Source* source = source_named(id);
        const bool excused = !context_.complete || context_.broken_sources.contains(id);
        if (source != nullptr || excused) return source;
        std::vector<std::string> known;
        for (const Source& s : context_.sources) known.push_back(s.id);
        for (const std::string& broken : context_.broken_sources) known.push_back(broken);
        r_.report().add(at, unknown_name("source", id, known));
        return nullptr;
    }

    void read_posts(const std::string& key, std::optional<PostFilter>& filter) {
        auto part = r_.table(key);
        if (!part) return;
        filter.emplace();
        if (!part->has("sources")) part->missing("sources", "sources = [\"fb\", \"ig\"]");
        const std::size_t before = r_.report().count();
        for (const PlacedText& id : part->placed_texts("sources")) {
            filter->sources.push_back(id.text);
            const Source* source = resolve(id.text, id.at);
            if (source == nullptr) continue;
            if (source->kind == SourceKind::press || source->kind == SourceKind::meta_ads) {
                r_.report().add(id.at, "source \"" + id.text + "\", of kind " +
                                           name_of(source->kind) + ", has no posts of our own");
            }
        }
        const bool none = part->has("sources") && filter->sources.empty();
        if (none && r_.report().count() == before) part->wrong("sources", "names no source");
        for (const PlacedText& label : part->placed_texts("labels")) {
            filter->labels.push_back(label.text);
            const auto& known = context_.labels;
            if (std::find(known.begin(), known.end(), label.text) == known.end()) {
                r_.report().add(label.at, unknown_name("label", label.text, known));
            }
        }
        filter->stories = part->truth("stories").value_or(false);
        part->finish();
    }

    void read_series() {
        auto part = r_.table("sample");
        if (!part) return;
        const SeriesRef series{
            part->filled("source").value_or(""), part->filled("metric").value_or(""),
            part->text("dimension").value_or(""), part->filled("record").value_or("")};
        part->finish();
        target_.series = series;
        const bool by_source = part->has("source") || part->has("metric") || part->has("dimension");
        if (by_source == part->has("record")) {
            r_.wrong("sample",
                     "needs source and metric, or record; write for example { source = "
                     "\"fb\", metric = \"followers\" } or { record = \"members\" }");
            return;
        }
        if (!by_source) return;
        if (!part->has("source")) part->missing("source", "source = \"fb\"");
        if (!part->has("metric")) part->missing("metric", "metric = \"followers\"");
        if (series.source.empty()) return;
        const Source* source = resolve(series.source, part->at("source"));
        if (source != nullptr && !series.metric.empty()) check_metric(*part, *source, series);
    }

    void check_metric(const TableReader& part, const Source& source,
                      const SeriesRef& series) const {
        const auto& metrics = metrics_of(source.kind);
        const auto metric = metrics.find(series.metric);
        if (metric == metrics.end()) {
            std::vector<std::string> names;
            for (const auto& [name, dimension] : metrics) names.push_back(name);
            r_.report().add(part.at("metric"),
                            unknown_name("metric", series.metric, names,
                                         std::string{" of kind "} + name_of(source.kind)));
            return;
        }
        if (metric->second != Dimension::none) {
            if (!series.dimension.empty()) return;
            part.wrong("metric", std::string{"is \""} + series.metric +
                                     "\", which goes by a dimension; write for example " +
                                     example_of(metric->second));
            return;
        }
        if (series.dimension.empty()) return;
        const auto& watched = source.watch;
        const bool may_be_watched = series.metric == "followers" && !watched.empty();
        if (!may_be_watched) {
            part.wrong("dimension", "does not fit the metric \"" + series.metric +
                                        "\", which is one number; leave it out");
        } else if (std::find(watched.begin(), watched.end(), series.dimension) == watched.end()) {
            r_.report().add(part.at("dimension"),
                            unknown_name("watched account", series.dimension, watched));
        }
    }

    void read_audiences() {
        auto part = r_.table("audiences");
        if (!part) return;
        if (!part->has("source")) part->missing("source", "source = \"ads\"");
        const auto id = part->filled("source");
        part->finish();
        if (!id) return;
        target_.audiences = *id;
        const Source* source = resolve(*id, part->at("source"));
        if (source == nullptr || source->kind == SourceKind::meta_ads) return;
        std::vector<std::string> ads;
        for (const Source& s : context_.sources) {
            if (s.kind == SourceKind::meta_ads) ads.push_back(s.id);
        }
        part->wrong("source", "is \"" + *id + "\", of kind " + name_of(source->kind) +
                                  "; audiences need a meta-ads source; " + allowed_names(*id, ads));
    }

    TableReader& r_;
    const PlanContext& context_;
    Target& target_;
};

}  // namespace

std::optional<Target> read_target(const std::string& id, TableReader r,
                                  const std::optional<Plan>& plan, const PlanContext& context) {
    const std::size_t before = r.report().count();
    Target target;
    target.id = id;
    if (!is_identifier(id)) {
        r.report().add(r.at(), "\"" + id +
                                   "\" is no name for a target; allowed: small letters, digits, "
                                   "- and _");
    }
    target.name = r.both_languages("name");
    if (target.name == Text{}) target.name = {id, id};
    if (!r.has("kind")) r.missing("kind", "kind = \"rate\"");
    const auto kind = r.one_of("kind", kKinds);
    if (!kind) return {};  // which other keys are allowed depends on it
    target.kind = *parse_target_kind(*kind);
    TargetReader parts{r, context, target};
    parts.read();
    read_goal(r, plan, context, target);
    read_baseline(r, target);
    parts.check_parts();
    r.finish();
    if (r.report().count() > before) return {};
    return target;
}

}  // namespace narvaro
