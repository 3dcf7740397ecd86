#include <charconv>
#include <cstdio>

#include "local_time.h"
#include "markup.h"
#include "script.h"
#include "sites.h"
#include "visible.h"

namespace narvaro::sandbox {
namespace {

constexpr std::size_t kPerFeedPage = 10;
constexpr std::size_t kMostPerPage = 100;

using Articles = std::vector<const Publication*>;

Articles all_articles(const State& state) {
    return visible(state, [](const Publication& p) { return p.channel == Channel::website; });
}

std::string home(const State& state) { return state.base() + "/site/"; }
std::string guid_of(const State& state, const Publication& p) { return home(state) + "?p=" + p.id; }

std::string path_of(const Publication& p) {
    char date[16];
    const Local l = stockholm(p.at);
    std::snprintf(date, sizeof date, "%04d/%02d/", l.year, l.month);
    return date + slug_of(p.title) + "-" + p.id + "/";
}

std::string excerpt_of(const std::string& text) { return text.substr(0, text.find("\n\n")); }

std::string iso(const Local& l) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", l.year, l.month, l.day,
                  l.hour, l.minute, l.second);
    return text;
}

std::string item_of(const State& state, const Publication& p) {
    const std::string text = text_of(state, p);
    return "<item>\n<title>" + escaped(p.title) + "</title>\n<link>" + home(state) + path_of(p) +
           "</link>\n<dc:creator><![CDATA[redaktionen]]></dc:creator>\n<pubDate>" +
           mail_date(p.at) + "</pubDate>\n<category><![CDATA[Nyheter]]></category>\n" +
           "<guid isPermaLink=\"false\">" + guid_of(state, p) +
           "</guid>\n<description><![CDATA[<p>" + escaped(excerpt_of(text)) +
           "</p>]]></description>\n<content:encoded><![CDATA[" + paragraphs(text) +
           "]]></content:encoded>\n</item>\n";
}

/// The number in the query; empty when it is there and no positive number.
std::optional<std::size_t> positive(const Request& request, const char* name,
                                    std::size_t otherwise) {
    const std::string text = request.parameter(name);
    if (text.empty()) return otherwise;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
    return value;
}

Response feed(const State& state, const Request& request) {
    const Articles articles = all_articles(state);
    const auto page = positive(request, "paged", 1);
    const std::size_t first = (page.value_or(1) - 1) * kPerFeedPage;
    if (!page || (first > 0 && first >= articles.size())) return not_found();
    std::string body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"\n"
        "\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
        "\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        "\txmlns:atom=\"http://www.w3.org/2005/Atom\"\n"
        "\txmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\">\n<channel>\n<title>" +
        std::string{kPageName} + "</title>\n<atom:link href=\"" + home(state) +
        "feed/\" rel=\"self\" type=\"application/rss+xml\" />\n<link>" + home(state) +
        "</link>\n<description>Lokalt</description>\n<language>sv-SE</language>\n"
        "<generator>https://wordpress.org/?v=5.6</generator>\n";
    for (std::size_t i = first; i < std::min(articles.size(), first + kPerFeedPage); ++i) {
        body += item_of(state, *articles[i]);
    }
    body += "</channel>\n</rss>\n";
    const sys_seconds newest = articles.empty() ? utc(2019, 1, 1) : articles.front()->at;
    return conditional(request, text_response(200, "application/rss+xml; charset=UTF-8", body),
                       mail_date(newest, "GMT"));
}

Json rest_post(const State& state, const Publication& p) {
    const std::string text = text_of(state, p);
    const std::string link = home(state) + path_of(p);
    return {{"id", std::stol(p.id)},
            {"date", iso(stockholm(p.at))},
            {"date_gmt", iso(utc_fields(p.at))},
            {"guid", {{"rendered", escaped(guid_of(state, p))}}},
            {"modified", iso(stockholm(p.at))},
            {"modified_gmt", iso(utc_fields(p.at))},
            {"slug", slug_of(p.title) + "-" + p.id},
            {"status", "publish"},
            {"type", "post"},
            {"link", link},
            {"title", {{"rendered", escaped(p.title)}}},
            {"content", {{"rendered", paragraphs(text)}, {"protected", false}}},
            {"excerpt",
             {{"rendered", "<p>" + escaped(excerpt_of(text)) + "</p>\n"}, {"protected", false}}},
            {"author", 1}};
}

