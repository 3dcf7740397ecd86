#include "connectors/facebook_parse.h"

#include <algorithm>

namespace narvaro {

const char kPagePostFields[] =
    "id,message,story,created_time,updated_time,permalink_url,status_type,parent_id,is_published,"
    "shares,message_tags,story_tags,attachments{media_type,type,title,description,url,"
    "unshimmed_url,target{id,url},subattachments},reactions.summary(total_count).limit(0),"
    "comments.summary(total_count).limit(0)";
const char kPagePostLeanFields[] =
    "id,message,story,created_time,updated_time,permalink_url,status_type,parent_id,is_published,"
    "shares,message_tags,story_tags,attachments{media_type,type,title,description,url,"
    "unshimmed_url,target{id,url},subattachments}";

namespace {

/// What of one post is being gathered, and by which rules.
struct Gathering {
    const PageIdentity& page;
    const Organisations& organisations;
    std::vector<std::string> tagged_pages;  ///< ids of Pages that the post tags
    Post post;

    bool is_own(const std::string& account) const {
        return account == page.id || (!page.username.empty() && account == page.username);
    }
    bool is_tagged(const std::string& account) const {
        return std::find(tagged_pages.begin(), tagged_pages.end(), account) != tagged_pages.end();
    }
    bool may_be_kept(const std::string& account) const {
        return account.empty() || is_own(account) || is_tagged(account) ||
               organisations.contains(account);
    }
};

void add_once(std::vector<std::string>& all, const std::string& one) {
    if (one.empty() || std::find(all.begin(), all.end(), one) != all.end()) return;
    all.push_back(one);
}

/// Page tags of one list. Very old answers have an object of lists, keyed by the place in the text.
void add_tags(const Json& tags, Gathering& g) {
    if (tags.is_object()) {
        for (const Json& at_one_place : tags) {
            if (at_one_place.is_array()) add_tags(at_one_place, g);
        }
        return;
    }
    if (!tags.is_array()) return;
    for (const Json& tag : tags) {
        const std::string id = id_at(tag, "id");
        if (text_at(tag, "type") != "page" || id.empty() || g.is_own(id)) continue;
        add_once(g.tagged_pages, id);
        add_once(g.post.mentions, text_at(tag, "name"));
        add_once(g.post.mentions, id);
    }
}

/// An address that an attachment leads to. Bare photos are the post itself, not what it points at.
void add_attached(const std::string& shimmed, Gathering& g) {
    const std::string url = unwrapped_link(shimmed);
    if (!url.starts_with("http://") && !url.starts_with("https://")) return;
    const std::optional<MetaLink> meta = meta_link(url);
    if (meta && !meta->account.empty() && !g.is_own(meta->account) &&
        (g.organisations.contains(meta->account) || g.is_tagged(meta->account))) {
        add_once(g.post.mentions, meta->account);
    }
    if (meta && (meta->photo || !g.may_be_kept(meta->account))) return;
    add_once(g.post.links, url);
}

std::string media_type_of(const Json& attachment) {
    const std::string type = text_at(attachment, "type");
    const std::string& told = type.empty() ? text_at(attachment, "media_type") : type;
    if (told.starts_with("video")) return "video";
    return told == "link" ? "share" : told;
}

void add_attachments(const Json& attachments, int depth, Gathering& g) {
    for (const Json& attachment : attachments) {
        if (g.post.media_type.empty()) g.post.media_type = media_type_of(attachment);
        add_attached(text_at(attachment, "unshimmed_url"), g);
        add_attached(text_at(attachment, "url"), g);
        if (const Json* target = member(attachment, "target"); target != nullptr) {
            add_attached(text_at(*target, "url"), g);
        }
        if (depth > 0) add_attachments(edge_at(attachment, "subattachments"), depth - 1, g);
    }
}

void add_parent(const Json& item, Gathering& g) {
    const std::string parent = id_at(item, "parent_id");
    const auto bar = parent.find('_');
    const std::string owner = bar == std::string::npos ? std::string{} : parent.substr(0, bar);
    if (parent.empty() || !g.may_be_kept(owner)) return;
    g.post.parent_id = parent;
    if (!owner.empty() && !g.is_own(owner)) add_once(g.post.mentions, owner);
}

void add_text_links(Gathering& g) {
    for (const std::string& shimmed : links_in(g.post.text)) {
        const std::string url = unwrapped_link(shimmed);
        const std::optional<MetaLink> meta = meta_link(url);
        if (!meta || g.may_be_kept(meta->account)) add_once(g.post.links, url);
    }
}

std::optional<std::int64_t> total_of(const Json& item, const char* edge) {
    const Json* found = member(item, edge);
    const Json* summary = found != nullptr ? member(*found, "summary") : nullptr;
    return summary != nullptr ? count_at(*summary, "total_count") : std::nullopt;
}

std::string absolute(const std::string& permalink) {
    return permalink.starts_with('/') ? "https://www.facebook.com" + permalink : permalink;
}

bool is_unpublished(const Json& item) {
    const Json* published = member(item, "is_published");
    return published != nullptr && published->is_boolean() && !published->get<bool>();
}

}  // namespace

PageFacts parse_page(const Json& answer, const std::string& page_id) {
    PageFacts facts;
    facts.identity = {page_id, text_at(answer, "username")};
    facts.followers = count_at(answer, "followers_count");
    facts.fans = count_at(answer, "fan_count");
    return facts;
}

std::optional<Post> parse_page_post(const Json& item, const PageIdentity& page,
                                    const Organisations& organisations) {
    Gathering g{page, organisations, {}, {}};
    g.post.remote_id = id_at(item, "id");
    if (g.post.remote_id.empty() || is_unpublished(item)) return {};
    g.post.kind = PostKind::post;
    g.post.published = time_at(item, "created_time");
    g.post.text = text_at(item, "message");
    g.post.url = absolute(text_at(item, "permalink_url"));
    for (const char* tags : {"message_tags", "story_tags"}) {
        if (const Json* found = member(item, tags); found != nullptr) add_tags(*found, g);
    }
    add_attachments(edge_at(item, "attachments"), 1, g);
    if (g.post.media_type.empty()) g.post.media_type = "text";
    add_parent(item, g);
    add_text_links(g);
    const Json* shares = member(item, "shares");  // absent when nobody has shared it
    g.post.shares = shares != nullptr ? count_at(*shares, "count").value_or(0) : 0;
    g.post.reactions = total_of(item, "reactions");
    g.post.comments = total_of(item, "comments");
    return std::move(g.post);
}

std::vector<Post> parse_page_posts(const Json& items, const PageIdentity& page,
                                   const Organisations& organisations, int& unreadable) {
    std::vector<Post> posts;
    for (const Json& item : items) {
        if (auto post = parse_page_post(item, page, organisations)) {
            posts.push_back(std::move(*post));
        } else if (id_at(item, "id").empty()) {
            ++unreadable;
        }
    }
    return posts;
}

}  // namespace narvaro
