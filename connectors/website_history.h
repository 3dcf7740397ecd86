#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/http_url.h"
#include "connectors/wordpress.h"

namespace narvaro {

/// One page of a site's history as it was read.
struct HistoryPage {
    std::vector<Post> posts;  ///< newest first
    std::vector<std::string> warnings;
    std::optional<int> pages_in_all;  ///< when the site told
    bool beyond_the_end = false;      ///< the site says that there is no such page
};

/// The site's REST API, when there is one that lists posts, with the newest of them.
struct RestList {
    std::string address;
    HistoryPage newest;
};

/// Reads page N of the feed: 404 and 410 are the end.
Task<Result<HistoryPage>> read_paged(Http& http, HttpUrl feed, int page, sys_seconds now);
/// Reads page N of a REST list: 400, which is WordPress' word for it, is the end.
Task<Result<HistoryPage>> read_rest(Http& http, std::string list, int page, sys_seconds now);
/// Looks for the site's REST API: at its usual places, then where the site's root says it is. Empty
/// when none answers with a list of posts. An Error only when the site asks us to wait.
Task<Result<std::optional<RestList>>> find_rest(Http& http, HttpUrl feed, sys_seconds now);
/// Whether the REST API tells of the newest posts exactly what the feed tells, so that no post
/// would stand twice or change its text with the way by which it was read.
bool tells_the_same(const std::vector<Post>& feed, const std::vector<Post>& rest);

}  // namespace narvaro
