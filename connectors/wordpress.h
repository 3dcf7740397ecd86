#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/http_url.h"
#include "core/post.h"
#include "core/result.h"

namespace narvaro {

/// Which way a back-fill reads, and the page that it reads next (1 is the newest).
struct HistoryCursor {
    enum class Way { rest, paged };
    Way way = Way::paged;
    int page = 2;
    bool operator==(const HistoryCursor&) const = default;
};

/// No site's history is read further than this many pages in one back-fill.
inline constexpr int kMaxHistoryPages = 1000;

/// "rest:7", "paged:12".
std::string to_string(const HistoryCursor& cursor);
/// @return empty for anything but a way and a page from 1 to kMaxHistoryPages.
std::optional<HistoryCursor> parse_history_cursor(std::string_view text);

/// Where a WordPress site begins, told from its feed's address: what stands before "/feed", or the
/// directory when the feed is a query ("?feed=rss2"), else the host's own root. Ends with a slash.
std::string site_root_of(const HttpUrl& feed);
/// The address of the feed's page N: `paged=N` added to its query.
std::string paged_address(const HttpUrl& feed, int page);
/// Where the REST API may list posts, in the order of trying; one page of 100 is added by
/// rest_page.
std::vector<std::string> rest_candidates(const std::string& site_root);
/// The same when the site root itself named its API: the answer's Link header and its HTML.
/// @return empty when it named none, or one on another host.
std::optional<std::string> rest_named_by(const HttpUrl& site_root, const std::string& link_header,
                                         std::string_view html);
/// The address of page N of a list: "…/wp-json/wp/v2/posts?per_page=100&page=N&_fields=…".
std::string rest_page(const std::string& list, int page);

/// The posts of one page of the REST API, newest first, as the site's feed would give them:
/// remote_id is the guid. What cannot be read is left out with a line in `warnings`. Bytes that are
/// no list of posts, or nest deeper than 64, are Fault::bad_reply.
Result<std::vector<Post>> parse_rest_posts(std::string_view json,
                                           std::vector<std::string>& warnings);

}  // namespace narvaro
