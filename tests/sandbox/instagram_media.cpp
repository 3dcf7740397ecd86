#include "instagram_media.h"

#include "local_time.h"
#include "visible.h"

namespace narvaro::sandbox {
namespace {

std::string shortcode_of(const std::string& id) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    for (unsigned long n = std::stoul(id); n > 0; n /= 64) {
        out.insert(out.begin(), kLetters[n % 64]);
    }
    return out;
}

Json children_of(const std::string& id, const std::string& permalink) {
    Json data = Json::array();
    for (int i = 1; i <= 3; ++i) {
        data.push_back({{"id", id.substr(0, 15) + std::to_string(10 + i)},
                        {"media_type", "IMAGE"},
                        {"permalink", permalink}});
    }
    return {{"data", data}};
}

/// Who asks to stand as co-author, and who has not answered yet.
Json collaborators_of(const Publication& p) {
    const Json accepted = {
        {"id", "17841400000000077"}, {"username", p.collaborator}, {"invite_status", "Accepted"}};
    const Json pending = {{"id", "17841400000000099"},
                          {"username", "vansterpartietroslagen"},
                          {"invite_status", "Pending"}};
    return {{"data", Json::array({accepted, pending})}};
}

/// Some owners hide their likes; Meta then leaves the key out.
bool hides_likes(const Publication& p) { return hash_of(p.id) % 11 == 0; }

}  // namespace

Json media_json(const State& state, const Publication& p) {
    const std::string text = text_of(state, p);
    const std::string code = shortcode_of(p.id);
    const bool story = p.form == Form::story;
    const std::string permalink = story
                                      ? "https://www.instagram.com/stories/" + p.owner + "/" + p.id
                                      : "https://www.instagram.com/p/" + code + "/";
    Json out = {{"id", p.id},
                {"media_type", p.media},
                {"media_product_type", story                ? "STORY"
                                       : p.media == "VIDEO" ? "REELS"
                                                            : "FEED"},
                {"timestamp", meta_time(p.at)},
                {"permalink", permalink},
                {"shortcode", code},
                {"username", p.owner},
                {"comments_count", p.comments},
                {"view_count", p.reactions * 11},
                {"reposts_count", 0},
                {"shares_count", p.shares},
                {"saved_count", 1},
                {"is_comment_enabled", true},
                {"is_shared_to_feed", !story},
                {"media_url", "https://cdn.example/" + p.id + ".jpg"},
                {"sandbox_unknown", Json::array({1, "två", nullptr})}};
    if (p.owner == kHandle) out["owner"] = {{"id", kInstagram}};
    if (!text.empty()) out["caption"] = text;
    if (!hides_likes(p)) out["like_count"] = p.reactions;
    if (p.media == "CAROUSEL_ALBUM") out["children"] = children_of(p.id, permalink);
    if (!p.collaborator.empty()) out["collaborators"] = collaborators_of(p);
    return out;
}

const std::set<std::string>& media_fields() {
    static const std::set<std::string> kKnown{"caption",
                                              "media_type",
                                              "media_product_type",
                                              "timestamp",
                                              "permalink",
                                              "shortcode",
                                              "username",
                                              "owner",
                                              "like_count",
                                              "comments_count",
                                              "view_count",
                                              "reposts_count",
                                              "shares_count",
                                              "saved_count",
                                              "children",
                                              "collaborators",
                                              "is_shared_to_feed",
                                              "is_comment_enabled",
                                              "media_url",
                                              "thumbnail_url",
                                              "comments",
                                              "ig_id",
                                              "alt_text",
                                              "total_like_count",
                                              "total_comments_count",
                                              "total_view_count"};
    return kKnown;
}

GraphResult media_insights(const Call& call, const Publication& p) {
    if (call.lacks("instagram_manage_insights")) return no_permission("instagram_manage_insights");
    constexpr int kFewestViewers = 5;
    if (p.form == Form::story && p.reactions < kFewestViewers) {
        return graph_fail(10, 0, "(#10) Not enough viewers for the media to show insights");
    }
    static const std::set<std::string> kFeed{
        "views",          "reach",  "likes",   "comments",
        "shares",         "saved",  "reposts", "total_interactions",
        "profile_visits", "follows"};
    static const std::set<std::string> kStory{"views",          "reach",   "replies",
                                              "shares",         "reposts", "total_interactions",
                                              "profile_visits", "follows", "navigation"};
    Json data = Json::array();
    for (const std::string& name : split(call.parameter("metric"), ',')) {
        if (!(p.form == Form::story ? kStory : kFeed).contains(name)) {
            return graph_fail(100, 0,
                              "(#100) The Media Insights API does not support the " + name +
                                  " metric for this media product type.");
        }
        const Json value = {{"value", name == "reach" ? p.reactions * 7 : p.reactions}};
        data.push_back({{"name", name},
                        {"period", "lifetime"},
                        {"values", Json::array({value})},
                        {"title", name},
                        {"description", name},
                        {"id", p.id + "/insights/" + name + "/lifetime"}});
    }
    return Json{{"data", data}};
}

}  // namespace narvaro::sandbox
