#include "connectors/meta_probes.h"

#include <algorithm>
#include <span>

#include "connectors/graph.h"

namespace narvaro {
namespace {

struct ScopeRow {
    SourceKind kind;
    const char* scope;
    const char* what;
};

constexpr ScopeRow kScopes[] = {
    {SourceKind::facebook, "pages_show_list", "the Page's token"},
    {SourceKind::facebook, "pages_read_engagement", "the Page and its posts"},
    {SourceKind::facebook, "pages_read_user_content", "reactions and comments, as numbers"},
    {SourceKind::facebook, "read_insights", "the cities of the Page's followers"},
    {SourceKind::instagram, "pages_read_engagement", "the Page that the account hangs on"},
    {SourceKind::instagram, "instagram_basic", "the account, its media and stories"},
    {SourceKind::instagram, "instagram_manage_insights", "followers' cities, watched accounts"},
    {SourceKind::instagram, "instagram_manage_comments", "posts in which the account is tagged"},
    {SourceKind::meta_ads, "ads_read", "ad sets, audiences and spend"},
};

/// A question to an endpoint: `path` goes behind the source's address.
struct Probe {
    SourceKind kind;
    const char* path;
    GraphParams params;
    const char* what;
    const char* permission;
};

std::vector<Probe> probes_of(const Source& source) {
    const std::string watched = source.watch.empty() ? "" : source.watch.front();
    std::vector<Probe> all{
        {SourceKind::facebook,
         "",
         {{"fields", "id,followers_count"}},
         "the Page",
         "pages_read_engagement"},
        {SourceKind::facebook,
         "/published_posts",
         {{"fields", "id"}, {"limit", "1"}},
         "the Page's posts",
         "pages_read_engagement"},
        {SourceKind::facebook,
         "/published_posts",
         {{"fields", "id,reactions.summary(total_count).limit(0)"}, {"limit", "1"}},
         "reactions to the Page's posts",
         "pages_read_user_content"},
        {SourceKind::facebook,
         "/insights",
         {{"metric", "page_follows_city"}, {"period", "day"}},
         "the cities of the Page's followers",
         "read_insights"},
        {SourceKind::instagram,
         "",
         {{"fields", "id,username,followers_count"}},
         "the account",
         "instagram_basic"},
        {SourceKind::instagram,
         "/media",
         {{"fields", "id"}, {"limit", "1"}},
         "its media",
         "instagram_basic"},
        {SourceKind::instagram, "/stories", {{"fields", "id"}}, "its stories", "instagram_basic"},
        {SourceKind::instagram,
         "/collaborative_media",
         {{"fields", "id"}, {"limit", "1"}},
         "its collaborations",
         "instagram_basic"},
        {SourceKind::instagram,
         "/tags",
         {{"fields", "id"}, {"limit", "1"}},
         "posts in which it is tagged",
         "instagram_manage_comments"},
        {SourceKind::instagram,
         "/insights",
         {{"metric", "follower_demographics"},
          {"period", "lifetime"},
          {"metric_type", "total_value"},
          {"breakdown", "city"},
          {"timeframe", "this_month"}},
         "the cities of its followers",
         "instagram_manage_insights"},
        {SourceKind::meta_ads, "", {{"fields", "id,account_status"}}, "the ad account", "ads_read"},
        {SourceKind::meta_ads,
         "/adsets",
         {{"fields", "id"}, {"limit", "1"}},
         "its ad sets",
         "ads_read"},
        {SourceKind::meta_ads,
         "/saved_audiences",
         {{"fields", "id"}, {"limit", "1"}},
         "its saved audiences",
         "ads_read"},
    };
    if (!watched.empty()) {
        all.push_back({SourceKind::instagram,
                       "",
                       {{"fields", "business_discovery.username(" + watched + "){id}"}},
                       "watched accounts",
                       "instagram_manage_insights"});
    }
    std::erase_if(all, [&](const Probe& probe) { return probe.kind != source.kind; });
    return all;
}

bool is_list_without_items(const Json& answer) {
    const Json* data = member(answer, "data");
    return data != nullptr && data->is_array() && data->empty();
}

}  // namespace

std::vector<NeededScope> needed_scopes(const std::vector<SourceKind>& kinds) {
    std::vector<NeededScope> needed;
    for (const ScopeRow& row : kScopes) {
        const bool asked = std::find(kinds.begin(), kinds.end(), row.kind) != kinds.end();
        const auto known = std::find_if(needed.begin(), needed.end(),
                                        [&](const NeededScope& n) { return n.scope == row.scope; });
        if (asked && known == needed.end()) needed.push_back({row.scope, row.what});
    }
    return needed;
}

Task<std::vector<ProbeResult>> probe_source(Http& http, PollRequest request) {
    std::vector<ProbeResult> results;
    const std::vector<Probe> probes = probes_of(request.source);
    Graph graph{http, request.meta, request.now, {static_cast<int>(probes.size()) * 2, 2}};
    const bool is_ads = request.source.kind == SourceKind::meta_ads;
    const bool prefixed = request.source.address.starts_with("act_");
    const std::string node = (is_ads && !prefixed ? "act_" : "") + request.source.address;
    for (const Probe& probe : probes) {
        GraphCall call{node + probe.path, probe.params, {probe.what, probe.permission}};
        const GraphResult<Json> answer = co_await graph.get(std::move(call));
        ProbeResult result{probe.what, probe.permission, answer.has_value()};
        if (answer) {
            result.empty = is_list_without_items(*answer);
        } else {
            result.error = answer.error().error;
        }
        results.push_back(std::move(result));
        const bool over = !answer && (answer.error().action == GraphAction::stop_auth ||
                                      answer.error().action == GraphAction::back_off);
        if (over) break;
    }
    co_return results;
}

}  // namespace narvaro
