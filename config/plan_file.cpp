// A plan file: a period and its targets, each checked against its kind and against the
// configuration.
#include <algorithm>
#include <map>

#include "config/sections.h"
#include "core/label.h"

namespace narvaro {
namespace {

const std::vector<std::string> kKinds{"rate", "growth", "volume", "share", "coverage", "milestone"};

/// Which metrics a kind of source supplies, and whether each goes by a dimension.
const std::map<std::string, bool>& metrics_of(SourceKind kind) {
    static const std::map<std::string, bool> kFeed{{"posts", false}};
    static const std::map<std::string, bool> kFacebook{{"followers", false},
                                                       {"fans", false},
                                                       {"followers_city", true},
                                                       {"followers_local", false}};
    static const std::map<std::string, bool> kInstagram{
        {"followers", false},     {"following", false},        {"posts", false},
        {"followers_city", true}, {"followers_country", true}, {"followers_local", false}};
    static const std::map<std::string, bool> kAds{{"spend", true}, {"reach", true}};
    switch (kind) {
        case SourceKind::website:
        case SourceKind::press:
            return kFeed;
        case SourceKind::facebook:
            return kFacebook;
        case SourceKind::instagram:
            return kInstagram;
        case SourceKind::meta_ads:
            return kAds;
    }
    return kFeed;
}

/// Reads one [target.…] table.
class TargetReader {
  public:
    TargetReader(const std::string& id, const toml::table& table, const Plan& plan,
                 const Settings& settings, const Report& report)
        : r_(table, "[target." + id + "]", report), plan_(plan), settings_(settings) {
        target_.id = id;
    }

    std::optional<Target> read() {
        const std::size_t before = r_.report().count();
        target_.name = read_name();
        const bool known = read_kind();
        read_posts("posts", target_.posts);
        read_posts("of", target_.of);
        target_.records = r_.text("records").value_or("");
        read_series();
        read_audiences();
        read_goal();
        read_baseline();
        r_.finish();
        if (known) check_parts();
        if (r_.report().count() > before) return {};
        return target_;
    }

  private:
    Text read_name() {
        const toml::table* table = r_.table("name");
        if (table == nullptr) {
            if (!r_.raw().contains("name")) r_.missing("name", "name.sv = \"Planens egna ord\"");
            return {};
        }
        TableReader name{*table, r_.name() + " name", r_.report()};
        Text text{name.text("sv").value_or(""), name.text("en").value_or("")};
        name.finish();
        if (text.sv.empty() && text.en.empty()) r_.wrong("name", "is empty; write name.sv = \"…\"");
        return text;
    }

    bool read_kind() {
        const auto kind = r_.text("kind");
        if (!kind) {
            if (!r_.raw().contains("kind")) r_.missing("kind", "kind = \"rate\"");
            return false;
        }
        const auto known = parse_target_kind(*kind);
        if (!known) {
            r_.wrong("kind", "is \"" + *kind + "\"; " + allowed_names(*kind, kKinds));
            return false;
        }
        target_.kind = *known;
        return true;
    }

    const Source* source_named(const std::string& id) const {
        for (const ConfiguredSource& s : settings_.sources) {
            if (s.source.id == id) return &s.source;
        }
        return nullptr;
    }

    std::vector<std::string> source_ids() const {
        std::vector<std::string> ids;
        for (const ConfiguredSource& s : settings_.sources) ids.push_back(s.source.id);
        return ids;
    }

    std::vector<std::string> label_names() const {
        std::vector<std::string> names{kNewsHook};
        for (const LabelRules& rules : settings_.rules.labels) names.push_back(rules.label);
        return names;
    }

    void read_posts(const std::string& key, std::optional<PostFilter>& filter) {
        const toml::table* table = r_.table(key);
        if (table == nullptr) return;
        TableReader part{*table, r_.name() + " " + key, r_.report()};
        filter = PostFilter{part.texts("sources"), part.texts("labels"),
                            part.truth("stories").value_or(false)};
        part.finish();
        if (filter->sources.empty()) part.missing("sources", "sources = [\"fb\", \"ig\"]");
        for (const std::string& id : filter->sources) {
            const Source* source = source_named(id);
            if (source == nullptr) {
                part.wrong("sources", "names \"" + id + "\", which is not configured; " +
                                          allowed_names(id, source_ids()));
            } else if (source->kind == SourceKind::press || source->kind == SourceKind::meta_ads) {
                part.wrong("sources", "names \"" + id + "\", a " + name_of(source->kind) +
                                          " source, which has no posts of our own");
            }
        }
        const auto labels = label_names();
        for (const std::string& label : filter->labels) {
            if (std::find(labels.begin(), labels.end(), label) == labels.end()) {
                part.wrong("labels", "names \"" + label + "\"; " + allowed_names(label, labels));
            }
        }
    }

