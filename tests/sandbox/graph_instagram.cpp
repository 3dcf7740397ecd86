// The Instagram account: node, media, stories, tags, collaborations, and the accounts it looks at.
#include "graph_call.h"
#include "instagram_media.h"
#include "levels.h"
#include "visible.h"

namespace narvaro::sandbox {
namespace {

constexpr int kMostDiscovered = 100;

GraphResult parsed_select(const Call& call, const Json& node, const char* defaults,
                          const std::set<std::string>& known, const char* type) {
    const std::string asked = call.parameter("fields");
    const auto fields = parse_fields(asked.empty() ? defaults : asked);
    if (!fields) return graph_fail(2500, 0, "Syntax error in fields");
    return select(node, *fields, known, type);
}

int number_of(const Field& field, const char* modifier, int otherwise) {
    const auto found = field.modifiers.find(modifier);
    return found == field.modifiers.end() ? otherwise : std::atoi(found->second.c_str());
}

/// One page of the other account's media: cursors, but never a `next`; no `after` on the last page.
GraphResult discovered_media(const Call& call, const Field& asked, const std::string& handle) {
    const auto media = visible(call.state, [&](const Publication& p) {
        return p.channel == Channel::instagram && p.owner == handle && p.form != Form::story;
    });
    const int limit = number_of(asked, "limit", 25);
    if (limit < 1 || limit > kMostDiscovered) {
        return graph_fail(100, 0, "(#100) Param limit must be between 1 and 100");
    }
    Cursor here{0, 0, media.size()};
    if (const auto after = asked.modifiers.find("after"); after != asked.modifiers.end()) {
        const auto cursor = parse_cursor(after->second);
        if (!cursor || cursor->of != media.size() || cursor->offset > media.size()) {
            return graph_fail(100, 0, "(#100) Invalid cursors values");
        }
        here = *cursor;
    }
    const std::size_t to = std::min(media.size(), here.offset + static_cast<std::size_t>(limit));
    Json data = Json::array();
    for (std::size_t i = here.offset; i < to; ++i) {
        auto one =
            select(media_json(call.state, *media[i]), asked.children, media_fields(), "IGMedia");
        if (!one) return one;
        data.push_back(std::move(*one));
    }
    Json cursors = Json::object();
    if (here.offset > 0) cursors["before"] = to_text(here);
    if (to < media.size()) cursors["after"] = to_text({to, 0, media.size()});
    return Json{{"data", data}, {"paging", {{"cursors", cursors}}}};
}

GraphResult discovery(const Call& call, const Field& asked) {
    if (call.lacks("instagram_manage_insights")) return no_permission("instagram_manage_insights");
    const auto name = asked.modifiers.find("username");
    const std::string handle = name == asked.modifiers.end() ? "" : name->second;
    const int followers = watched_followers(handle, call.now);
    if (followers == 0 || call.struck("discovery_gone", handle)) {
        return graph_fail(110, 2207013, "Invalid user id");
    }
    static const std::set<std::string> kKnown{
        "username", "name",  "followers_count",     "media_count",   "biography",
        "website",  "media", "profile_picture_url", "follows_count", "ig_id"};
    const auto all = visible(call.state, [&](const Publication& p) { return p.owner == handle; });
    const Json node = {{"id", handle == "ungvanster" ? "17841400000000077" : "17841400000000078"},
                       {"username", handle},
                       {"name", handle == "ungvanster" ? "Ung Vänster" : "Ung Vänster Roslagen"},
                       {"followers_count", followers},
                       {"media_count", all.size() + 311},
                       {"biography", "Röda, arga, glada."},
                       {"website", "https://ungvanster.se/"}};
    auto out = select(node, asked.children, kKnown, "IGUser");
    if (!out) return out;
    if (const Field* media = asked.child("media")) {
        auto page = discovered_media(call, *media, handle);
        if (!page) return page;
        (*out)["media"] = std::move(*page);
    }
    return out;
}

struct Edge {
    const char* name;
    const char* permission;
    Form form;
    bool gives_next;
    bool uneven;
};

constexpr Edge kEdges[] = {
    {"media", "instagram_basic", Form::own, true, true},
    {"stories", "instagram_basic", Form::story, true, false},
    {"tags", "instagram_manage_comments", Form::tag, false, false},
    {"collaborative_media", "instagram_basic", Form::collaboration, true, false},
};

}  // namespace

GraphResult instagram_node(const Call& call) {
    if (call.lacks("instagram_basic")) return no_permission("instagram_basic");
    static const std::set<std::string> kKnown{"ig_id",
                                              "username",
                                              "name",
                                              "biography",
                                              "website",
                                              "followers_count",
                                              "follows_count",
                                              "media_count",
                                              "profile_picture_url",
                                              "business_discovery",
                                              "mentioned_media",
                                              "mentioned_comment"};
    const auto on_profile = visible(call.state, [](const Publication& p) {
        return p.channel == Channel::instagram &&
               (p.form == Form::own || p.form == Form::collaboration);
    });
    const int followers = call.struck("small_account") ? 42 : instagram_followers(call.now);
    const Json node = {{"id", kInstagram},
                       {"ig_id", 2100000001},
                       {"username", kHandle},
                       {"name", kPageName},
                       {"biography", "För jämlikhet i Vallentuna 🌹"},
                       {"website", "https://vallentuna.vansterpartiet.example/"},
                       {"followers_count", followers},
                       {"follows_count", instagram_following(call.now)},
                       // What the profile shows: collaborations are in it, /media leaves them out.
                       {"media_count", on_profile.size()},
                       {"sandbox_unknown", "as Meta adds fields"}};
    const std::string asked = call.parameter("fields");
    const auto fields = parse_fields(asked.empty() ? "id" : asked);
    if (!fields) return graph_fail(2500, 0, "Syntax error in fields");
    auto out = select(node, *fields, kKnown, "IGUser");
    if (!out) return out;
    for (const Field& field : *fields) {
        if (field.name != "business_discovery") continue;
        auto found = discovery(call, field);
        if (!found) return found;
        (*out)["business_discovery"] = std::move(*found);
    }
    return out;
}

GraphResult instagram_edge(const Call& call, const std::string& edge) {
    if (edge == "collaboration_invites") return Json{{"data", Json::array()}};
    for (const Edge& e : kEdges) {
        if (edge != e.name) continue;
        if (call.lacks(e.permission)) return no_permission(e.permission);
        if (call.parameter("fields").find("copyright_check_information") != std::string::npos) {
            return graph_fail(9005, 1452042, "Copyright information is for videos only");
        }
        const auto since = time_parameter(call, "since");
        const auto until = time_parameter(call, "until");
        List list;
        list.known = media_fields();
        list.defaults = {"id"};
        list.type = "IGMedia";
        list.gives_next = e.gives_next;
        list.uneven = e.uneven;
        for (const Publication* p : visible(call.state, [&](const Publication& q) {
                 return q.channel == Channel::instagram && q.form == e.form;
             })) {
            const bool over = e.form == Form::story && call.now - p->at >= seconds{86400};
            if (over || (since && p->at < *since) || (until && p->at > *until)) continue;
            list.items.push_back(media_json(call.state, *p));
        }
        return page_of(call, list);
    }
    return graph_fail(2500, 0, "Unknown path components: /" + edge);
}

GraphResult media_node(const Call& call) {
    const std::string& id = call.parts[0];
    // Others' media are in lists only; fetched by themselves they are refused.
    const auto found = visible(call.state, [&](const Publication& p) {
        return p.channel == Channel::instagram && p.id == id &&
               (p.form == Form::own || p.form == Form::story);
    });
    if (found.empty()) return unsupported_get(id);
    if (call.lacks("instagram_basic")) return no_permission("instagram_basic");
    const Json node = media_json(call.state, *found[0]);
    const std::string edge = call.parts.size() > 1 ? call.parts[1] : "";
    if (edge.empty()) return parsed_select(call, node, "id", media_fields(), "IGMedia");
    if (edge == "insights") return media_insights(call, *found[0]);
    if (edge == "collaborators" || edge == "children" || edge == "comments") {
        List list;
        list.known = {"id",        "username", "invite_status", "media_type",
                      "permalink", "text",     "timestamp"};
        list.defaults = {"id"};
        if (node.contains(edge)) list.items = node[edge]["data"].get<std::vector<Json>>();
        return page_of(call, list);
    }
    return unsupported_get(id);
}

}  // namespace narvaro::sandbox
