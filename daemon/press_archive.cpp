#include "daemon/press_archive.h"

#include <utility>

namespace narvaro {
namespace {

/// What is too old to be hooked onto still says how rare a word is, and that a link leads to old
/// news.
constexpr std::chrono::hours kArchive{24 * 365};

PressItem press_item(const StoredPressItem& item) {
    return {item.id, item.source, item.url, item.title, item.text, item.published, item.first_seen};
}

std::optional<date::year_month> month_of(const StoredPost& post) {
    if (!post.counts_at) return {};
    const date::year_month_day day{date::floor<date::days>(*post.counts_at)};
    return day.year() / day.month();
}

}  // namespace

std::string judged_text(const StoredPost& post) {
    return post.post.title.empty() ? post.post.text : post.post.title + "\n" + post.post.text;
}

Result<void> PressArchive::turn_to(const std::optional<date::year_month>& month) {
    if (matcher_ && month == month_) return {};
    std::vector<PressItem> items;
    std::vector<std::string> texts;
    if (month) {
        const Span span{date::sys_days{*month / 1} - kArchive,
                        date::sys_days{(*month + date::months{1}) / 1} + std::chrono::hours{24}};
        const auto press = store_.press_items(span, kKnownToday);
        if (!press) return tl::unexpected{press.error()};
        for (const StoredPressItem& item : *press) items.push_back(press_item(item));
        const auto own = store_.posts_within(std::span{&span, 1});
        if (!own) return tl::unexpected{own.error()};
        for (const StoredPost& post : *own) texts.push_back(judged_text(post));
    }
    matcher_.emplace(rules_, items, texts);
    month_ = month;
    return {};
}

Result<Verdict> PressArchive::match(const StoredPost& post) {
    if (const auto turned = turn_to(month_of(post)); !turned) {
        return tl::unexpected{turned.error()};
    }
    return matcher_->match({judged_text(post), post.post.links, post.counts_at, post.source_kind});
}

}  // namespace narvaro