Response rest_error(const char* code, const char* message) {
    const Json body = {{"code", code}, {"message", message}, {"data", {{"status", 400}}}};
    return text_response(400, "application/json; charset=UTF-8", body.dump());
}

/// `_fields=id,title,…`: only these.
void keep_fields(const Request& request, Json& post) {
    const std::string asked = request.parameter("_fields");
    if (asked.empty()) return;
    const std::string fenced = "," + asked + ",";
    Json out = Json::object();
    for (const auto& [name, value] : post.items()) {
        if (fenced.find("," + name + ",") != std::string::npos) out[name] = value;
    }
    post = std::move(out);
}

Response rest_posts(const State& state, const Request& request) {
    const auto per_page = positive(request, "per_page", 10);
    const auto page = positive(request, "page", 1);
    if (!per_page || *per_page > kMostPerPage) {
        return rest_error("rest_invalid_param", "Invalid parameter(s): per_page");
    }
    if (!page) return rest_error("rest_invalid_param", "Invalid parameter(s): page");
    const Articles articles = all_articles(state);
    const std::size_t pages = (articles.size() + *per_page - 1) / *per_page;
    if (*page > 1 && *page > pages) {
        return rest_error(
            "rest_post_invalid_page_number",
            "The page number requested is larger than the number of pages available.");
    }
    Json out = Json::array();
    const std::size_t first = (*page - 1) * *per_page;
    for (std::size_t i = first; i < std::min(articles.size(), first + *per_page); ++i) {
        Json post = rest_post(state, *articles[i]);
        keep_fields(request, post);
        out.push_back(std::move(post));
    }
    Response response = text_response(200, "application/json; charset=UTF-8", out.dump());
    response.headers.emplace_back("X-WP-Total", std::to_string(articles.size()));
    response.headers.emplace_back("X-WP-TotalPages", std::to_string(pages));
    return response;
}

Response html(const State& state, const std::string& title, const std::string& body) {
    Response response = text_response(
        200, "text/html; charset=UTF-8",
        "<!DOCTYPE html>\n<html lang=\"sv-SE\"><head><meta charset=\"UTF-8\"><title>" +
            escaped(title) +
            "</title>\n<link rel=\"alternate\" type=\"application/rss+xml\" href=\"" + home(state) +
            "feed/\">\n<link rel=\"https://api.w.org/\" href=\"" + home(state) +
            "wp-json/\">\n</head><body>\n" + body + "</body></html>\n");
    response.headers.emplace_back("Link",
                                  "<" + home(state) + "wp-json/>; rel=\"https://api.w.org/\"");
    return response;
}

}  // namespace

Response wordpress(State& state, const Request& request) {
    std::string path = request.path.substr(std::string_view{"/site/"}.size());
    if (!path.empty() && !path.ends_with('/')) path += '/';
    if (path == "feed/" || (path.empty() && request.has_parameter("feed"))) {
        return feed(state, request);
    }
    const bool by_query = request.parameter("rest_route") == "/wp/v2/posts";
    if (path == "wp-json/wp/v2/posts/" || (path.empty() && by_query)) {
        return rest_posts(state, request);
    }
    if (path == "wp-json/") {
        const Json index = {{"name", kPageName},
                            {"url", home(state)},
                            {"namespaces", Json::array({"oembed/1.0", "wp/v2"})}};
        return text_response(200, "application/json; charset=UTF-8", index.dump());
    }
    const std::string wanted = request.parameter("p");
    if (path.empty() && wanted.empty()) {
        std::string list;
        for (const Publication* p : all_articles(state)) {
            list += "<h2><a href=\"" + home(state) + path_of(*p) + "\">" + escaped(p->title) +
                    "</a></h2>\n";
        }
        return html(state, kPageName, list);
    }
    for (const Publication* p : all_articles(state)) {
        if (path != path_of(*p) && wanted != p->id) continue;
        return html(state, p->title, paragraphs(text_of(state, *p)));
    }
    return not_found();
}

}  // namespace narvaro::sandbox
