#include "connectors/feed_posts.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <unordered_map>

#include "connectors/http_status.h"
#include "connectors/http_url.h"

namespace narvaro {
namespace {

using std::chrono::seconds;

constexpr seconds kMostMaxAge = std::chrono::hours{24 * 366};

/// A whole number of seconds, in quotes or not. @return empty for anything else.
std::optional<seconds> seconds_in(std::string_view text) {
    while (!text.empty() && (text.front() == '"' || text.front() == ' ')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '"' || text.back() == ' ')) text.remove_suffix(1);
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} ? std::min(seconds{value}, kMostMaxAge) : kMostMaxAge;
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

/// What is left of the answer's max-age; empty when it has none, or may not be kept at all.
std::optional<seconds> max_age(const HttpReply& reply) {
    const std::string text = lower(reply.header("cache-control"));
    std::optional<seconds> age;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        std::string_view part = std::string_view{text}.substr(at, comma - at);
        part.remove_prefix(std::min(part.find_first_not_of(" \t"), part.size()));
        if (part.starts_with("no-cache") || part.starts_with("no-store")) return std::nullopt;
        if (part.starts_with("max-age=")) age = seconds_in(part.substr(8));
        at = comma + 1;
    }
    if (!age) return std::nullopt;
    return *age - seconds_in(reply.header("age")).value_or(seconds{0});
}

Observations observations_of(Feed feed, const HttpReply& reply, PostKind kind) {
    Observations seen;
    seen.posts = posts_of(feed, kind);
    seen.warnings = std::move(feed.warnings);
    seen.validators = Validators{reply.header("etag"), reply.header("last-modified")};
    seen.feed_ttl = feed.ttl;
    seen.count_posts = true;
    return seen;
}

/// See Observations::permanent_address.
std::string permanent_address(const std::string& asked, const HttpReply& reply) {
    if (reply.moved_permanently) return reply.url;
    const Result<HttpUrl> url = parse_http_url(asked);
    return url && url->text == reply.url ? asked : std::string{};
}

}  // namespace

std::vector<Post> posts_of(const Feed& feed, PostKind kind) {
    std::unordered_map<std::string, std::size_t> keys;
    for (const FeedItem& item : feed.items) ++keys[link_key(item.url)];
    if (!feed.home.empty()) ++keys[link_key(feed.home)];
    std::vector<Post> posts;
    posts.reserve(feed.items.size());
    for (const FeedItem& item : feed.items) {
        Post post;
        post.remote_id = item.id;
        post.kind = kind;
        post.published = item.published;
        post.title = item.title;
        post.text = item.text;
        post.url = item.url;
        post.media_type = "text";
        post.links = item.links;
        std::string key = link_key(item.url);
        if (keys.at(key) == 1) post.second_key = std::move(key);
        posts.push_back(std::move(post));
    }
    return posts;
}

std::optional<seconds> ask_again_after(const HttpReply& reply, sys_seconds now) {
    const seconds wish =
        std::max(max_age(reply).value_or(seconds{0}), retry_after(reply, now).value_or(seconds{0}));
    if (wish <= seconds{0}) return std::nullopt;
    return wish;
}

Result<Feed> feed_of(const HttpReply& reply, sys_seconds now) {
    if (reply.status != 200) return tl::unexpected<Error>{error_of_status(reply, now)};
    const FeedContext context{reply.header("content-type"), reply.header("content-location"),
                              reply.url};
    Result<Feed> feed = parse_feed(reply.body, context);
    if (!feed) return fail(std::move(feed.error()), place_of(reply.url));
    return feed;
}

Task<Result<Observations>> poll_feed(Http& http, PollRequest request, PostKind kind) {
    const std::string noun = "source " + request.source.id;
    HttpRequest ask;
    ask.url = request.source.address;
    const bool conditional = !request.unconditional && !request.validators.empty();
    if (conditional) ask.validators = request.validators;

    Result<HttpReply> reply = co_await http.get(std::move(ask));
    if (!reply) co_return fail(std::move(reply.error()), noun);
    Observations seen;
    if (reply->status == 304 && conditional) {
        seen.not_modified = true;
    } else {
        Result<Feed> feed = feed_of(*reply, request.now);
        if (!feed) co_return fail(std::move(feed.error()), noun);
        seen = observations_of(std::move(*feed), *reply, kind);
        seen.validators_repeated = request.unconditional && !request.validators.empty() &&
                                   *seen.validators == request.validators;
        seen.permanent_address = permanent_address(request.source.address, *reply);
    }
    seen.ask_again_after = ask_again_after(*reply, request.now);
    co_return seen;
}

}  // namespace narvaro
