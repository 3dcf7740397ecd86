#include <unordered_set>

#include "connectors/connector.h"
#include "connectors/graph_list.h"
#include "connectors/meta_ads_parse.h"
#include "connectors/meta_edges.h"

namespace narvaro {
namespace {

constexpr GraphBudget kPollBudget{10, 5};
constexpr int kListPages = 3;
constexpr int kInsightPages = 3;
constexpr int kInsightDays = 28;  // figures move for so long
constexpr char kNeeded[] = "ads_read";

struct AdsPoll {
    const PollRequest& request;
    Graph& graph;
    MetaEdges& edges;
    std::string node;  ///< "act_1000000001"
    AdAccount account{};
};

std::string node_of(const std::string& account) {
    return account.starts_with("act_") ? account : "act_" + account;
}

Task<void> read_ad_account(AdsPoll& poll) {
    GraphCall call{
        poll.node,
        {{"fields", "id,account_status,currency,timezone_name,timezone_offset_hours_utc"}},
        {"the ad account " + poll.node, kNeeded, true}};
    GraphResult<Json> answer = co_await poll.graph.get(std::move(call));
    if (!answer) {
        poll.edges.failed(answer.error(), {{"account"}});
        co_return;
    }
    poll.edges.read();
    poll.account = parse_ad_account(*answer);
    if (poll.account.status && *poll.account.status != 1) {
        poll.edges.seen.warnings.push_back("the ad account is not active (account_status " +
                                           std::to_string(*poll.account.status) + ")");
    }
}

/// One of the three lists of audiences; each stands for itself, so one that stays forbidden hides
/// no end in the others.
struct AudienceList {
    const char* kind;
    const char* edge;
    std::optional<Audience> (*parse)(const Json&);
};

Task<void> read_audiences(AdsPoll& poll, ListCall list_call, AudienceList audiences) {
    std::unordered_set<std::string> ids;
    GraphList list{poll.graph, std::move(list_call)};
    for (;;) {
        auto page = co_await list.next();
        if (!page) {
            poll.edges.failed(page.error(), {{audiences.edge}});
            co_return;
        }
        if (!*page) break;
        poll.edges.read();
        for (const Json& item : (*page)->items) {
            auto audience = audiences.parse(item);
            if (!audience || !ids.insert(audience->remote_id).second) continue;
            poll.edges.seen.audiences.push_back(std::move(*audience));
        }
    }
    if (list.complete()) poll.edges.seen.complete_audiences.emplace_back(audiences.kind);
}

ListCall audience_call(const AdsPoll& poll, const char* edge, GraphParams params,
                       const char* what) {
    ListCall list;
    list.call = {poll.node + "/" + edge, std::move(params), {what, kNeeded}};
    list.limit = 50;
    list.max_pages = kListPages;
    return list;
}

Task<void> read_ad_sets(AdsPoll& poll) {
    ListCall list = audience_call(
        poll, "adsets",
        {{"fields", "id,name,status,effective_status,start_time,end_time,targeting,created_time"},
         {"effective_status", R"(["ACTIVE","PAUSED","CAMPAIGN_PAUSED"])"}},
        "the ad sets");
    co_await read_audiences(poll, std::move(list), {"adset", "adsets", parse_ad_set});
}

Task<void> read_saved_audiences(AdsPoll& poll) {
    ListCall list = audience_call(poll, "saved_audiences", {{"fields", "id,name,targeting"}},
                                  "the saved audiences");
    co_await read_audiences(poll, std::move(list),
                            {"saved", "saved_audiences", parse_saved_audience});
}

/// A list of people by their marks tells no places: its name is all that is kept.
Task<void> read_custom_audiences(AdsPoll& poll) {
    ListCall list = audience_call(poll, "customaudiences", {{"fields", "id,name,subtype"}},
                                  "the custom audiences");
    list.call.optional = true;
    co_await read_audiences(poll, std::move(list),
                            {"custom", "customaudiences", parse_custom_audience});
}

ListCall insights_call(const AdsPoll& poll) {
    const auto yesterday = day_of(poll.account, poll.request.now) - date::days{1};
    const auto first = yesterday - date::days{kInsightDays - 1};
    ListCall list;
    list.call = {poll.node + "/insights",
                 {{"level", "account"},
                  {"fields", "spend,reach"},
                  {"time_range", R"({"since":")" + format_date(first) + R"(","until":")" +
                                     format_date(yesterday) + R"("})"},
                  {"time_increment", "1"},
                  {"breakdowns", "region"}},
                 {"spending and reach by region", kNeeded},
                 true,
                 std::chrono::milliseconds{60'000}};
    list.limit = 100;
    list.max_pages = kInsightPages;
    return list;
}

Task<void> read_regions(AdsPoll& poll) {
    GraphList list{poll.graph, insights_call(poll)};
    for (;;) {
        auto page = co_await list.next();
        if (!page) {
            poll.edges.failed(page.error(), {{"spend"}, {"reach"}});
            co_return;
        }
        if (!*page) break;
        poll.edges.read();
        for (const Json& row : (*page)->items) {
            for (Sample& sample : parse_region_row(row, poll.account, poll.request.now)) {
                poll.edges.seen.samples.push_back(std::move(sample));
            }
        }
    }
    if (!list.complete()) poll.graph.warn("spending and reach by region were not read to the end");
}

}  // namespace

/// An account without ad sets and spending is the normal case: parties may not advertise in the EU
/// since October 2025 (Meta reference, section 5.4). So emptiness is neither a gap nor a problem.
Task<Result<Observations>> poll_meta_ads(Http& http, PollRequest request) {
    Graph graph{http, request.meta, request.now, kPollBudget};
    MetaEdges edges;
    AdsPoll poll{request, graph, edges, node_of(request.source.address)};
    co_await read_ad_account(poll);
    if (!edges.ended()) co_await read_ad_sets(poll);
    if (!edges.ended()) co_await read_saved_audiences(poll);
    if (!edges.ended()) co_await read_custom_audiences(poll);
    if (!edges.ended()) co_await read_regions(poll);
    co_return edges.finish(graph);
}

}  // namespace narvaro
