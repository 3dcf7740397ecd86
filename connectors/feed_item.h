#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/feed.h"

namespace narvaro {

/// How the text of an element is meant.
enum class TextKind {
    plain,        ///< literally
    html,         ///< as HTML
    guess,        ///< plain, unless it looks like HTML
    base64,       ///< encoded; guess what is inside
    base64_html,  ///< encoded HTML
};

/// A piece of text as the feed gave it.
struct RawText {
    std::string value;  ///< UTF-8
    TextKind kind = TextKind::plain;
    std::shared_ptr<const std::string> base{};  ///< for links within; may be null

    bool empty() const { return value.empty(); }
};

/// Dates of an item by what they say, best proof of first publication first. The first five are
/// publication dates, the last is the last change.
enum class DateRole { published, issued, dc_date, dc_issued, created, updated };
inline constexpr std::size_t kDateRoles = 6;

/// No more items than these are kept of one feed.
inline constexpr std::size_t kMostItems = 100000;
/// The warning that says so.
std::string items_beyond_limit();

/// An item while it is read: every value as it stands in the feed.
struct RawItem {
    std::string id;           ///< guid, id, rdf:about
    bool id_is_link = true;   ///< the feed does not deny that the id is an address
    bool id_is_path = false;  ///< the feed says that it is, so it may be a relative one
    RawText title;
    RawText low_title;           ///< dc:title, media:title: only where there is no title
    std::string link;            ///< the item's page, absolute
    std::string other_link;      ///< one that will do when there is no other
    std::string origin_link;     ///< feedburner:origLink: the address before it was counted
    std::vector<RawText> texts;  ///< filled by keep_text
    RawText low_text;  ///< media:description, itunes:summary: the longest, where there is no other
    std::array<std::string, kDateRoles> dates;
    std::string base;
};

/// Adds a text to the item. Of more than 16 the longest are kept: only one is shown.
void keep_text(RawItem& item, RawText text);

/// The text of an element, plain and with paragraphs. Adds the addresses of its links to `links`
/// when given.
std::string text_of(const RawText& raw, std::vector<std::string>* links);

/// The text of an element as one plain line. Adds the addresses of its links to `links` when given.
std::string line_of(const RawText& raw, std::vector<std::string>* links = nullptr);

/// The item as it is handed out. Its id is the feed's own, or empty: see settle_ids.
FeedItem finish_item(RawItem&& raw);

/// Gives every item an id that is stable within the feed. `home` is the feed's own page.
void settle_ids(std::vector<FeedItem>& items, std::string_view home);

}  // namespace narvaro