    void read_series() {
        const toml::table* table = r_.table("sample");
        if (table == nullptr) return;
        TableReader part{*table, r_.name() + " sample", r_.report()};
        SeriesRef series{part.text("source").value_or(""), part.text("metric").value_or(""),
                         part.text("dimension").value_or(""), part.text("record").value_or("")};
        part.finish();
        target_.series = series;
        const bool both = !series.record.empty() && !series.source.empty();
        const bool neither = series.record.empty() && series.source.empty();
        if (both || neither) {
            r_.wrong("sample", "needs either source and metric, or record");
            return;
        }
        if (!series.record.empty()) return;
        const Source* source = source_named(series.source);
        if (source == nullptr) {
            part.wrong("source", "is \"" + series.source + "\", which is not configured; " +
                                     allowed_names(series.source, source_ids()));
            return;
        }
        check_metric(part, *source, series);
    }

    static void check_metric(TableReader& part, const Source& source, const SeriesRef& series) {
        const auto& metrics = metrics_of(source.kind);
        const auto metric = metrics.find(series.metric);
        if (metric == metrics.end()) {
            std::vector<std::string> names;
            for (const auto& [name, by_dimension] : metrics) names.push_back(name);
            part.wrong("metric", "is \"" + series.metric + "\", which a " + name_of(source.kind) +
                                     " source does not supply; " +
                                     allowed_names(series.metric, names));
        } else if (metric->second && series.dimension.empty()) {
            part.wrong("metric",
                       "goes by a dimension; write for example dimension = \"Vallentuna, Sweden\"");
        }
    }

    void read_audiences() {
        const toml::table* table = r_.table("audiences");
        if (table == nullptr) return;
        TableReader part{*table, r_.name() + " audiences", r_.report()};
        target_.audiences = part.text("source").value_or("");
        part.finish();
        const Source* source = source_named(target_.audiences);
        if (source != nullptr && source->kind == SourceKind::meta_ads) return;
        std::vector<std::string> ads;
        for (const ConfiguredSource& s : settings_.sources) {
            if (s.source.kind == SourceKind::meta_ads) ads.push_back(s.source.id);
        }
        r_.wrong("audiences",
                 "must name a meta-ads source; " + allowed_names(target_.audiences, ads));
    }

    void read_goal() {
        const toml::table* table = r_.table("goal");
        if (table == nullptr) {
            const bool may_lack = target_.kind == TargetKind::milestone;
            if (!may_lack && !r_.raw().contains("goal"))
                r_.missing("goal", "goal = { at_least = 1 }");
            return;
        }
        TableReader part{*table, r_.name() + " goal", r_.report()};
        Goal& goal = target_.goal;
        goal.at_least = part.number("at_least");
        goal.factor = part.number("factor");
        const auto per = part.text("per");
        goal.places = part.texts("places");
        goal.by = part.day("by");
        part.finish();
        if (goal.at_least && *goal.at_least <= 0) part.wrong("at_least", "must be above zero");
        if (goal.factor && *goal.factor <= 0)
            part.wrong("factor", "must be above zero; 1.20 is +20 %");
        if (per && *per != "month" && *per != "week") {
            part.wrong("per", "is \"" + *per + "\"; " + allowed_names(*per, {"month", "week"}));
        }
        if (per == "week") goal.per = PeriodUnit::week;
        for (const std::string& group : goal.places) {
            if (settings_.places.groups.contains(group)) continue;
            std::vector<std::string> groups;
            for (const auto& [name, places] : settings_.places.groups) groups.push_back(name);
            part.wrong("places", "names \"" + group + "\", no group of [places]; " +
                                     allowed_names(group, groups));
        }
        if (goal.by && (*goal.by < plan_.from || *goal.by > plan_.to)) {
            part.wrong("by", "lies outside the plan");
        }
        check_goal(part, per.has_value());
    }

    /// Which keys of a goal fit which kind of target.
    void check_goal(TableReader& part, bool has_per) {
        const Goal& goal = target_.goal;
        const TargetKind kind = target_.kind;
        const bool by_factor = kind == TargetKind::growth || kind == TargetKind::volume;
        const auto unfit = [&](bool given, const char* key, bool fits) {
            if (given && !fits) {
                part.wrong(key, std::string{"does not fit a target of kind "} + name_of(kind));
            }
        };
        unfit(goal.factor.has_value(), "factor", by_factor);
        unfit(goal.at_least.has_value(), "at_least", kind != TargetKind::coverage);
        unfit(has_per, "per", kind == TargetKind::rate);
        unfit(!goal.places.empty(), "places", kind == TargetKind::coverage);
        unfit(goal.by.has_value(), "by", kind == TargetKind::milestone);
        if (by_factor && goal.factor.has_value() == goal.at_least.has_value()) {
            r_.wrong("goal", "needs factor or at_least, one of them");
        }
        const bool needs_number = kind == TargetKind::rate || kind == TargetKind::share;
        if (needs_number && !goal.at_least) r_.wrong("goal", "needs at_least");
        if (kind == TargetKind::share && goal.at_least && *goal.at_least > 1) {
            part.wrong("at_least", "is a share and at most 1; 10 % is 0.10");
        }
        if (kind == TargetKind::coverage && goal.places.empty()) {
            r_.wrong("goal", "needs places: names of groups of [places]");
        }
    }

