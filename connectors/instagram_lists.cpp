#include "connectors/instagram_lists.h"

namespace narvaro {
namespace {

constexpr char kBasic[] = "instagram_basic and pages_read_engagement";

AccountList edge(const std::string& account, const char* name, const char* fields,
                 GraphPurpose purpose, const char* subject) {
    AccountList list;
    list.list.call = {account + "/" + name, {{"fields", fields}}, std::move(purpose)};
    list.subject = {subject};
    return list;
}

}  // namespace

AccountList media_list(const std::string& account) {
    AccountList list =
        edge(account, "media", kMediaFields, {"the account's media", kBasic}, "media");
    list.list.lean_fields = kMediaLeanFields;
    list.parse = [](MediaReader& reader, const Json& items) { return reader.own_media(items); };
    return list;
}

AccountList story_list(const std::string& account) {
    AccountList list =
        edge(account, "stories", kStoryFields, {"the account's stories", kBasic}, "stories");
    list.parse = [](MediaReader& reader, const Json& items) { return reader.stories(items); };
    return list;
}

AccountList collaboration_list(const std::string& account) {
    AccountList list =
        edge(account, "collaborative_media", kOthersMediaFields,
             {"posts that we share with others", "instagram_basic"}, "collaborations");
    list.parse = [](MediaReader& reader, const Json& items) {
        return reader.collaborations(items);
    };
    return list;
}

AccountList tag_list(const std::string& account) {
    AccountList list =
        edge(account, "tags", "id,username,caption,permalink,timestamp,media_type",
             {"photos in which the account is tagged", "instagram_manage_comments"}, "tags");
    list.list.by_cursor = true;
    list.parse = [](MediaReader& reader, const Json& items) { return reader.tags(items); };
    return list;
}

AccountList watched_list(const std::string& account, const std::string& handle) {
    AccountList list;
    list.list.call = {account,
                      {},
                      {"the watched account " + handle,
                       "instagram_basic, instagram_manage_insights and pages_read_engagement"},
                      true};
    list.list.by_cursor = true;
    list.list.root = {"business_discovery", "media"};
    list.list.place = [handle](GraphParams& params, int limit, const std::string& after) {
        std::string fields = "business_discovery.username(" + handle +
                             "){id,username,followers_count,media_count,media.limit(" +
                             std::to_string(limit) + ")";
        if (!after.empty()) fields += ".after(" + after + ")";
        params.emplace_back("fields", fields + "{" + kDiscoveredMediaFields + "}}");
    };
    list.subject = {"watched", handle};
    list.parse = [handle](MediaReader& reader, const Json& items) {
        return reader.watched(items, handle);
    };
    return list;
}

}  // namespace narvaro
