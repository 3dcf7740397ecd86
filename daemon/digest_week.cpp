#include "daemon/digest_week.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "analytics/forecast_review.h"
#include "analytics/targets.h"
#include "daemon/digest_curves.h"
#include "daemon/digest_hour.h"
#include "daemon/press_fit.h"
#include "daemon/stored_facts.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

constexpr std::size_t kHeadline = 100;

std::string headline_of(const std::string& title, const std::string& text) {
    return shortened(harmless_line(title.empty() ? text : title), kHeadline);
}

/// Gathers one digest; each function fills a section.
class Gatherer {
  public:
    Gatherer(const Settings& settings, const Store& store, const Plan& plan, const Zone& zone)
        : settings_(settings), store_(store), plan_(plan), zone_(zone) {}

    Result<DigestWeek> gather(const DigestMoment& moment, const DigestContext& context) {
        out_.week = moment.week;
        out_.span = zone_.week(moment.week);
        out_.complete = out_.span.to <= moment.composed_at;
        out_.as_of = std::min(out_.span.to, moment.composed_at + seconds{1}) - seconds{1};
        out_.late = moment.late;
        out_.composed_at = moment.composed_at;
        out_.revision = moment.revision;
        out_.zone = plan_.zone;
        out_.plan_id = plan_.id;
        out_.plan_name = plan_.name;
        known_by_ = context.known_by;
        add_context(context);
        Result<void> done = add_targets();
        if (done) done = add_forecasts();
        if (done) done = add_evidence();
        if (done) done = add_press();
        if (done) done = add_corrections();
        if (done) done = add_gaps();
        if (done) done = add_restatements();
        if (done) done = add_history();
        if (!done) return tl::unexpected{done.error()};
        return std::move(out_);
    }

  private:
    AsOf as_of() const { return {out_.as_of, known_by_}; }
    /// The part of the week that has been.
    Span so_far() const { return {out_.span.from, out_.as_of + seconds{1}}; }

    void add_context(const DigestContext& context) {
        out_.recipients = context.recipients;
        out_.reply_to = context.reply_to;
        out_.sources = context.sources;
        out_.endings = context.endings;
        out_.rules = context.rules;
        out_.program = context.program;
        out_.config_error = context.config_error;
    }

    Result<void> add_targets() {
        const StoredFacts facts{store_, as_of()};
        auto now = evaluate_all(plan_, settings_.places, facts, out_.as_of);
        if (!now) return tl::unexpected{now.error()};
        const sys_seconds week_before = out_.span.from - seconds{1};
        const StoredFacts facts_before{store_, {week_before, known_by_}};
        auto before = evaluate_all(plan_, settings_.places, facts_before, week_before);
        if (!before) return tl::unexpected{before.error()};
        const bool had_begun = week_before >= zone_.start_of(plan_.from);
        for (std::size_t i = 0; i < plan_.targets.size(); ++i) {
            DigestTarget target{plan_.targets[i], std::move((*now)[i]), {}};
            if (had_begun) target.before = std::move((*before)[i]);
            out_.targets.push_back(std::move(target));
        }
        return {};
    }

    /// Where a month begins in the week: how good the forecasts were that were made a month before.
    Result<void> add_forecasts() {
        const auto month = zone_.month_of(out_.as_of);
        const sys_seconds begins = zone_.month(month).from;
        const sys_seconds then = zone_.month(month - date::months{1}).from - seconds{1};
        const bool begins_now = out_.span.contains(begins) && begins <= out_.as_of;
        if (!begins_now || then < zone_.start_of(plan_.from)) return {};
        const sys_seconds now = begins - seconds{1};
        const StoredFacts facts_then{store_, as_known_at(then)};
        const StoredFacts facts_now{store_, {now, known_by_}};
        auto reviews = review_forecasts(plan_, settings_.places, facts_then, then, facts_now, now);
        if (!reviews) return tl::unexpected{reviews.error()};
        out_.forecasts = std::move(*reviews);
        return {};
    }

    Result<void> add_evidence() {
        const Span week = so_far();
        for (const Target& target : plan_.targets) {
            DigestEvidence evidence{target.id, {}, {}, {}};
            if (target.posts) {
                const auto counted = store_.evidence(*target.posts, week, as_of());
                if (!counted) return tl::unexpected{counted.error()};
                for (const Evidence& e : *counted)
                    evidence.counted.push_back(digest_post(e, target.posts->labels));
                const auto near = store_.near_misses(*target.posts, week, as_of());
                if (!near) return tl::unexpected{near.error()};
                for (const Evidence& e : *near)
                    evidence.near.push_back(digest_post(e, target.posts->labels));
            }
            if (!target.records.empty()) {
                auto records = store_.records(target.records, week, as_of());
                if (!records) return tl::unexpected{records.error()};
                evidence.records = std::move(*records);
            }
            const bool has_something =
                !evidence.counted.empty() || !evidence.near.empty() || !evidence.records.empty();
            if (has_something) out_.evidence.push_back(std::move(evidence));
        }
        return {};
    }