    void read_baseline() {
        const toml::table* table = r_.table("baseline");
        if (table == nullptr) return;
        TableReader part{*table, r_.name() + " baseline", r_.report()};
        Baseline baseline{part.number("value"), part.day("at"), false,
                          part.text("note").value_or("")};
        const auto period = part.text("period");
        part.finish();
        if (period && *period != "previous") {
            part.wrong("period", "is \"" + *period + "\"; allowed: previous");
        }
        baseline.previous_period = period == "previous";
        if (baseline.previous_period && target_.kind != TargetKind::volume) {
            part.wrong("period",
                       std::string{"does not fit a target of kind "} + name_of(target_.kind));
        }
        target_.baseline = baseline;
    }

    /// Each kind counts something of its own.
    void check_parts() {
        const Target& t = target_;
        const auto needs = [&](bool has, const std::string& what) {
            if (!has)
                r_.report().add(r_.raw(),
                                r_.name() + ", of kind " + name_of(t.kind) + ", needs " + what);
        };
        switch (t.kind) {
            case TargetKind::rate:
                needs(t.posts || !t.records.empty(), "posts or records");
                break;
            case TargetKind::growth:
                needs(t.series.has_value(), "sample");
                break;
            case TargetKind::volume:
                needs(t.posts || !t.records.empty(), "posts or records");
                if (t.goal.factor) {
                    needs(t.baseline && (t.baseline->previous_period || t.baseline->value),
                          "a baseline: { period = \"previous\" } or { value = … }");
                }
                break;
            case TargetKind::share:
                needs(t.posts.has_value(), "posts");
                needs(t.of.has_value(), "of");
                break;
            case TargetKind::coverage:
                needs(!t.audiences.empty(), "audiences");
                break;
            case TargetKind::milestone:
                needs(!t.records.empty(), "records");
                break;
        }
    }

    TableReader r_;
    const Plan& plan_;
    const Settings& settings_;
    Target target_;
};

/// The [plan] table itself.
bool read_head(const toml::table& table, const Report& report, Plan& plan) {
    TableReader r{table, "[plan]", report};
    const std::size_t before = report.count();
    const auto id = r.text("id");
    if (!id) r.missing("id", "id = \"2021\"");
    plan.id = id.value_or("");
    if (const toml::table* names = r.table("name")) {
        TableReader name{*names, "[plan] name", report};
        plan.name = {name.text("sv").value_or(""), name.text("en").value_or("")};
        name.finish();
    }
    if (plan.name.sv.empty() && plan.name.en.empty()) plan.name = {plan.id, plan.id};
    const auto from = r.day("from");
    const auto to = r.day("to");
    if (!from && !table.contains("from")) r.missing("from", "from = 2021-01-01");
    if (!to && !table.contains("to")) r.missing("to", "to = 2021-12-31");
    plan.zone = r.text("zone").value_or(plan.zone);
    if (!Zone::find(plan.zone)) {
        r.wrong("zone", "is \"" + plan.zone +
                            "\", no known time zone; write for example \"Europe/Stockholm\"");
    }
    r.finish();
    if (!from || !to) return false;
    plan.from = *from;
    plan.to = *to;
    if (plan.to < plan.from) r.wrong("to", "lies before from");
    return report.count() == before;
}

}  // namespace

std::optional<Plan> read_plan(std::string_view text, const std::string& file,
                              const Settings& settings, std::vector<Problem>& problems) {
    const Report report{file, problems};
    const auto table = parse_toml(text, report);
    if (!table) return {};
    const std::size_t before = report.count();
    TableReader top{*table, "", report};
    Plan plan;
    const toml::table* head = top.table("plan");
    if (head == nullptr)
        top.missing("plan", "[plan]");
    else
        read_head(*head, report, plan);
    const toml::table* targets = top.table("target");
    top.finish();
    std::vector<std::pair<toml::source_position, std::string>> ids;
    if (targets != nullptr) {
        for (const auto& [key, value] : *targets)
            ids.emplace_back(value.source().begin, std::string{key.str()});
    }
    std::sort(ids.begin(), ids.end());  // the file's order, not the alphabet's
    for (const auto& [at, id] : ids) {
        const toml::node& node = *targets->get(id);
        if (!node.is_table()) {
            report.add(node,
                       "\"" + id + "\" in [target] must be a table; write [target." + id + "]");
            continue;
        }
        auto target = TargetReader{id, *node.as_table(), plan, settings, report}.read();
        if (target) plan.targets.push_back(std::move(*target));
    }
    if (report.count() > before) return {};
    return plan;
}

}  // namespace narvaro
