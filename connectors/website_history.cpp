#include "connectors/website_history.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "connectors/feed_posts.h"
#include "connectors/http_status.h"

namespace narvaro {
namespace {

std::optional<int> whole_number(const std::string& text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

bool asks_to_wait(const Error& error) { return error.fault == Fault::rate_limited; }

/// Where the site's own root says that its API is; empty when it says nothing that can be used.
Task<Result<std::optional<std::string>>> ask_the_root(Http& http, HttpUrl feed, sys_seconds now) {
    const std::optional<std::string> none;
    HttpRequest ask;
    ask.url = site_root_of(feed);
    const Result<HttpReply> reply = co_await http.get(std::move(ask));
    if (!reply) co_return none;
    if (reply->status != 200) {
        Error error = error_of_status(*reply, now);
        if (asks_to_wait(error)) co_return tl::unexpected<Error>{std::move(error)};
        co_return none;
    }
    const Result<HttpUrl> root = parse_http_url(reply->url);
    if (!root) co_return none;
    co_return rest_named_by(*root, reply->header("link"), reply->body);
}

}  // namespace

Task<Result<HistoryPage>> read_paged(Http& http, HttpUrl feed, int page, sys_seconds now) {
    HttpRequest ask;
    ask.url = paged_address(feed, page);
    const Result<HttpReply> reply = co_await http.get(std::move(ask));
    if (!reply) co_return tl::unexpected<Error>{reply.error()};
    HistoryPage read;
    if (reply->status == 404 || reply->status == 410) {
        read.beyond_the_end = true;
        co_return read;
    }
    Result<Feed> parsed = feed_of(*reply, now);
    if (!parsed) co_return tl::unexpected<Error>{std::move(parsed.error())};
    read.posts = posts_of(*parsed, PostKind::article);
    read.warnings = std::move(parsed->warnings);
    co_return read;
}

Task<Result<HistoryPage>> read_rest(Http& http, std::string list, int page, sys_seconds now) {
    HttpRequest ask;
    ask.url = rest_page(list, page);
    const Result<HttpReply> reply = co_await http.get(std::move(ask));
    if (!reply) co_return tl::unexpected<Error>{reply.error()};
    HistoryPage read;
    if (reply->status == 400 && page > 1) {
        read.beyond_the_end = true;
        co_return read;
    }
    if (reply->status != 200) co_return tl::unexpected<Error>{error_of_status(*reply, now)};
    Result<std::vector<Post>> posts = parse_rest_posts(reply->body, read.warnings);
    if (!posts) co_return fail(std::move(posts.error()), place_of(reply->url));
    read.posts = std::move(*posts);
    read.pages_in_all = whole_number(reply->header("x-wp-totalpages"));
    co_return read;
}

Task<Result<std::optional<RestList>>> find_rest(Http& http, HttpUrl feed, sys_seconds now) {
    std::vector<std::string> candidates = rest_candidates(site_root_of(feed));
    const std::size_t usual = candidates.size();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        Result<HistoryPage> newest = co_await read_rest(http, candidates[i], 1, now);
        if (newest) co_return RestList{candidates[i], std::move(*newest)};
        if (asks_to_wait(newest.error())) {
            co_return tl::unexpected<Error>{std::move(newest.error())};
        }
        if (i + 1 != usual) continue;
        Result<std::optional<std::string>> named = co_await ask_the_root(http, feed, now);
        if (!named) co_return tl::unexpected<Error>{std::move(named.error())};
        const bool untried =
            *named && std::find(candidates.begin(), candidates.end(), **named) == candidates.end();
        if (untried) candidates.push_back(**named);
    }
    co_return std::optional<RestList>{};
}

bool tells_the_same(const std::vector<Post>& feed, const std::vector<Post>& rest) {
    if (rest.size() < feed.size()) return false;
    std::map<std::string, const Post*> newest;
    for (std::size_t i = 0; i < feed.size(); ++i) newest[rest[i].remote_id] = &rest[i];
    return std::all_of(feed.begin(), feed.end(), [&](const Post& post) {
        const auto found = newest.find(post.remote_id);
        return found != newest.end() && *found->second == post;
    });
}

}  // namespace narvaro
