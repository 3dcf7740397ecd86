#include "daemon/labelling.h"

#include <algorithm>

namespace narvaro {
namespace {

constexpr std::size_t kBatch = 500;

/// Where the hooks' last run is kept, so that press items that came since are known.
constexpr char kMatchedUntil[] = "hooks_matched_at";

/// How late a press item may come and still be matched to posts that were judged before it.
constexpr seconds kLate = std::chrono::hours{14 * 24};

}  // namespace

JudgeInput judge_input(const StoredPost& post) {
    JudgeInput input;
    input.channel = post.source_kind;
    input.text = judged_text(post);
    input.links = post.post.links;
    input.mentions = post.post.mentions;
    input.parent_id = post.post.parent_id;
    return input;
}

Labeller::Labeller(const Rules& rules) : hooks_(rules.hooks), judge_(rules) {
    for (const LabelRules& label : rules.labels) {
        versions_.push_back({label.label, rules_version(label.label, label.version, label.hash)});
    }
    versions_.push_back({kNewsHook, rules_version("hooks", rules.hooks.version, rules.hooks.hash)});
}

std::vector<std::string> Labeller::versions() const {
    std::vector<std::string> all;
    for (const LabelVersion& v : versions_) all.push_back(v.rules_version);
    return all;
}

Result<std::vector<PostVerdict>> Labeller::judge(const std::vector<StoredPost>& posts,
                                                 PressArchive& press) const {
    std::vector<PostVerdict> verdicts;
    for (const StoredPost& post : posts) {
        for (Verdict& verdict : judge_.judge(judge_input(post))) {
            verdicts.push_back({post.id, post.input_version, std::move(verdict)});
        }
        auto hook = press.match(post);
        if (!hook) return tl::unexpected{hook.error()};
        verdicts.push_back({post.id, post.input_version, std::move(*hook)});
    }
    return verdicts;
}

Result<std::int64_t> Labeller::run(Store& store, sys_seconds now) const {
    const auto judged = judge_new(store, now);
    if (!judged) return judged;
    const auto matched = match_late_press(store, now);
    if (!matched) return matched;
    return *judged + *matched;
}

Result<std::int64_t> Labeller::judge_new(Store& store, sys_seconds now) const {
    std::int64_t added = 0;
    PressArchive archive = press(store);
    for (std::int64_t after = 0;;) {
        const auto posts = store.posts_never_judged(after, kBatch);
        if (!posts) return tl::unexpected{posts.error()};
        if (posts->empty()) return added;
        const auto verdicts = judge(*posts, archive);
        if (!verdicts) return tl::unexpected{verdicts.error()};
        const auto stored = store.put_verdicts(*verdicts, now);
        if (!stored) return stored;
        added += *stored;
        after = posts->back().key;
    }
}

Result<std::int64_t> Labeller::match_late_press(Store& store, sys_seconds now) const {
    const auto near = posts_near_new_press(store, now);
    if (!near) return tl::unexpected{near.error()};
    PressArchive archive = press(store);
    std::vector<PostVerdict> verdicts;
    for (const StoredPost& post : *near) {
        auto hook = archive.match(post);
        if (!hook) return tl::unexpected{hook.error()};
        verdicts.push_back({post.id, post.input_version, std::move(*hook)});
    }
    const auto stored = store.put_verdicts(verdicts, now);
    if (!stored) return stored;
    const auto noted = store.set_service_state(kMatchedUntil, format_utc(now));
    if (!noted) return tl::unexpected{noted.error()};
    return *stored;
}

Result<std::vector<StoredPost>> Labeller::posts_near_new_press(const Store& store,
                                                               sys_seconds now) const {
    const auto noted = store.service_state(kMatchedUntil);
    if (!noted) return tl::unexpected{noted.error()};
    const auto since = *noted ? parse_instant(**noted) : std::nullopt;
    const auto items = store.press_items({now - kLate, now + std::chrono::hours{48}}, {now});
    if (!items) return tl::unexpected{items.error()};
    const auto window = std::chrono::hours{std::max(hooks_.window_hours, hooks_.link_window_hours)};
    std::vector<Span> spans;
    for (const StoredPressItem& item : *items) {
        if (since && item.first_seen < *since) continue;
        const sys_seconds at = item.published.value_or(item.first_seen);
        spans.push_back({at - std::chrono::hours{1}, at + window});
    }
    if (spans.empty()) return std::vector<StoredPost>{};
    return store.posts_within(spans);
}

}  // namespace narvaro
