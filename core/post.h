#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace narvaro {

/// What a publication is to us; decides where it may count (spec section 4).
enum class PostKind {
    post,           ///< published by our own Page or Instagram account
    article,        ///< published on our own website
    story,          ///< our own Instagram story
    collaboration,  ///< owned by another Instagram account, we are an accepted collaborator
    tag,            ///< another account's Instagram media in which ours is tagged
    watched,        ///< a caption of a watched Instagram account
    press,          ///< an item of a press feed
};

/// "post", "article", "story", "collaboration", "tag", "watched", "press".
const char* name_of(PostKind kind);
std::optional<PostKind> parse_post_kind(std::string_view text);

/// One publication of a source, as it stood on the last poll. It holds nothing about private
/// persons: no names, ids or links of who wrote a comment, reacted, or was tagged.
struct Post {
    std::string remote_id;  ///< the platform's own id; unique within a source
    PostKind kind = PostKind::post;
    std::optional<sys_seconds> published;  ///< UTC; empty when the source proves no date
    std::string title;                     ///< UTF-8 plain text; articles and press items only
    std::string text;                      ///< UTF-8 plain text; empty for a bare photo
    std::string url;                       ///< absolute; empty when the source gives none
    /// facebook: attachment type ("photo", "album", "share", "video"); instagram: "IMAGE", "VIDEO",
    /// "CAROUSEL_ALBUM"; "text" otherwise.
    std::string media_type;
    std::vector<std::string> links;  ///< absolute addresses that the post points at, unwrapped
    std::vector<std::string>
        mentions;  ///< accounts of organisations tagged, credited, or co-authoring
    std::optional<std::string> parent_id;   ///< facebook: id of the post that this one shares
    std::optional<std::int64_t> reactions;  ///< empty where the platform does not tell; 0: nobody
    std::optional<std::int64_t> comments;
    std::optional<std::int64_t> shares;
    /// A second key that recognises a post whose id changed; empty: none. Feeds: the normalised
    /// link.
    std::string second_key;
    /// This read could not see all mentions: those stored earlier stay, these are added.
    bool mentions_partial = false;
    bool operator==(const Post&) const = default;
};

/// The id of a post across sources: "fb/1000_1".
std::string post_id(std::string_view source_id, std::string_view remote_id);

}  // namespace narvaro
