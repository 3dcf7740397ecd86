#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connectors/graph_json.h"
#include "connectors/meta_accounts.h"
#include "core/observations.h"
#include "core/post.h"

namespace narvaro {

/// What is asked of a Page post. The lean fields leave out what needs pages_read_user_content and
/// costs most.
extern const char kPagePostFields[];
extern const char kPagePostLeanFields[];

/// Whose posts are read.
struct PageIdentity {
    std::string id;
    std::string username;  ///< empty: not told
};

/// The Page's own numbers; absent is not zero.
struct PageFacts {
    PageIdentity identity;
    std::optional<std::int64_t> followers;
    std::optional<std::int64_t> fans;
};
PageFacts parse_page(const Json& answer, const std::string& page_id);

/// One published post. Keeps the text, never the sentence that Facebook makes of it (`story`); of
/// tags only Pages; of addresses on Facebook and Instagram only those of nobody, of organisations,
/// of tagged Pages and of the Page itself; the parent's id likewise, since it begins with its
/// owner's.
/// @return empty for what has no id and for what is not published
std::optional<Post> parse_page_post(const Json& item, const PageIdentity& page,
                                    const Organisations& organisations);

/// A list of posts; what has no id is counted into `unreadable`.
std::vector<Post> parse_page_posts(const Json& items, const PageIdentity& page,
                                   const Organisations& organisations, int& unreadable);

}  // namespace narvaro
