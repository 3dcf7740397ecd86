#include "connectors/instagram_parse.h"

#include <algorithm>

namespace narvaro {

const char kMediaFields[] =
    "id,caption,media_type,media_product_type,timestamp,permalink,username,like_count,"
    "comments_count,shares_count";
const char kMediaLeanFields[] = "id,caption,media_type,timestamp,permalink,username";
const char kOthersMediaFields[] =
    "id,username,caption,permalink,timestamp,media_type,media_product_type,like_count,"
    "comments_count";
const char kStoryFields[] = "id,caption,media_type,media_product_type,timestamp,permalink,username";
const char kDiscoveredMediaFields[] =
    "id,caption,media_type,media_product_type,timestamp,permalink,like_count,comments_count";

namespace {

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

void add_once(std::vector<std::string>& all, const std::string& one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace

AccountFacts parse_account(const Json& answer) {
    return {text_at(answer, "username"), count_at(answer, "followers_count"),
            count_at(answer, "follows_count"), count_at(answer, "media_count")};
}

void MediaReader::add_mention(const std::string& account, Post& post) const {
    const bool own = !own_.empty() && lower(account) == lower(own_);
    if (!own && organisations_.contains(account)) add_once(post.mentions, account);
}

std::optional<Post> MediaReader::media(const Json& item, PostKind kind) {
    Post post;
    post.remote_id = id_at(item, "id");
    if (post.remote_id.empty()) {
        ++unreadable_;
        return {};
    }
    post.kind = kind;
    post.published = time_at(item, "timestamp");
    post.text = text_at(item, "caption");
    post.url = text_at(item, "permalink");
    post.media_type = text_at(item, "media_type");
    post.reactions = count_at(item, "like_count");
    post.comments = count_at(item, "comments_count");
    post.shares = count_at(item, "shares_count");
    post.links = links_in(post.text);
    std::erase_if(post.links, [&](const std::string& url) {
        const auto meta = meta_link(url);
        return meta && !meta->account.empty() && !organisations_.contains(meta->account) &&
               lower(meta->account) != lower(own_);
    });
    for (const std::string& handle : handles_in(post.text)) add_mention(handle, post);
    return post;
}

std::vector<Post> MediaReader::own_media(const Json& items) {
    std::vector<Post> posts;
    for (const Json& item : items) {
        auto post = media(item, PostKind::post);
        if (!post) continue;
        const std::string owner = text_at(item, "username");
        if (!own_.empty() && !owner.empty() && lower(owner) != lower(own_)) {
            post->kind = PostKind::collaboration;
            add_mention(owner, *post);
        }
        if (text_at(item, "media_product_type") == "STORY") post->kind = PostKind::story;
        post->mentions_partial = post->kind == PostKind::post;  // until collaborators are asked for
        posts.push_back(std::move(*post));
    }
    return posts;
}

std::vector<Post> MediaReader::stories(const Json& items) {
    std::vector<Post> posts;
    for (const Json& item : items) {
        if (auto post = media(item, PostKind::story)) posts.push_back(std::move(*post));
    }
    return posts;
}

std::vector<Post> MediaReader::collaborations(const Json& items) {
    std::vector<Post> posts;
    for (const Json& item : items) {
        auto post = media(item, PostKind::collaboration);
        if (!post) continue;
        add_mention(text_at(item, "username"), *post);
        posts.push_back(std::move(*post));
    }
    return posts;
}

std::vector<Post> MediaReader::tags(const Json& items) {
    std::vector<Post> posts;
    for (const Json& item : items) {
        const std::string owner = text_at(item, "username");
        if (!organisations_.contains(owner)) continue;
        auto post = media(item, PostKind::tag);
        if (!post) continue;
        add_mention(owner, *post);
        posts.push_back(std::move(*post));
    }
    return posts;
}

std::vector<Post> MediaReader::watched(const Json& items, const std::string& handle) {
    std::vector<Post> posts;
    for (const Json& item : items) {
        auto post = media(item, PostKind::watched);
        if (!post) continue;
        post->mentions = {handle};
        posts.push_back(std::move(*post));
    }
    return posts;
}

std::vector<std::string> accepted_organisations(const Json& answer,
                                                const Organisations& organisations) {
    std::vector<std::string> accepted;
    for (const Json& one : list_at(answer, "data")) {
        const std::string username = text_at(one, "username");
        const std::string status = lower(text_at(one, "invite_status"));
        const bool joined = status.empty() || status == "accepted";
        if (joined && organisations.contains(username)) add_once(accepted, username);
    }
    return accepted;
}

}  // namespace narvaro
