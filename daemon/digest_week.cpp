#include "daemon/digest_week.h"

#include <algorithm>
#include <set>

#include "analytics/forecast_review.h"
#include "analytics/targets.h"
#include "core/version.h"
#include "daemon/digest_hour.h"
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

    Result<DigestWeek> gather(IsoWeek week, sys_seconds now) {
        out_.week = week;
        out_.span = zone_.week(week);
        out_.complete = out_.span.to <= now;
        out_.as_of = std::min(out_.span.to, now + seconds{1}) - seconds{1};
        out_.zone = plan_.zone;
        out_.plan_id = plan_.id;
        out_.plan_name = plan_.name;
        out_.program = std::string{"narvaro "} + kVersion;
        out_.recipients =
            settings_.digest ? static_cast<std::int64_t>(settings_.digest->to.size()) : 0;
        const DigestHour hour = digest_hour(settings_);
        known_until_ = std::min(now, digest_due(week, hour, zone_));
        Result<void> done = add_targets();
        if (done) done = add_forecasts();
        if (done) done = add_evidence();
        if (done) done = add_press();
        if (done) done = add_corrections();
        if (done) done = add_sources();
        if (!done) return tl::unexpected{done.error()};
        return std::move(out_);
    }

  private:
    AsOf as_of() const { return {out_.as_of}; }

    Result<void> add_targets() {
        const StoredFacts facts{store_, as_of()};
        auto now = evaluate_all(plan_, settings_.places, facts, out_.as_of);
        if (!now) return tl::unexpected{now.error()};
        const sys_seconds week_before = out_.span.from - seconds{1};
        const StoredFacts facts_before{store_, {week_before}};
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
        const StoredFacts facts_now{store_, {now}};
        auto reviews = review_forecasts(plan_, settings_.places, facts_then, then, facts_now, now);
        if (!reviews) return tl::unexpected{reviews.error()};
        out_.forecasts = std::move(*reviews);
        return {};
    }

    Result<void> add_evidence() {
        const Span week{out_.span.from, out_.as_of + seconds{1}};
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

    /// Press items of the week that no post hooks onto, the newest first.
    Result<void> add_press() {
        const auto items = store_.press_items(out_.span, as_of());
        if (!items) return tl::unexpected{items.error()};
        const auto hooked = hooked_items();
        if (!hooked) return tl::unexpected{hooked.error()};
        for (auto item = items->rbegin(); item != items->rend(); ++item) {
            if (hooked->contains(item->id)) continue;
            out_.press.push_back({item->id,
                                  item->source,
                                  headline_of(item->title, item->text),
                                  item->url,
                                  item->published,
                                  {},
                                  {}});
        }
        return {};
    }

    Result<std::set<std::string>> hooked_items() const {
        PostFilter hooks;
        hooks.labels = {kNewsHook};
        hooks.stories = true;
        const auto posts =
            store_.evidence(hooks, {out_.span.from, out_.as_of + seconds{1}}, as_of());
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

    Result<void> add_sources() {
        const auto statuses = store_.statuses();
        if (!statuses) return tl::unexpected{statuses.error()};
        const auto gaps = store_.open_gaps(as_of());
        if (!gaps) return tl::unexpected{gaps.error()};
        for (const ConfiguredSource& configured : settings_.sources) {
            const auto status =
                std::find_if(statuses->begin(), statuses->end(),
                             [&](const SourceStatus& s) { return s.id == configured.source.id; });
            if (status == statuses->end()) continue;
            out_.sources.push_back(source_of(*status, *gaps));
        }
        return {};
    }

    DigestSource source_of(const SourceStatus& status, const std::vector<StoredGap>& gaps) const {
        DigestSource source;
        source.id = status.id;
        source.kind = status.kind;
        if (status.last_success) source.last_success = std::min(*status.last_success, known_until_);
        if (status.failing_since && *status.failing_since <= known_until_) {
            source.failing_since = status.failing_since;
            source.error = status.error ? status.error->what : "";
            source.remedy = status.error ? status.error->remedy : "";
        }
        for (const StoredGap& gap : gaps) {
            if (gap.source == status.id) source.gaps.push_back(gap.gap);
        }
        return source;
    }

    const Settings& settings_;
    const Store& store_;
    const Plan& plan_;
    const Zone& zone_;
    sys_seconds known_until_{};
    DigestWeek out_;
};

/// A person's word on a label, as a reason.
std::string decision_words(const Decision& d) {
    const std::string value = !d.value ? "auto" : *d.value ? "ja" : "nej";
    return d.label + " = " + value + " (" + d.who + ")";
}

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
        if (matters(d.decision.label)) out.reasons.push_back(decision_words(d.decision));
    }
    return out;
}

Result<DigestWeek> gather_digest(const Settings& settings, const Store& store,
                                 const std::vector<std::string>& rules, IsoWeek week,
                                 sys_seconds now, bool late) {
    const Plan* plan = plan_of_week(settings.plans, week);
    if (plan == nullptr) {
        return fail(Fault::usage, "no plan is configured", "name a plan file under `plans`");
    }
    const auto zone = Zone::find(plan->zone);
    if (!zone) return tl::unexpected{zone.error()};
    auto digest = Gatherer{settings, store, *plan, *zone}.gather(week, now);
    if (!digest) return digest;
    digest->rules = rules;
    digest->late = late;
    const auto config_error = store.service_state("config_error");
    if (!config_error) return tl::unexpected{config_error.error()};
    digest->config_error = config_error->value_or("");
    return digest;
}

}  // namespace narvaro