    /// Press items of the week that no post hooks onto: first those that fit the themes and the
    /// place, then the newest.
    Result<void> add_press() {
        const auto items = store_.press_items(out_.span, as_of());
        if (!items) return tl::unexpected{items.error()};
        const auto hooked = hooked_items();
        if (!hooked) return tl::unexpected{hooked.error()};
        const PressFit fit{settings_.rules, settings_.places};
        for (auto item = items->rbegin(); item != items->rend(); ++item) {
            if (hooked->contains(item->id)) continue;
            out_.press.push_back({item->id,
                                  item->source,
                                  headline_of(item->title, item->text),
                                  item->url,
                                  item->published,
                                  {},
                                  fit.reasons(*item)});
        }
        std::sort(out_.press.begin(), out_.press.end(), [](const auto& a, const auto& b) {
            return std::tuple{b.reasons.size(), b.published, a.id} <
                   std::tuple{a.reasons.size(), a.published, b.id};
        });
        constexpr std::size_t kEnough = 10;
        if (out_.press.size() > kEnough) out_.press.resize(kEnough);
        return {};
    }

    Result<std::set<std::string>> hooked_items() const {
        PostFilter hooks;
        hooks.labels = {kNewsHook};
        hooks.stories = true;
        const auto posts = store_.evidence(hooks, so_far(), as_of());
        if (!posts) return tl::unexpected{posts.error()};
        std::set<std::string> items;
        for (const Evidence& e : *posts) {
            for (const StoredVerdict& v : e.verdicts) {
                if (v.verdict.label == kNewsHook) items.insert(v.verdict.hook_item);
            }
        }
        return items;
    }

    Result<void> add_corrections() {
        const auto made = store_.decisions_within(out_.span, as_of());
        if (!made) return tl::unexpected{made.error()};
        for (const StoredDecision& d : *made) {
            const auto post = store_.post(d.post_id, as_of());
            if (!post) return tl::unexpected{post.error()};
            DigestPost shown;
            shown.id = d.post_id;
            if (*post) shown = digest_post({**post, {}, {}}, {});
            out_.corrections.push_back({std::move(shown), d.decision});
        }
        return {};
    }

    Result<void> add_gaps() {
        const auto gaps = store_.open_gaps(as_of());
        if (!gaps) return tl::unexpected{gaps.error()};
        for (DigestSource& source : out_.sources) {
            for (const StoredGap& gap : *gaps) {
                if (gap.source == source.id) source.gaps.push_back({gap.gap, gap.since});
            }
        }
        return {};
    }

    /// Readings of the year that were told otherwise in the seven days before the composition.
    Result<void> add_restatements() {
        constexpr std::size_t kAtMost = 5;
        const Span year{out_.span.to - date::days{366}, out_.as_of + seconds{1}};
        for (const Target& target : plan_.targets) {
            if (!target.series) continue;
            const auto restated = store_.restatements(*target.series, year, as_of());
            if (!restated) return tl::unexpected{restated.error()};
            for (const Restatement& r : *restated) {
                const bool lately =
                    r.restated_at > known_by_ - date::days{7} && r.restated_at <= known_by_;
                if (lately && out_.restated.size() < kAtMost) {
                    out_.restated.push_back({target.id, r});
                }
            }
        }
        return {};
    }

    Result<void> add_history() {
        auto curves = digest_curves(plan_, zone_, settings_.places, store_, out_.as_of, known_by_);
        if (!curves) return tl::unexpected{curves.error()};
        out_.curves = std::move(*curves);
        auto activity = digest_activity(settings_, store_, out_.week, zone_, as_of());
        if (!activity) return tl::unexpected{activity.error()};
        out_.activity = std::move(*activity);
        return {};
    }

    const Settings& settings_;
    const Store& store_;
    const Plan& plan_;
    const Zone& zone_;
    sys_seconds known_by_{};
    DigestWeek out_;
};

}  // namespace

DigestHour digest_hour(const Settings& settings) {
    if (!settings.digest) return {};
    return {settings.digest->day, settings.digest->time};
}

const Plan* plan_of_week(const std::vector<Plan>& plans, IsoWeek week) {
    const auto thursday = monday_of(week) + date::days{3};
    for (const Plan& plan : plans) {
        if (plan.from <= thursday && thursday <= plan.to) return &plan;
    }
    return plans.empty() ? nullptr : &plans.back();
}

DigestPost digest_post(const Evidence& e, const std::vector<std::string>& labels) {
    const auto matters = [&](const std::string& label) {
        return std::find(labels.begin(), labels.end(), label) != labels.end();
    };
    DigestPost out{e.post.id,
                   e.post.source,
                   headline_of(e.post.post.title, e.post.post.text),
                   e.post.post.url,
                   e.post.post.published,
                   {},
                   {}};
    for (const auto& [label, value] : e.post.labels) {
        if (value) out.labels.push_back(label);
    }
    for (const StoredVerdict& v : e.verdicts) {
        if (!matters(v.verdict.label)) continue;
        for (const Reason& reason : v.verdict.reasons) out.reasons.push_back(reason.text);
    }
    for (const StoredDecision& d : e.decisions) {
        if (matters(d.decision.label)) out.decisions.push_back(d.decision);
    }
    return out;
}

Result<DigestWeek> gather_digest(const Settings& settings, const Store& store,
                                 const DigestMoment& moment, const DigestContext& context) {
    const Plan* plan = plan_of_week(settings.plans, moment.week);
    if (plan == nullptr) {
        return fail(Fault::usage, "no plan is configured", "name a plan file under `plans`");
    }
    const auto zone = Zone::find(plan->zone);
    if (!zone) return tl::unexpected{zone.error()};
    return Gatherer{settings, store, *plan, *zone}.gather(moment, context);
}

}  // namespace narvaro
