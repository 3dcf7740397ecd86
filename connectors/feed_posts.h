#pragma once
#include <vector>

#include "connectors/connector.h"
#include "connectors/feed.h"

namespace narvaro {

/// A feed's items as posts of one kind (article, press), in the feed's order. The second key of a
/// post is the key of its link, where no other item has that link and it is not the feed's page.
std::vector<Post> posts_of(const Feed& feed, PostKind kind);

/// How long the server asks us to wait: the longer of Cache-Control's max-age less Age (none with
/// no-cache or no-store) and Retry-After. @return empty when it said neither, or nothing above
/// zero.
std::optional<std::chrono::seconds> ask_again_after(const HttpReply& reply, sys_seconds now);

/// A 200's body read as a feed. A status that is no 200 is error_of_status; bytes that hold no feed
/// are parse_feed's bad_reply with host and path in front.
Result<Feed> feed_of(const HttpReply& reply, sys_seconds now);

/// One poll of a feed at request.source.address: asks conditionally when there are validators; a
/// 304 is `not_modified` and nothing else but the server's wish when to ask again; a 200 that is a
/// feed replaces the validators as one set.
Task<Result<Observations>> poll_feed(Http& http, PollRequest request, PostKind kind);

}  // namespace narvaro
