#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connectors/graph_json.h"
#include "connectors/meta_accounts.h"
#include "core/post.h"

namespace narvaro {

/// What is asked of media in the edges of our own account, and of media found by discovery.
extern const char kMediaFields[];
extern const char kMediaLeanFields[];
extern const char kOthersMediaFields[];
extern const char kStoryFields[];
extern const char kDiscoveredMediaFields[];

/// The account's own numbers; absent is not zero.
struct AccountFacts {
    std::string username;
    std::optional<std::int64_t> followers;
    std::optional<std::int64_t> following;
    std::optional<std::int64_t> posts;
};
AccountFacts parse_account(const Json& answer);

/// Reads lists of media. Of other people's accounts only organisations are named in a post: in
/// captions, as owners and as collaborators.
class MediaReader {
  public:
    /// @param own  our account's name; empty: not known
    MediaReader(const Organisations& organisations, std::string own)
        : organisations_(organisations), own_(std::move(own)) {}

    /// Our own media. One that another account owns is a collaboration.
    std::vector<Post> own_media(const Json& items);
    std::vector<Post> stories(const Json& items);
    std::vector<Post> collaborations(const Json& items);
    /// Media in which we are tagged, of organisations only: nothing is kept of anybody else's.
    std::vector<Post> tags(const Json& items);
    std::vector<Post> watched(const Json& items, const std::string& handle);

    /// How many items had no id and were left out.
    int unreadable() const { return unreadable_; }

  private:
    std::optional<Post> media(const Json& item, PostKind kind);
    void add_mention(const std::string& account, Post& post) const;

    const Organisations& organisations_;
    std::string own_;
    int unreadable_ = 0;
};

/// The organisations among those who have accepted to share a media with us.
std::vector<std::string> accepted_organisations(const Json& answer,
                                                const Organisations& organisations);

}  // namespace narvaro
