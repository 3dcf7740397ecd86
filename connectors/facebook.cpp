#include <algorithm>
#include <unordered_set>

#include "connectors/connector.h"
#include "connectors/facebook_insights.h"
#include "connectors/facebook_parse.h"
#include "connectors/graph_list.h"
#include "connectors/meta_edges.h"

namespace narvaro {
namespace {

constexpr GraphBudget kPollBudget{20, 10};
constexpr GraphBudget kBackfillBudget{160, 20};
constexpr int kPollPages = 10;  // more than four only where Meta gives smaller pages
constexpr std::size_t kPollPosts = 100;
constexpr std::size_t kMostPostsAYear = 600;  // Meta lists no more of a year
constexpr char kPageEdge[] = "published_posts";

struct FacebookPoll {
    const PollRequest& request;
    Graph& graph;
    MetaEdges& edges;
    Organisations organisations{request.organisation_handles};
    PageFacts page{{request.source.address, {}}, {}, {}};
};

void add_page_number(FacebookPoll& poll, const char* metric, std::optional<std::int64_t> value) {
    if (value) {
        poll.edges.seen.samples.push_back(
            {metric, "", poll.request.now, static_cast<double>(*value)});
    } else {
        poll.edges.seen.gaps.push_back(
            {metric, "", GapReason::failed, "Meta's answer about the Page did not tell it"});
    }
}

Task<void> read_page(FacebookPoll& poll) {
    GraphCall call{poll.request.source.address,
                   {{"fields", "id,name,username,followers_count,fan_count"}},
                   {"the Page " + poll.request.source.address, "pages_read_engagement", true}};
    GraphResult<Json> answer = co_await poll.graph.get(std::move(call));
    if (!answer) {
        poll.edges.failed(answer.error(), {{"followers"}, {"fans"}});
        co_return;
    }
    poll.edges.read();
    poll.page = parse_page(*answer, poll.request.source.address);
    add_page_number(poll, "followers", poll.page.followers);
    add_page_number(poll, "fans", poll.page.fans);
}

ListCall posts_call(const PollRequest& request, int max_pages, std::size_t max_items) {
    ListCall list;
    list.call = {request.source.address + "/" + kPageEdge,
                 {{"fields", kPagePostFields}},
                 {"the Page's posts", "pages_read_engagement and pages_read_user_content"}};
    list.lean_fields = kPagePostLeanFields;
    list.lean_without_permission = true;
    list.max_pages = max_pages;
    list.max_items = max_items;
    return list;
}

/// The order is "ranked", so only a list that was read to its end, and that Meta has not cut, says
/// something about what is missing from it.
void claim_completeness(const std::vector<Post>& posts, Observations& seen) {
    if (posts.empty() || posts.size() >= kMostPostsAYear) return;
    sys_seconds oldest = kEndOfTime;
    for (const Post& post : posts) oldest = std::min(oldest, post.published.value_or(oldest));
    if (oldest < kEndOfTime) seen.complete.push_back({PostKind::post, oldest});
}

void note_refused_counts(const GraphFailure& failure, MetaEdges& edges) {
    if (failure.action != GraphAction::stop_permission) {
        edges.failed(failure, {{"reactions"}, {"comments"}});
        return;
    }
    GraphFailure counts = failure;
    const std::string needed = "pages_read_user_content";
    counts.error.what = "reactions and comments of the Page's posts may not be read (code " +
                        std::to_string(failure.code) + "): needed is " + needed;
    counts.error.remedy = "make a token with " + needed +
                          ", store it as credential meta-token, then: narvaro token check";
    edges.failed(counts, {{"reactions"}, {"comments"}});
}

void note_unreadable(int unreadable, Observations& seen) {
    if (unreadable == 0) return;
    seen.warnings.push_back(std::to_string(unreadable) +
                            " posts of the Page came without an id and were left out");
}

Task<void> read_posts(FacebookPoll& poll) {
    GraphList list{poll.graph, posts_call(poll.request, kPollPages, kPollPosts)};
    std::vector<Post>& posts = poll.edges.seen.posts;
    std::unordered_set<std::string> ids;
    int unreadable = 0;
    for (;;) {
        auto page = co_await list.next();
        if (!page) {
            poll.edges.failed(page.error(), {{kPageEdge}});
            break;
        }
        if (!*page) break;
        poll.edges.read();
        for (Post& post :
             parse_page_posts((*page)->items, poll.page.identity, poll.organisations, unreadable)) {
            if (ids.insert(post.remote_id).second) posts.push_back(std::move(post));
        }
    }
    if (list.refused_fields() && !posts.empty()) {
        note_refused_counts(*list.refused_fields(), poll.edges);
    }
    note_unreadable(unreadable, poll.edges.seen);
    if (list.complete() && unreadable == 0) claim_completeness(posts, poll.edges.seen);
}

bool all_older(const std::vector<Post>& posts, sys_seconds since) {
    return !posts.empty() && std::all_of(posts.begin(), posts.end(), [&](const Post& post) {
        return post.published && *post.published < since;
    });
}

/// Posts of one page that are new enough, ready to be stored. The cursor is there and empty: this
/// is a page of a back-fill, and Meta's own cursors die too soon to be kept.
Observations backfill_page(std::vector<Post> posts, sys_seconds since, int unreadable) {
    Observations page;
    page.cursor = std::string{};
    for (Post& post : posts) {
        if (!post.published || *post.published >= since) page.posts.push_back(std::move(post));
    }
    note_unreadable(unreadable, page);
    return page;
}

}  // namespace

Task<Result<Observations>> poll_facebook(Http& http, PollRequest request) {
    Graph graph{http, request.meta, request.now, kPollBudget};
    MetaEdges edges;
    FacebookPoll poll{request, graph, edges};
    co_await read_page(poll);
    if (!edges.ended()) co_await read_posts(poll);
    if (!edges.ended()) co_await read_page_insights(request, graph, edges, poll.page.followers);
    co_return edges.finish(graph);
}

Task<Result<void>> backfill_facebook(Http& http, PollRequest request, Sink sink) {
    Graph graph{http, request.meta, request.now, kBackfillBudget};
    const Organisations organisations{request.organisation_handles};
    const PageIdentity page{request.source.address, {}};
    GraphList list{graph, posts_call(request, kBackfillBudget.calls, 100'000)};
    for (;;) {
        auto next = co_await list.next();
        if (!next) co_return tl::unexpected{next.error().error};
        if (!*next) co_return Result<void>{};
        int unreadable = 0;
        std::vector<Post> posts = parse_page_posts((*next)->items, page, organisations, unreadable);
        const bool done = all_older(posts, request.since);
        const Result<void> kept = sink(backfill_page(std::move(posts), request.since, unreadable));
        if (!kept || done) co_return kept;
    }
}

}  // namespace narvaro
