#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace narvaro {

/// One item of a feed as the feed says it; what is missing is empty.
struct FeedItem {
    std::string id;     ///< stable within the feed: see parse_feed
    std::string url;    ///< absolute
    std::string title;  ///< UTF-8 plain text, one line
    std::string text;   ///< UTF-8 plain text with paragraphs; the longest of content and summary
    std::optional<sys_seconds> published;
    std::optional<sys_seconds> updated;
    std::vector<std::string> links;  ///< absolute addresses in the markup, in order, each once
    bool operator==(const FeedItem&) const = default;
};

struct Feed {
    std::string title;
    std::string home;             ///< the feed's own page, absolute; empty where it names none
    std::vector<FeedItem> items;  ///< in the feed's order
    std::optional<std::chrono::minutes> ttl;  ///< RSS: how long it may be kept; at most a year
    std::vector<std::string> warnings;        ///< what was ill-formed or left out, a line each
};

/// What surrounds the bytes of a feed.
struct FeedContext {
    std::string content_type;      ///< the HTTP header, with its charset; empty: unknown
    std::string content_location;  ///< the HTTP header; empty: none
    std::string url;               ///< where the bytes came from: the last base for links
};

/// Reads RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0 and JSON Feed, well-formed or not. Pure: no network, no
/// entity expansion, bounded depth. Bytes that hold no feed (an HTML page, a JSON error, nothing)
/// are Fault::bad_reply.
///
/// An item's id is its guid/id; a guid that stands twice in the feed gets the link added; without
/// one it is the link while that is unique in the feed and not the feed's own page; else a hash of
/// title and text. The date is never part of it. Source: feeds.md of the project's references.
Result<Feed> parse_feed(std::string_view bytes, const FeedContext& context);

/// The key by which two addresses of one article are the same: no scheme, no "www." or "m.", no
/// tracking parameters, no fragment, no slash at the end, host in lower case. Empty for what is no
/// http address.
std::string link_key(std::string_view url);

/// Plain text of an HTML fragment: paragraphs and line breaks kept, script and style dropped,
/// entities resolved. Addresses of its links are appended to `links` when given (absolute against
/// `base`).
std::string html_to_text(std::string_view html, std::string_view base = {},
                         std::vector<std::string>* links = nullptr);

}  // namespace narvaro
