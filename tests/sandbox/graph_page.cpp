// The Page: its node, its posts, and posts of others that tag it.
#include "graph_call.h"
#include "levels.h"
#include "local_time.h"
#include "visible.h"

namespace narvaro::sandbox {
namespace {

const std::set<std::string> kPostFields{"message",
                                        "story",
                                        "created_time",
                                        "updated_time",
                                        "permalink_url",
                                        "status_type",
                                        "parent_id",
                                        "is_published",
                                        "is_hidden",
                                        "is_expired",
                                        "shares",
                                        "message_tags",
                                        "story_tags",
                                        "attachments",
                                        "reactions",
                                        "comments",
                                        "likes",
                                        "from",
                                        "full_picture",
                                        "place",
                                        "to",
                                        "privacy",
                                        "timeline_visibility"};

std::string number_part(const std::string& id) { return id.substr(id.find('_') + 1); }

std::string shim(const std::string& link) {
    return "https://l.facebook.com/l.php?u=" + url_encode(link) + "&h=AT0sandbox&s=1";
}

Json attachment_of(const State& state, const Publication& p) {
    const std::string number = number_part(p.id);
    const std::string photo = "https://www.facebook.com/photo.php?fbid=" + number;
    if (p.media == "share") {
        return {{"media_type", "link"},
                {"type", "share"},
                {"title", "Ung Vänster"},
                {"description", "Ett inlägg av Ung Vänster"},
                {"url", p.link},
                {"unshimmed_url", p.link},
                {"target", {{"id", "700000000000001"}, {"url", p.link}}}};
    }
    if (p.media == "link") {
        const std::string link = with_base(p.link, state.base());
        return {{"media_type", "link"}, {"type", "share"},       {"title", "En artikel"},
                {"url", shim(link)},    {"unshimmed_url", link}, {"target", {{"url", shim(link)}}}};
    }
    Json out = {{"media_type", p.media == "video" ? "video" : p.media},
                {"type", p.media == "video" ? "video_inline" : p.media},
                {"url", photo},
                {"target", {{"id", number}, {"url", photo}}}};
    if (p.media == "album") {
        const Json part = {{"media_type", "photo"}, {"type", "photo"}, {"url", photo}};
        out["subattachments"] = {{"data", Json::array({part, part})}};
    }
    return out;
}

const char* status_type_of(const Publication& p) {
    if (p.media == "photo" || p.media == "album") return "added_photos";
    if (p.media == "video") return "added_video";
    if (p.media == "share" || p.media == "link") return "shared_story";
    return "mobile_status_update";
}

/// Organisations that are named with their Page are tagged.
Json tags_of(const std::string& text) {
    constexpr std::string_view kName = "Ung Vänster";
    const std::size_t at = text.find(kName);
    if (at == std::string::npos) return nullptr;
    std::size_t characters = 0;  // of UTF-16; everything before is in the basic plane
    for (std::size_t i = 0; i < at; ++i) characters += (text[i] & 0xC0) != 0x80 ? 1 : 0;
    const Json tag = {{"id", kUngVansterPage},
                      {"name", kName},
                      {"type", "page"},
                      {"offset", characters},
                      {"length", 11}};
    return Json::array({tag});
}

Json summary_of(int total, bool of_comments) {
    Json summary = {{"total_count", total}};
    if (of_comments) {
        summary["order"] = "ranked";
        summary["can_comment"] = true;
    } else {
        summary["viewer_reaction"] = "NONE";
    }
    return {{"data", Json::array()}, {"summary", summary}};
}

Json post_of(const State& state, const Publication& p) {
    const std::string text = text_of(state, p);
    Json out = {{"id", p.id},
                {"created_time", meta_time(p.at)},
                {"updated_time", meta_time(p.at)},
                {"permalink_url", std::string{"https://www.facebook.com/"} + kPage + "/posts/" +
                                      number_part(p.id) + "/"},
                {"status_type", status_type_of(p)},
                {"is_published", true},
                {"is_hidden", false},
                {"is_expired", false},
                {"from", {{"name", kPageName}, {"id", kPage}}},
                {"reactions", summary_of(p.reactions, false)},
                {"likes", summary_of(p.reactions, false)},
                {"comments", summary_of(p.comments, true)},
                {"sandbox_unknown", {{"since", "v27.0"}, {"values", {1, 2, 3}}}}};
    if (!text.empty()) out["message"] = text;
    if (p.media == "share") out["story"] = std::string{kPageName} + " shared a post.";
    if (p.shares > 0) out["shares"] = {{"count", p.shares}};
    if (!p.parent.empty()) out["parent_id"] = p.parent;
    if (p.media != "status") {
        out["attachments"] = {{"data", Json::array({attachment_of(state, p)})}};
    }
    if (Json tags = tags_of(text); !tags.is_null()) out["message_tags"] = std::move(tags);
    return out;
}

bool is_page_post(const Publication& p) {
    return p.channel == Channel::facebook && p.form == Form::own;
}

bool asks_for_reactions(const Call& call) {
    const std::string fields = call.parameter("fields");
    for (const char* name : {"reactions", "comments", "likes"}) {
        if (fields.find(name) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

GraphResult page_node(const Call& call) {
    static const std::set<std::string> kKnown{"name",
                                              "username",
                                              "link",
                                              "followers_count",
                                              "fan_count",
                                              "new_like_count",
                                              "talking_about_count",
                                              "verification_status",
                                              "has_transitioned_to_new_page_experience",
                                              "instagram_business_account",
                                              "connected_instagram_account",
                                              "access_token",
                                              "category",
                                              "about",
                                              "website",
                                              "is_published",
                                              "tasks"};
    if (call.lacks("pages_read_engagement")) return no_permission("pages_read_engagement");
    const int followers = call.struck("small_account") ? 61 : facebook_followers(call.now);
    const Json account = {{"id", kInstagram}, {"username", kHandle}};
    const Json node = {{"id", kPage},
                       {"name", kPageName},
                       {"username", kHandle},
                       {"link", "https://www.facebook.com/vansterpartietvallentuna"},
                       {"followers_count", followers},
                       {"fan_count", followers - 21},
                       {"new_like_count", 0},
                       {"talking_about_count", 12},
                       {"verification_status", "not_verified"},
                       {"has_transitioned_to_new_page_experience", true},
                       {"instagram_business_account", account},
                       {"connected_instagram_account", account},
                       {"access_token", kToken},
                       {"category", "Political Organization"},
                       {"is_published", true}};
    const std::string asked = call.parameter("fields");
    const auto fields = parse_fields(asked.empty() ? "id,name" : asked);
    if (!fields) return graph_fail(2500, 0, "Syntax error in fields");
    return select(node, *fields, kKnown, "Page");
}

GraphResult page_posts(const Call& call, const std::string& edge) {
    if (call.lacks("pages_read_engagement")) return no_permission("pages_read_engagement");
    // Without it /feed is closed, and the others only where people's doings are asked for.
    if ((edge == "feed" || asks_for_reactions(call)) && call.lacks("pages_read_user_content")) {
        return no_permission("pages_read_user_content");
    }
    const auto since = time_parameter(call, "since");
    const auto until = time_parameter(call, "until");
    List list;
    list.known = kPostFields;
    list.defaults = {"created_time", "message", "story"};
    list.type = "Post";
    list.uneven = true;
    for (const Publication* p : visible(call.state, [&](const Publication& q) {
             return is_page_post(q) || (edge == "feed" && q.channel == Channel::facebook);
         })) {
        if ((since && p->at < *since) || (until && p->at > *until)) continue;
        Json post = post_of(call.state, *p);
        if (p->form == Form::tag) post["from"] = {{"name", p->title}, {"id", p->owner}};
        list.items.push_back(std::move(post));
    }
    return page_of(call, list);
}

GraphResult page_tagged(const Call& call) {
    if (call.lacks("pages_read_user_content")) return no_permission("pages_read_user_content");
    List list;
    list.known = kPostFields;
    list.known.insert("tagged_time");
    list.defaults = {"message", "tagged_time"};
    list.type = "Post";
    for (const Publication* p : visible(call.state, [](const Publication& q) {
             return q.channel == Channel::facebook && q.form == Form::tag;
         })) {
        Json post = post_of(call.state, *p);
        post["from"] = {{"name", p->title}, {"id", p->owner}};
        post["tagged_time"] = meta_time(p->at);
        list.items.push_back(std::move(post));
    }
    return page_of(call, list);
}

GraphResult page_post(const Call& call) {
    const std::string& id = call.parts[0];
    const auto found =
        visible(call.state, [&](const Publication& q) { return is_page_post(q) && q.id == id; });
    if (found.empty()) return unsupported_get(id);
    if (call.parts.size() > 1) {
        if (call.parts[1] != "insights") return unsupported_get(id);
        if (call.lacks("read_insights")) return Json{{"data", Json::array()}};
        const Json value = {{"value", found[0]->reactions * 9}};
        const Json values = Json::array({value});
        const Json views = {
            {"name", "post_media_view"}, {"period", "lifetime"},
            {"values", values},          {"title", "Views"},
            {"description", "Views"},    {"id", id + "/insights/post_media_view/lifetime"}};
        return Json{{"data", Json::array({views})}};
    }
    const std::string asked = call.parameter("fields");
    const auto fields = parse_fields(asked.empty() ? "created_time,message,story" : asked);
    if (!fields) return graph_fail(2500, 0, "Syntax error in fields");
    return select(post_of(call.state, *found[0]), *fields, kPostFields, "Post");
}

}  // namespace narvaro::sandbox
