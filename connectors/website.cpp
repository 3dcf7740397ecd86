#include <algorithm>
#include <set>

#include "connectors/feed_posts.h"
#include "connectors/website_history.h"

namespace narvaro {
namespace {

constexpr char kNoHistory[] =
    "no older articles could be read: the site answers neither WordPress' REST API nor paged=2; "
    "only what its feed holds now was read";

/// A back-fill under way. Owned by backfill_website's frame; what it calls gets references.
struct History {
    Http& http;
    PollRequest request;
    Sink sink;
    HttpUrl feed{};
    HistoryCursor next{};
    std::string rest_address{};            ///< with Way::rest
    std::optional<HistoryPage> at_hand{};  ///< the page `next`, when it has been read already
    std::set<std::string> seen{};
    std::vector<std::string> warnings{};  ///< go with the next page
    bool read_older = false;              ///< a page beyond the newest has been read
    bool has_rest = false;                ///< so the site is WordPress, whichever way is taken
};

bool reaches_back(const std::vector<Post>& posts, sys_seconds since) {
    const auto dated = std::find_if(posts.rbegin(), posts.rend(),
                                    [](const Post& post) { return post.published.has_value(); });
    return dated != posts.rend() && *dated->published < since;
}

/// Hands a page on: what is older than was asked for stays out. An empty cursor: nothing to resume.
Result<void> hand_on(History& history, HistoryPage page, std::string cursor) {
    Observations seen;
    seen.posts = std::move(page.posts);
    std::erase_if(seen.posts, [&](const Post& post) {
        return post.published && *post.published < history.request.since;
    });
    seen.warnings = std::exchange(history.warnings, {});
    std::move(page.warnings.begin(), page.warnings.end(), std::back_inserter(seen.warnings));
    seen.cursor = std::move(cursor);
    return history.sink(std::move(seen));
}

Result<void> end_here(History& history) { return hand_on(history, HistoryPage{}, {}); }

/// Reads the feed itself: it says where the site is, and what the REST API has to agree with.
Task<Result<HistoryPage>> read_newest(History& history) {
    HttpRequest ask;
    ask.url = history.request.source.address;
    const Result<HttpReply> reply = co_await history.http.get(std::move(ask));
    if (!reply) co_return tl::unexpected<Error>{reply.error()};
    Result<Feed> feed = feed_of(*reply, history.request.now);
    if (!feed) co_return tl::unexpected<Error>{std::move(feed.error())};
    Result<HttpUrl> url = parse_http_url(reply->url);
    if (!url) co_return tl::unexpected<Error>{std::move(url.error())};
    history.feed = std::move(*url);
    co_return HistoryPage{posts_of(*feed, PostKind::article), std::move(feed->warnings), {}, false};
}

/// Decides by which way to read, and from which page on: where the stored cursor says, as far as it
/// still fits, else from the newest page.
Task<Result<void>> choose_way(History& history, HistoryPage newest) {
    using Way = HistoryCursor::Way;
    const std::string stored = history.request.cursor.value_or("");
    const std::optional<HistoryCursor> resumed = parse_history_cursor(stored);
    if (!stored.empty() && !resumed) {
        history.warnings.emplace_back(
            "the stored place of the back-fill is unreadable: it begins anew");
    }
    for (const Post& post : newest.posts) history.seen.insert(post.remote_id);
    if (resumed && resumed->way == Way::paged) {
        history.next = *resumed;
        history.read_older = resumed->page > 2;
        co_return Result<void>{};
    }
    Result<std::optional<RestList>> rest =
        co_await find_rest(history.http, history.feed, history.request.now);
    if (!rest) co_return tl::unexpected<Error>{std::move(rest.error())};
    history.has_rest = rest->has_value();
    const bool same = *rest && tells_the_same(newest.posts, (*rest)->newest.posts);
    if (*rest && (resumed || same)) {
        history.rest_address = (*rest)->address;
        history.next = resumed.value_or(HistoryCursor{Way::rest, 1});
        if (history.next.page == 1) {
            history.seen.clear();
            history.at_hand = std::move((*rest)->newest);
        }
        co_return Result<void>{};
    }
    if (resumed) {
        history.warnings.emplace_back("the site's REST API is gone: the back-fill begins anew");
    }
    history.next = HistoryCursor{Way::paged, 1};
    history.seen.clear();
    history.at_hand = std::move(newest);
    co_return Result<void>{};
}

Task<Result<HistoryPage>> read_next(History& history) {
    if (history.at_hand) {
        HistoryPage page = std::move(*history.at_hand);
        history.at_hand.reset();
        co_return page;
    }
    const int page = history.next.page;
    const sys_seconds now = history.request.now;
    if (history.next.way == HistoryCursor::Way::rest) {
        co_return co_await read_rest(history.http, history.rest_address, page, now);
    }
    Result<HistoryPage> read = co_await read_paged(history.http, history.feed, page, now);
    // A site that is no WordPress may answer with a page for people. Once older pages have been
    // read, it is a failure that passes.
    if (!read && read.error().fault == Fault::bad_reply && !history.read_older) {
        read = HistoryPage{{}, {}, {}, true};
    }
    co_return read;
}

/// Whether the page holds a post that no earlier page held; remembers them.
bool is_news(History& history, const HistoryPage& page) {
    bool news = false;
    for (const Post& post : page.posts) news = history.seen.insert(post.remote_id).second || news;
    return news;
}

Task<Result<void>> read_pages(History& history) {
    for (; history.next.page <= kMaxHistoryPages; ++history.next.page) {
        Result<HistoryPage> page = co_await read_next(history);
        if (!page) co_return tl::unexpected<Error>{std::move(page.error())};
        const bool paged = history.next.way == HistoryCursor::Way::paged;
        const bool older = history.next.page > 1;
        if (page->beyond_the_end || !is_news(history, *page)) {
            if (paged && older && !history.read_older && !history.has_rest)
                history.warnings.emplace_back(kNoHistory);
            co_return end_here(history);
        }
        history.read_older = history.read_older || older;
        const bool last = reaches_back(page->posts, history.request.since) ||
                          (page->pages_in_all && history.next.page >= *page->pages_in_all) ||
                          history.next.page == kMaxHistoryPages;
        const HistoryCursor after{history.next.way, history.next.page + 1};
        const Result<void> taken =
            hand_on(history, std::move(*page), last ? std::string{} : to_string(after));
        if (!taken || last) co_return taken;
    }
    co_return end_here(history);
}

}  // namespace

Task<Result<Observations>> poll_website(Http& http, PollRequest request) {
    return poll_feed(http, std::move(request), PostKind::article);
}

Task<Result<void>> backfill_website(Http& http, PollRequest request, Sink sink) {
    const std::string noun = "source " + request.source.id;
    History history{.http = http, .request = std::move(request), .sink = std::move(sink)};
    Result<HistoryPage> newest = co_await read_newest(history);
    if (!newest) co_return fail(std::move(newest.error()), noun);
    const Result<void> chosen = co_await choose_way(history, std::move(*newest));
    if (!chosen) co_return fail(chosen.error(), noun);
    const Result<void> read = co_await read_pages(history);
    if (!read) co_return fail(read.error(), noun);
    co_return Result<void>{};
}

}  // namespace narvaro
