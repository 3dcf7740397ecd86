#include "daemon/labelling.h"

#include <algorithm>

#include "analytics/hooks.h"

namespace narvaro {
namespace {

constexpr std::size_t kBatch = 500;

/// Where the hooks' last run is kept, so that press items that came since are known.
constexpr char kMatchedUntil[] = "hooks_matched_at";

/// How late a press item may come and still be matched to posts that were judged before it.
constexpr seconds kLate = std::chrono::hours{14 * 24};

std::string text_of(const StoredPost& p) {
    return p.post.title.empty() ? p.post.text : p.post.title + "\n" + p.post.text;
}

HookInput hook_input(const StoredPost& p) {
    return {text_of(p), p.post.links, p.counts_at, p.source_kind};
}

PressItem press_item(const StoredPressItem& item) {
    return {item.id, item.source, item.url, item.title, item.text, item.published, item.first_seen};
}

/// How much of the press before a post is looked at: what is too old to be hooked onto still says
/// how rare a word is, and that a link leads to old news.
constexpr seconds kArchive = std::chrono::hours{24 * 365};

/// From a year before the earliest post to the latest one.
Span press_span(const std::vector<StoredPost>& posts) {
    Span span{sys_seconds::max(), sys_seconds::min()};
    for (const StoredPost& p : posts) {
        if (!p.counts_at) continue;
        span.from = std::min(span.from, *p.counts_at - kArchive);
        span.to = std::max(span.to, *p.counts_at + std::chrono::hours{24});
    }
    return span;
}

}  // namespace

JudgeInput judge_input(const StoredPost& post) {
    JudgeInput input;
    input.channel = post.source_kind;
    input.text = text_of(post);
    input.links = post.post.links;
    input.mentions = post.post.mentions;
    input.parent_id = post.post.parent_id;
    return input;
}

Labeller::Labeller(const Rules& rules) : hooks_(rules.hooks), judge_(rules) {
    for (const LabelRules& label : rules.labels) {
        label_versions_.push_back(
            {label.label, rules_version(label.label, label.version, label.hash)});
    }
    hook_version_ = {kNewsHook, rules_version("hooks", rules.hooks.version, rules.hooks.hash)};
}

std::vector<std::string> Labeller::versions() const {
    std::vector<std::string> all;
    for (const LabelVersion& v : label_versions_) all.push_back(v.rules_version);
    all.push_back(hook_version_.rules_version);
    return all;
}

Result<std::int64_t> Labeller::run(Store& store, sys_seconds now) const {
    std::vector<std::string> labels{kNewsHook};
    for (const LabelVersion& v : label_versions_) labels.push_back(v.label);
    if (const auto kept = store.keep_only_labels(labels, now); !kept) {
        return tl::unexpected{kept.error()};
    }
    const auto judged = judge_texts(store, now);
    if (!judged) return judged;
    const auto matched = match_hooks(store, now);
    if (!matched) return matched;
    return *judged + *matched;
}

Result<std::int64_t> Labeller::judge_texts(Store& store, sys_seconds now) const {
    std::int64_t added = 0;
    for (std::int64_t after = 0;;) {
        const auto posts = store.posts_to_judge(label_versions_, after, kBatch);
        if (!posts) return tl::unexpected{posts.error()};
        if (posts->empty()) return added;
        std::vector<PostVerdict> verdicts;
        for (const StoredPost& post : *posts) {
            for (Verdict& verdict : judge_.judge(judge_input(post))) {
                verdicts.push_back({post.id, post.input_version, std::move(verdict)});
            }
        }
        const auto stored = store.put_verdicts(verdicts, now);
        if (!stored) return stored;
        added += *stored;
        after = posts->back().key;
    }
}

Result<std::int64_t> Labeller::match_hooks(Store& store, sys_seconds now) const {
    std::int64_t added = 0;
    const std::vector<LabelVersion> version{hook_version_};
    for (std::int64_t after = 0;;) {
        const auto posts = store.posts_to_judge(version, after, kBatch);
        if (!posts) return tl::unexpected{posts.error()};
        if (posts->empty()) break;
        const auto matched = match(store, *posts, now);
        if (!matched) return matched;
        added += *matched;
        after = posts->back().key;
    }
    const auto near = posts_near_new_press(store, now);
    if (!near) return tl::unexpected{near.error()};
    const auto matched = match(store, *near, now);
    if (!matched) return matched;
    const auto noted = store.set_service_state(kMatchedUntil, format_utc(now));
    if (!noted) return tl::unexpected{noted.error()};
    return added + *matched;
}

Result<std::vector<StoredPost>> Labeller::posts_near_new_press(const Store& store,
                                                               sys_seconds now) const {
    const auto noted = store.service_state(kMatchedUntil);
    if (!noted) return tl::unexpected{noted.error()};
    const auto since = *noted ? parse_instant(**noted) : std::nullopt;
    const auto items = store.press_items({now - kLate, now + std::chrono::hours{48}}, {now, false});
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

Result<std::int64_t> Labeller::match(Store& store, const std::vector<StoredPost>& posts,
                                     sys_seconds now) const {
    if (posts.empty()) return 0;
    std::vector<PressItem> items;
    const Span span = press_span(posts);
    if (!span.empty()) {
        const auto stored = store.press_items(span, kKnownToday);
        if (!stored) return tl::unexpected{stored.error()};
        for (const StoredPressItem& item : *stored) items.push_back(press_item(item));
    }
    const HookMatcher matcher{hooks_, items};
    std::vector<PostVerdict> verdicts;
    for (const StoredPost& post : posts) {
        verdicts.push_back({post.id, post.input_version, matcher.match(hook_input(post))});
    }
    return store.put_verdicts(verdicts, now);
}

}  // namespace narvaro
