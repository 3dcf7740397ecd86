// narvaro feed: what the feed parser sees in a file or at an address.
#include "connectors/feed.h"

#include <iostream>

#include <nlohmann/json.hpp>

#include "connectors/http_client.h"
#include "connectors/http_status.h"
#include "connectors/http_url.h"
#include "daemon/commands/commands.h"
#include "daemon/file.h"
#include "daemon/run_loop.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

bool is_address(const std::string& input) {
    return input.starts_with("http://") || input.starts_with("https://");
}

/// The bytes at an address, with what surrounds them. The person who typed the address may mean a
/// private host.
Result<std::pair<std::string, FeedContext>> fetched(const std::string& url) {
    asio::io_context loop;
    HttpOptions options;
    if (const auto parsed = parse_http_url(url)) options.private_hosts.insert(parsed->host);
    HttpClient http{loop, options};
    HttpRequest request;
    request.url = url;
    auto reply = run_on(loop, http.get(std::move(request)));
    if (!reply) return tl::unexpected{reply.error()};
    if (reply->status != 200) {
        const auto now = date::floor<seconds>(std::chrono::system_clock::now());
        return tl::unexpected{error_of_status(*reply, now)};
    }
    FeedContext context{reply->header("content-type"), reply->header("content-location"),
                        reply->url};
    return std::pair{std::move(reply->body), std::move(context)};
}

Result<std::pair<std::string, FeedContext>> read_input(const FeedCommand& command) {
    if (is_address(command.input)) return fetched(command.input);
    auto bytes = read_file(command.input);
    if (!bytes) return tl::unexpected{bytes.error()};
    return std::pair{std::move(*bytes), FeedContext{}};
}

Json item_json(const FeedItem& item) {
    return {{"id", item.id},
            {"url", item.url},
            {"title", item.title},
            {"text", item.text},
            {"published", item.published ? Json(format_utc(*item.published)) : Json(nullptr)}};
}

}  // namespace

int run(const FeedCommand& command) {
    auto input = read_input(command);
    if (!input) return complain(input.error());
    if (!command.base_url.empty()) input->second.url = command.base_url;
    const auto feed = parse_feed(input->first, input->second);
    if (!feed) return complain(fail(feed.error(), command.input).value());
    Json items = Json::array();
    for (const FeedItem& item : feed->items) items.push_back(item_json(item));
    for (const std::string& warning : feed->warnings) std::cerr << "narvaro: " << warning << "\n";
    const Json json{{"title", feed->title}, {"items", std::move(items)}};
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return kExitWell;
}

}  // namespace narvaro
