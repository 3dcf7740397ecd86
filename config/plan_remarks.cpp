#include <algorithm>

#include "config/settings.h"
#include "core/label.h"

namespace narvaro {
namespace {

bool has_press(const Settings& settings) {
    return std::any_of(settings.sources.begin(), settings.sources.end(),
                       [](const auto& s) { return s.source.kind == SourceKind::press; });
}

bool has_label(const Target& target, const char* label) {
    if (!target.posts) return false;
    const auto& labels = target.posts->labels;
    return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// Whether every one of `inner` is among `outer`.
bool is_part(const std::vector<std::string>& inner, const std::vector<std::string>& outer) {
    return std::all_of(inner.begin(), inner.end(), [&](const std::string& name) {
        return std::find(outer.begin(), outer.end(), name) != outer.end();
    });
}

/// What a person should know of one target, each as "what; remedy".
class TargetRemarks {
  public:
    TargetRemarks(const Plan& plan, const Settings& settings, const Target& target)
        : plan_(plan), settings_(settings), target_(target) {}

    std::vector<std::string> read() {
        if (target_.kind == TargetKind::growth) growth();
        if (target_.kind == TargetKind::share) share();
        if (target_.kind == TargetKind::volume && target_.goal.factor) factor_of_nothing();
        if (has_label(target_, kNewsHook) && !has_press(settings_)) {
            say("counts news hooks, but no press source is configured: only links to known papers "
                "count; add a [source.NAME] with kind = \"press\"");
        }
        return std::move(remarks_);
    }

  private:
    void say(const std::string& text) { remarks_.push_back("target " + target_.id + " " + text); }

    void growth() {
        const auto& baseline = target_.baseline;
        const auto local = settings_.places.groups.find("local");
        if (target_.series->metric == "followers_local" && local == settings_.places.groups.end()) {
            say("follows followers_local, but [places] has no group \"local\": nothing can be "
                "added up; write local = [\"…\"] under [places]");
        }
        if (!baseline || !baseline->value) {
            if (baseline && baseline->at) return;
            say("has no baseline: the last figure at or before " + format_date(plan_.from) +
                " is taken, else the first after it; write baseline = { value = …, at = " +
                format_date(plan_.from) + ", note = \"…\" } when the figure is known");
            return;
        }
        if (baseline->at && *baseline->at > plan_.from) {
            say("has a baseline of " + format_date(*baseline->at) +
                ", after the plan's first day: what was won before it does not count; give the "
                "figure of " +
                format_date(plan_.from) + " if there is one");
        }
        factor_of_nothing();
        const double base = *baseline->value;
        const double goal =
            target_.goal.factor ? base * *target_.goal.factor : target_.goal.at_least.value_or(0);
        if (base > 0 && goal <= base) {
            say("asks for no growth: its goal is not above its baseline; write for example factor "
                "= 1.20 for +20 %");
        }
    }

    void factor_of_nothing() {
        const auto& baseline = target_.baseline;
        if (!target_.goal.factor || !baseline || baseline->value != 0.0) return;
        say("is a factor of a baseline of 0 and so is reached with nothing; write goal = { "
            "at_least = … }");
    }

    void share() {
        const PostFilter& posts = *target_.posts;
        const PostFilter& whole = *target_.of;
        const bool inside = is_part(posts.sources, whole.sources) &&
                            is_part(whole.labels, posts.labels) &&
                            (whole.stories || !posts.stories);
        if (!inside) {
            say("counts posts that are no part of its whole, so that the share can pass 100 %; "
                "name the same sources in posts and of");
        } else if (posts == whole) {
            say("compares posts with themselves: the share is always 100 %; name labels in posts");
        }
    }

    const Plan& plan_;
    const Settings& settings_;
    const Target& target_;
    std::vector<std::string> remarks_;
};

}  // namespace

std::vector<std::string> plan_remarks(const Plan& plan, const Settings& settings) {
    std::vector<std::string> remarks;
    if (plan.targets.empty()) {
        remarks.push_back("the plan has no targets: nothing is counted; add a [target.NAME]");
    }
    for (const Target& target : plan.targets) {
        auto more = TargetRemarks{plan, settings, target}.read();
        remarks.insert(remarks.end(), std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
    }
    return remarks;
}

}  // namespace narvaro
