#include <algorithm>
#include <array>

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

/// Meta takes no political, electoral or social-issue ads in the EU since then.
constexpr date::local_days kAdsClosed{date::year{2025} / 10 / 6};

/// What a person should know of one target, each as "what; remedy".
class TargetRemarks {
  public:
    TargetRemarks(const Plan& plan, const Settings& settings, const Target& target)
        : plan_(plan), settings_(settings), target_(target) {}

    std::vector<std::string> read() {
        period();
        supply();
        if (target_.kind == TargetKind::growth) growth();
        if (target_.kind == TargetKind::share) share();
        if (target_.kind == TargetKind::volume && target_.goal.factor) factor_of_nothing();
        unsourced();
        if (has_label(target_, kNewsHook) && !has_press(settings_)) {
            say("counts news hooks, but no press source is configured: only links to known papers "
                "count; add a [source.NAME] with kind = \"press\"");
        }
        return std::move(remarks_);
    }

  private:
    /// A rate wants every period met: a plan that holds only pieces of them asks for a whole one's
    /// posts in a few days.
    void period() {
        if (target_.kind != TargetKind::rate) return;
        const bool month = target_.goal.per == PeriodUnit::month;
        const auto days = (plan_.to - plan_.from).count() + 1;
        if (days < (month ? 28 : 7)) {
            say("asks for a whole " + std::string{month ? "month" : "week"} +
                "'s posts in a plan of " + std::to_string(days) + " days; " +
                (month ? "write per = \"week\" or a longer plan" : "write a longer plan"));
        } else if (month && static_cast<unsigned>(date::year_month_day{plan_.from}.day()) > 1) {
            say("counts months, but the plan begins on " + format_date(plan_.from) +
                ": the first month is cut and asks for as much; begin the plan on the first of a "
                "month");
        }
    }

    const Source* source_of(const std::string& id) const {
        const auto& all = settings_.sources;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.source.id == id; });
        return found == all.end() ? nullptr : &found->source;
    }

    /// What the named sources can never tell.
    void supply() {
        if (target_.kind == TargetKind::coverage && plan_.to >= kAdsClosed) {
            say("follows ad audiences, but Meta takes no political ads in the EU since 2025-10-06: "
                "it can no longer be reached by what comes; take it out of plans after that day");
        }
        figures_of_a_day();
        const bool previous = target_.baseline && target_.baseline->previous_period;
        if (!target_.posts) return;
        const auto& sources = target_.posts->sources;
        const bool has_stories = std::any_of(sources.begin(), sources.end(), [&](const auto& id) {
            const Source* source = source_of(id);
            return source == nullptr || source->kind == SourceKind::instagram;
        });
        if (target_.posts->stories && !sources.empty() && !has_stories) {
            say("counts stories, but they are read from Instagram only: there are none in its "
                "sources; name an Instagram source or leave stories out");
        }
        if (previous && target_.posts->stories) {
            say("compares stories with last year's, but a story can be read for 24 hours only: "
                "last year's count as none; write baseline = { value = … } or leave stories out");
        }
        if (!has_label(target_, kUngVanster)) return;
        for (const std::string& id : target_.posts->sources) {
            const Source* source = source_of(id);
            if (source == nullptr || source->kind != SourceKind::instagram) continue;
            if (!source->watch.empty() || !target_.records.empty()) continue;
            say("counts shares of Ung Vänster, but source " + id +
                " watches no account and no records count: re-shared stories cannot be read from "
                "the platform; write watch = [\"…\"] in [source." +
                id + "] or records = \"uv-share\" in the target");
        }
    }

    /// Growth of what is told for a day or of ads that no longer run.
    void figures_of_a_day() {
        if (!target_.series || target_.series->source.empty()) return;
        const SeriesRef& series = *target_.series;
        const Source* source = source_of(series.source);
        if (source == nullptr) return;
        constexpr std::array<std::string_view, 5> kOfADay{"views", "reach", "engagements", "spend",
                                                          "follows"};
        if (std::find(kOfADay.begin(), kOfADay.end(), series.metric) != kOfADay.end()) {
            say("follows " + series.metric +
                ", which is told for each day by itself: the goal compares the last day with the "
                "baseline's; follow a level such as followers, or write records of monthly sums");
        }
        if (source->kind == SourceKind::meta_ads && plan_.to >= kAdsClosed) {
            say("follows ads, but Meta takes no political ads in the EU since 2025-10-06: no "
                "figure comes any more; take it out of plans after that day");
        }
    }

    /// A figure that nobody can look up again is a warning of its own.
    void unsourced() {
        const auto& baseline = target_.baseline;
        if (!baseline || !baseline->value) return;
        if (baseline->note.empty()) {
            say("has a baseline without a source; write note = \"…\", where the figure comes "
                "from");
        }
    }

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
        say("is a factor of a baseline of 0, which gives no goal: it is told as not measurable; "
            "write goal = { at_least = … }");
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
    for (const Sentence& sentence : plan.sentences) {
        if (!sentence.targets.empty() || !sentence.why.empty()) continue;
        remarks.push_back("sentence \"" + sentence.text.in("sv") +
                          "\" has no target: nobody counts it; name targets = [\"…\"], or say why "
                          "= \"…\"");
    }
    if (!plan.sentences.empty()) {
        for (const Target& target : plan.targets) {
            const bool said =
                std::any_of(plan.sentences.begin(), plan.sentences.end(), [&](const Sentence& s) {
                    return std::find(s.targets.begin(), s.targets.end(), target.id) !=
                           s.targets.end();
                });
            if (said) continue;
            remarks.push_back("target " + target.id +
                              " counts no sentence of the plan; name it in the targets of a "
                              "[[sentence]]");
        }
    }
    for (const Target& target : plan.targets) {
        auto more = TargetRemarks{plan, settings, target}.read();
        remarks.insert(remarks.end(), std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
    }
    return remarks;
}

}  // namespace narvaro
