// The goal and the baseline of a target: which keys fit which kind, and what they may hold.
#include <algorithm>
#include <cmath>

#include "config/nearest_name.h"
#include "config/plan_file.h"

namespace narvaro {
namespace {

constexpr char kGoalKeys[][9] = {"at_least", "factor", "per", "places", "by"};

std::vector<std::string> goal_keys(TargetKind kind) {
    switch (kind) {
        case TargetKind::rate:
            return {"at_least", "per"};
        case TargetKind::growth:
        case TargetKind::volume:
            return {"factor", "at_least"};
        case TargetKind::share:
            return {"at_least"};
        case TargetKind::coverage:
            return {"places"};
        case TargetKind::milestone:
            return {"at_least", "by"};
    }
    return {};
}

const char* example_goal(TargetKind kind) {
    switch (kind) {
        case TargetKind::rate:
            return "goal = { at_least = 2, per = \"month\" }";
        case TargetKind::growth:
        case TargetKind::volume:
            return "goal = { factor = 1.20 } or { at_least = 500 }";
        case TargetKind::share:
            return "goal = { at_least = 0.10 }";
        case TargetKind::coverage:
            return "goal = { places = [\"local\"] }";
        case TargetKind::milestone:
            return "goal = { at_least = 1 }";
    }
    return "";
}

/// What does not fit the kind; and what the kind cannot do without.
void check_keys(const TableReader& goal, const TableReader& target, TargetKind kind) {
    const auto fit = goal_keys(kind);
    const std::string of_kind = std::string{" of kind "} + name_of(kind);
    for (const char* key : kGoalKeys) {
        if (goal.has(key) && std::find(fit.begin(), fit.end(), key) == fit.end()) {
            goal.wrong(key, "does not fit a target" + of_kind + "; " + allowed_names("", fit));
        }
    }
    const bool by_factor = kind == TargetKind::growth || kind == TargetKind::volume;
    if (by_factor && goal.has("factor") == goal.has("at_least")) {
        target.wrong("goal", "needs factor or at_least, one of them; write for example " +
                                 std::string{example_goal(kind)});
    }
    const bool lacks_first = !by_factor && kind != TargetKind::milestone && !goal.has(fit.front());
    if (lacks_first) {
        target.wrong("goal", "needs " + fit.front() + "; write for example " + example_goal(kind));
    }
}

void check_numbers(const TableReader& goal, const Goal& given, TargetKind kind) {
    if (given.factor && *given.factor <= 0) {
        goal.wrong("factor", "must be above 0; 1.20 is +20 %");
    }
    if (!given.at_least) return;
    const bool counts =
        kind == TargetKind::rate || kind == TargetKind::volume || kind == TargetKind::milestone;
    if (*given.at_least <= 0) {
        goal.wrong("at_least", "must be above 0");
    } else if (kind == TargetKind::share && *given.at_least > 1) {
        goal.wrong("at_least", "is a share of the whole and at most 1; 10 % is 0.10");
    } else if (counts && std::floor(*given.at_least) != *given.at_least) {
        goal.wrong("at_least", "counts posts or records and must be whole");
    }
}

void read_places_of(TableReader& goal, const PlanContext& context, Goal& out) {
    const std::size_t before = goal.report().count();
    for (PlacedText& group : goal.placed_texts("places")) {
        const auto& known = context.places;
        const bool found = std::find(known.begin(), known.end(), group.text) != known.end();
        if (!found && context.complete) {
            goal.report().add(group.at, unknown_name("group of [places]", group.text, known));
        }
        if (std::find(out.places.begin(), out.places.end(), group.text) != out.places.end()) {
            goal.report().add(group.at, "\"" + group.text + "\" is named twice");
        }
        out.places.push_back(std::move(group.text));
    }
    if (goal.has("places") && out.places.empty() && goal.report().count() == before) {
        goal.wrong("places", "names no group of [places]");
    }
}

}  // namespace

void read_goal(TableReader& r, const std::optional<Plan>& plan, const PlanContext& context,
               Target& target) {
    if (!r.has("goal") && target.kind != TargetKind::milestone) {
        r.missing("goal", example_goal(target.kind));
    }
    auto goal = r.table("goal");
    if (!goal) return;
    Goal& out = target.goal;
    out.at_least = goal->number("at_least");
    out.factor = goal->number("factor");
    if (goal->one_of("per", {"month", "week"}) == "week") out.per = PeriodUnit::week;
    read_places_of(*goal, context, out);
    out.by = goal->day("by");
    if (out.by && plan && (*out.by < plan->from || *out.by > plan->to)) {
        goal->wrong("by", "lies outside the plan, which is from " + format_date(plan->from) +
                              " to " + format_date(plan->to));
    }
    goal->finish();
    check_keys(*goal, r, target.kind);
    check_numbers(*goal, out, target.kind);
}

void read_baseline(TableReader& r, Target& target) {
    const bool needed = target.kind == TargetKind::volume && target.goal.factor.has_value();
    constexpr char kBaselines[] = "baseline = { period = \"previous\" } or { value = 20 }";
    if (needed && !r.has("baseline")) {
        r.missing("baseline", kBaselines);
        return;
    }
    auto part = r.table("baseline");
    if (!part) return;
    Baseline baseline{part->number("value"), part->day("at"), false,
                      part->text("note").value_or("")};
    baseline.previous_period = part->one_of("period", {"previous"}).has_value();
    part->finish();
    if (baseline.value && *baseline.value < 0) part->wrong("value", "must not be below 0");
    const bool by_period = part->has("period");
    if (by_period && target.kind != TargetKind::volume) {
        part->wrong("period", std::string{"does not fit a target of kind "} + name_of(target.kind) +
                                  "; allowed: value, at, note");
    } else if (by_period && part->has("value")) {
        part->wrong("period", "and value exclude each other; keep one of them");
    }
    const bool says_something =
        part->has("value") || by_period || (target.kind == TargetKind::growth && part->has("at"));
    if (!says_something) {
        r.wrong("baseline", std::string{"says neither value nor period; write for example "} +
                                (target.kind == TargetKind::volume
                                     ? kBaselines
                                     : "baseline = { value = 400, at = 2021-01-01 }"));
    }
    target.baseline = std::move(baseline);
}

}  // namespace narvaro
