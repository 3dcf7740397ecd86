#pragma once
#include <cstdint>
#include <string_view>

namespace narvaro {

/// What an element of a feed is to us.
enum class Element : std::uint8_t {
    other,
    feed,     ///< <rss>, <feed>, <rdf:RDF>
    channel,  ///< <channel>
    html,     ///< <html>: this is a page
    item,
    title,
    low_title,
    link,
    origin_link,
    id,
    description,  ///< HTML unless it says otherwise
    summary,      ///< plain text unless it says otherwise
    content,      ///< likewise; may lie outside (src)
    encoded,      ///< content:encoded
    body,         ///< an XHTML body
    low_text,
    published,
    issued,
    dc_date,
    dc_issued,
    created,
    updated,
    ttl,    ///< of the feed: minutes that it may be kept
    media,  ///< <media:group>, <media:content>: holds low_title and low_text
};

/// The element by its name without prefix, its prefix, and its namespace; a namespace that is not
/// known counts as its prefix does. All may be empty. Any case.
Element element_named(std::string_view local, std::string_view prefix, std::string_view uri);

}  // namespace narvaro
