#include "connectors/wordpress.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "connectors/feed.h"

namespace narvaro {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;
constexpr std::string_view kApiRelation = "https://api.w.org/";

/// Whether brackets nest no deeper than kMaxDepth; looked at before a tree is built of them.
bool is_shallow(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxDepth) return false;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return true;
}

std::string text_at(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    return found->get<std::string>();
}

/// The markup that WordPress keeps as {"rendered": "…"}.
std::string rendered_at(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_object()) return {};
    return text_at(*found, "rendered");
}

std::string one_line(const std::string& text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

/// The longer of content and excerpt, as in a feed; each of its links once.
void set_text(Post& post, const json& item) {
    std::vector<std::string> links;
    std::vector<std::string> excerpt_links;
    post.text = html_to_text(rendered_at(item, "content"), post.url, &links);
    std::string excerpt = html_to_text(rendered_at(item, "excerpt"), post.url, &excerpt_links);
    if (excerpt.size() > post.text.size()) {
        post.text = std::move(excerpt);
        links = std::move(excerpt_links);
    }
    for (std::string& link : links) {
        if (std::find(post.links.begin(), post.links.end(), link) == post.links.end()) {
            post.links.push_back(std::move(link));
        }
    }
}

std::optional<Post> post_of(const json& item) {
    if (!item.is_object()) return std::nullopt;
    Post post;
    post.kind = PostKind::article;
    post.remote_id = html_to_text(rendered_at(item, "guid"));
    post.url = text_at(item, "link");
    if (post.remote_id.empty()) return std::nullopt;
    post.published = parse_instant(text_at(item, "date_gmt") + "Z");
    post.title = one_line(html_to_text(rendered_at(item, "title")));
    set_text(post, item);
    post.media_type = "text";
    post.second_key = link_key(post.url);
    return post;
}

std::string origin_of(const HttpUrl& url) {
    return url.text.substr(0, url.text.find('/', url.scheme.size() + 3));
}

/// The value of `href` in the <link> element around `at`; empty when there is none.
std::string href_around(std::string_view html, std::size_t at) {
    const std::size_t begin = html.rfind("<link", at);
    const std::size_t end = html.find('>', at);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    const std::string_view element = html.substr(begin, end - begin);
    const std::size_t href = element.find("href=");
    if (href == std::string_view::npos || href + 6 >= element.size()) return {};
    const char quote = element[href + 5];
    if (quote != '"' && quote != '\'') return {};
    const std::size_t close = element.find(quote, href + 6);
    if (close == std::string_view::npos) return {};
    return html_to_text(element.substr(href + 6, close - href - 6));
}

/// The address in `<…>` before the relation in a Link header; empty when it is not named.
std::string target_in(const std::string& link_header) {
    const std::size_t relation = link_header.find(kApiRelation);
    if (relation == std::string::npos) return {};
    const std::size_t close = link_header.rfind('>', relation);
    if (close == std::string::npos) return {};
    const std::size_t open = link_header.rfind('<', close);
    if (open == std::string::npos) return {};
    return link_header.substr(open + 1, close - open - 1);
}

}  // namespace

std::string to_string(const HistoryCursor& cursor) {
    const bool rest = cursor.way == HistoryCursor::Way::rest;
    return (rest ? "rest:" : "paged:") + std::to_string(cursor.page);
}

std::optional<HistoryCursor> parse_history_cursor(std::string_view text) {
    HistoryCursor cursor;
    if (text.starts_with("rest:")) {
        cursor.way = HistoryCursor::Way::rest;
        text.remove_prefix(5);
    } else if (text.starts_with("paged:")) {
        text.remove_prefix(6);
    } else {
        return std::nullopt;
    }
    const std::string number{text};
    const char* last = number.data() + number.size();
    const auto [end, error] = std::from_chars(number.data(), last, cursor.page);
    const bool whole = error == std::errc{} && end == last;
    if (!whole || cursor.page < 1 || cursor.page > kMaxHistoryPages) return std::nullopt;
    return cursor;
}

std::string site_root_of(const HttpUrl& feed) {
    std::string path = feed.path;
    const bool as_query =
        feed.query.starts_with("feed=") || feed.query.find("&feed=") != std::string::npos;
    for (std::size_t at = path.rfind("/feed"); at != std::string::npos && !as_query;
         at = at == 0 ? std::string::npos : path.rfind("/feed", at - 1)) {
        const std::size_t after = at + 5;
        if (after == path.size() || path[after] == '/')
            return origin_of(feed) + path.substr(0, at + 1);
    }
    if (!as_query) return origin_of(feed) + "/";
    return origin_of(feed) + path.substr(0, path.rfind('/') + 1);
}

std::string paged_address(const HttpUrl& feed, int page) {
    return feed.text + (feed.query.empty() ? "?" : "&") + "paged=" + std::to_string(page);
}

std::vector<std::string> rest_candidates(const std::string& site_root) {
    return {site_root + "wp-json/wp/v2/posts", site_root + "?rest_route=/wp/v2/posts"};
}

std::optional<std::string> rest_named_by(const HttpUrl& site_root, const std::string& link_header,
                                         std::string_view html) {
    std::string named = target_in(link_header);
    const std::size_t relation = html.find(kApiRelation);
    if (named.empty() && relation != std::string_view::npos) named = href_around(html, relation);
    if (named.empty()) return std::nullopt;
    const Result<HttpUrl> api = resolve_http_url(site_root, named);
    if (!api || api->host != site_root.host) return std::nullopt;
    return api->text + (api->text.ends_with('/') ? "" : "/") + "wp/v2/posts";
}

std::string rest_page(const std::string& list, int page) {
    return list + (list.find('?') == std::string::npos ? "?" : "&") +
           "per_page=100&page=" + std::to_string(page) +
           "&_fields=id,date_gmt,modified_gmt,link,guid,title,content,excerpt";
}

Result<std::vector<Post>> parse_rest_posts(std::string_view text,
                                           std::vector<std::string>& warnings) {
    if (!is_shallow(text)) return fail(Fault::bad_reply, "JSON nests deeper than 64");
    const json document = json::parse(text, nullptr, false);
    if (!document.is_array()) return fail(Fault::bad_reply, "this is no list of posts");
    std::vector<Post> posts;
    for (const json& item : document) {
        std::optional<Post> post = post_of(item);
        if (post) {
            posts.push_back(std::move(*post));
        } else {
            warnings.emplace_back("a post of the REST API without a guid was left out");
        }
    }
    return posts;
}

}  // namespace narvaro
