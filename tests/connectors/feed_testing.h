#pragma once
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "connectors/feed.h"

namespace narvaro::testing_feed {

inline constexpr char kHere[] = "https://tidning.example/rss/lokalt.xml";

inline FeedContext context_of(std::string url = kHere, std::string content_type = {},
                              std::string content_location = {}) {
    return FeedContext{std::move(content_type), std::move(content_location), std::move(url)};
}

/// The feed, or an empty one after a failed expectation.
inline Feed read_feed(std::string_view bytes, const FeedContext& context = context_of()) {
    Result<Feed> feed = parse_feed(bytes, context);
    EXPECT_TRUE(feed.has_value()) << (feed ? "" : feed.error().what);
    return feed ? *feed : Feed{};
}

/// The first item, or an empty one after a failed expectation.
inline FeedItem first_item(std::string_view bytes, const FeedContext& context = context_of()) {
    const Feed feed = read_feed(bytes, context);
    EXPECT_FALSE(feed.items.empty());
    return feed.items.empty() ? FeedItem{} : feed.items.front();
}

/// Why the bytes are no feed; empty after a failed expectation.
inline std::string refusal(std::string_view bytes) {
    const Result<Feed> feed = parse_feed(bytes, context_of());
    EXPECT_FALSE(feed.has_value());
    if (feed) return {};
    EXPECT_EQ(feed.error().fault, Fault::bad_reply);
    return feed.error().what;
}

inline std::string rss(std::string_view inside, std::string_view attributes = {}) {
    return "<rss version=\"2.0\"" + std::string{attributes} + "><channel><item>" +
           std::string{inside} + "</item></channel></rss>";
}

inline std::string atom(std::string_view inside, std::string_view attributes = {}) {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\"" + std::string{attributes} + "><entry>" +
           std::string{inside} + "</entry></feed>";
}

inline std::string date_of(const FeedItem& item) {
    return item.published ? format_utc(*item.published) : "none";
}

}  // namespace narvaro::testing_feed
