#include <algorithm>
#include <unordered_set>

#include "connectors/connector.h"
#include "connectors/follower_cities.h"
#include "connectors/instagram_lists.h"
#include "connectors/metric_memory.h"

namespace narvaro {
namespace {

constexpr GraphBudget kPollBudget{30, 10};
constexpr GraphBudget kBackfillBudget{160, 20};
constexpr int kPollPages = 2;
constexpr std::size_t kPollItems = 50;
constexpr int kMostCollaboratorCalls = 5;
constexpr std::chrono::hours kCollaboratorsNewerThan{14 * 24};

struct InstagramPoll {
    const PollRequest& request;
    Graph& graph;
    MetaEdges& edges;
    Organisations organisations{request.organisation_handles};
    MetricMemory memory{request.judged_metrics, request.now};
    AccountFacts facts{};
    std::unordered_set<std::string> ids{};  ///< of all posts that were read
};

void add_number(InstagramPoll& poll, const char* metric, const std::string& dimension,
                std::optional<std::int64_t> value) {
    if (value) {
        poll.edges.seen.samples.push_back(
            {metric, dimension, poll.request.now, static_cast<double>(*value)});
    } else {
        poll.edges.seen.gaps.push_back({metric, dimension, GapReason::failed,
                                        "Meta's answer about the account did not tell it"});
    }
}

Task<void> read_account(InstagramPoll& poll) {
    const std::string& account = poll.request.source.address;
    GraphCall call{
        account,
        {{"fields", "id,username,followers_count,follows_count,media_count"}},
        {"the Instagram account " + account, "instagram_basic and pages_read_engagement", true}};
    GraphResult<Json> answer = co_await poll.graph.get(std::move(call));
    if (!answer) {
        poll.edges.failed(answer.error(), {{"followers"}, {"following"}, {"posts"}});
        co_return;
    }
    poll.edges.read();
    poll.facts = parse_account(*answer);
    add_number(poll, "followers", "", poll.facts.followers);
    add_number(poll, "following", "", poll.facts.following);
    add_number(poll, "posts", "", poll.facts.posts);
}

void note_unreadable(int unreadable, const std::string& what, Observations& seen) {
    if (unreadable == 0) return;
    seen.warnings.push_back(std::to_string(unreadable) + " of " + what +
                            " came without an id and were left out");
}

/// Newest first as documented; what the account has pinned or what came out of order proves nothing
/// of what is missing.
bool is_newest_first(const std::vector<Post>& posts) {
    for (std::size_t i = 1; i < posts.size(); ++i) {
        const auto& newer = posts[i - 1].published;
        const auto& older = posts[i].published;
        if (!newer || !older || *newer < *older) return false;
    }
    return !posts.empty() && posts.front().published.has_value();
}

/// All media from the last one on that was read are known. Of a list that goes on, the last
/// instant itself may lie on both sides of the cut.
void claim_completeness(const std::vector<Post>& media, bool whole, Observations& seen) {
    if (!is_newest_first(media)) return;
    const sys_seconds oldest = *media.back().published;
    seen.complete.push_back({PostKind::post, whole ? oldest : oldest + seconds{1}});
}

/// What one list brought; the posts are among those of the poll as well.
struct ReadList {
    std::vector<Post> posts;
    std::optional<Json> first_answer;
    bool ok = false;
    bool whole = false;
};

Task<ReadList> read_list(InstagramPoll& poll, AccountList account_list, int pages = kPollPages) {
    ReadList result;
    account_list.list.max_pages = pages * 5;  // Meta may make pages smaller; the items decide
    account_list.list.max_items = static_cast<std::size_t>(pages) * kPollItems / kPollPages;
    if (pages == 1) account_list.list.max_pages = 1;
    MediaReader reader{poll.organisations, poll.facts.username};
    GraphList list{poll.graph, account_list.list};
    for (;;) {
        auto page = co_await list.next();
        if (!page) {
            poll.edges.failed(page.error(), {account_list.subject});
            co_return result;
        }
        if (!*page) break;
        poll.edges.read();
        if (!result.first_answer) result.first_answer = std::move((*page)->answer);
        for (Post& post : account_list.parse(reader, (*page)->items)) {
            if (!poll.ids.insert(post.remote_id).second) continue;
            poll.edges.seen.posts.push_back(post);
            result.posts.push_back(std::move(post));
        }
    }
    if (list.refused_fields()) {
        poll.edges.seen.warnings.push_back(list.refused_fields()->error.what +
                                           "; read without likes, comments and shares");
    }
    note_unreadable(reader.unreadable(), account_list.list.call.purpose.what, poll.edges.seen);
    result.ok = reader.unreadable() == 0;
    result.whole = list.complete();
    co_return result;
}

void add_mentions(const std::vector<std::string>& accounts, Post& post) {
    for (const std::string& account : accounts) {
        const auto known = std::find(post.mentions.begin(), post.mentions.end(), account);
        if (known == post.mentions.end()) post.mentions.push_back(account);
    }
    post.mentions_partial = false;
}

/// Who shares our newest media with us. Asked one by one, so only for what may still change.
Task<void> read_collaborators(InstagramPoll& poll) {
    if (poll.request.organisation_handles.empty()) co_return;
    int asked = 0;
    for (Post& post : poll.edges.seen.posts) {
        const bool fresh = post.kind == PostKind::post && post.published &&
                           poll.request.now - *post.published < kCollaboratorsNewerThan;
        if (!fresh || asked == kMostCollaboratorCalls) continue;
        ++asked;
        GraphCall call{post.remote_id + "/collaborators",
                       {{"fields", "id,username,invite_status"}},
                       {"who shares our media with us", "instagram_basic"},
                       true};
        GraphResult<Json> answer = co_await poll.graph.get(std::move(call));
        if (!answer && answer.error().action == GraphAction::missing) continue;
        if (!answer) {
            poll.edges.failed(answer.error(), {{"collaborators"}});
            co_return;
        }
        poll.edges.read();
        add_mentions(accepted_organisations(*answer, poll.organisations), post);
    }
}

/// One way in which Meta breaks the followers down by where they live.
struct Breakdown {
    const char* by;
    const char* memory;  ///< under which Meta's word on it is remembered
    const char* what;
    std::vector<EdgeSubject> metrics;
};

const Breakdown& by_city() {
    static const Breakdown kCities{"city",
                                   "follower_demographics by city",
                                   "the cities of the account's followers",
                                   {{"followers_city"}, {"followers_local"}}};
    return kCities;
}

const Breakdown& by_country() {
    static const Breakdown kCountries{"country",
                                      "follower_demographics by country",
                                      "the countries of the account's followers",
                                      {{"followers_country"}}};
    return kCountries;
}

GraphCall demographics_call(const InstagramPoll& poll, const Breakdown& breakdown) {
    return {
        poll.request.source.address + "/insights",
        {{"metric", "follower_demographics"},
         {"period", "lifetime"},
         {"metric_type", "total_value"},
         {"breakdown", breakdown.by},
         {"timeframe", "this_month"}},
        {breakdown.what, "instagram_basic, instagram_manage_insights and pages_read_engagement"},
        &breakdown == &by_country(),
        std::chrono::milliseconds{60'000}};
}

void note_no_places(InstagramPoll& poll, const Breakdown& breakdown) {
    const bool enough = poll.facts.followers && *poll.facts.followers >= 100;
    const std::string detail =
        enough ? "Meta answered with an empty list. Either the token lacks "
                 "instagram_manage_insights, or Meta has nothing yet -> narvaro token check "
                 "tells the first"
               : "Meta shows where followers live from 100 followers on";
    if (enough) poll.memory.note(breakdown.memory, MetricVerdict::empty, detail);
    for (const auto& [metric, dimension] : breakdown.metrics) {
        poll.edges.seen.gaps.push_back(
            {metric, "", enough ? GapReason::failed : GapReason::below_threshold, detail});
    }
}

/// @return empty where there is nothing, and then the gaps are told. What Meta has refused within
/// the last days is not asked for.
Task<std::optional<FollowerPlaces>> read_places(InstagramPoll& poll, const Breakdown& breakdown) {
    if (!poll.memory.choose({breakdown.memory})) {
        const auto word = poll.memory.last_word({breakdown.memory});
        for (const auto& [metric, dimension] : breakdown.metrics) {
            poll.edges.seen.gaps.push_back(gap_of(metric, *word));
        }
        co_return std::nullopt;
    }
    GraphResult<Json> answer = co_await poll.graph.get(demographics_call(poll, breakdown));
    if (!answer) {
        poll.memory.note_failure(breakdown.memory, answer.error());
        poll.edges.failed(answer.error(), breakdown.metrics);
        co_return std::nullopt;
    }
    poll.edges.read();
    auto places = account_places(*answer, breakdown.by, poll.request.now);
    if (places) {
        poll.memory.note(breakdown.memory, MetricVerdict::ok);
    } else {
        note_no_places(poll, breakdown);
    }
    co_return places;
}

Task<void> read_cities(InstagramPoll& poll) {
    const std::optional<FollowerPlaces> cities = co_await read_places(poll, by_city());
    if (!cities) co_return;
    add_city_samples(*cities, poll.request.places, poll.edges.seen);
    add_unplaced(*cities, poll.facts.followers, poll.edges.seen);
}

Task<void> read_countries(InstagramPoll& poll) {
    const std::optional<FollowerPlaces> countries = co_await read_places(poll, by_country());
    if (!countries) co_return;
    for (const auto& [country, count] : countries->counts) {
        poll.edges.seen.samples.push_back({"followers_country", country, countries->at, count});
    }
}

Task<void> read_demographics(InstagramPoll& poll) {
    if (poll.facts.followers && *poll.facts.followers < 100) {
        note_no_places(poll, by_city());
        note_no_places(poll, by_country());
        co_return;
    }
    co_await read_cities(poll);
    if (!poll.edges.ended()) co_await read_countries(poll);
}

std::string without_at(const std::string& handle) {
    return handle.starts_with('@') ? handle.substr(1) : handle;
}

/// The handles to watch, as they are asked for; what is none is told and left out.
std::vector<std::string> watched_handles(const PollRequest& request, Observations& seen) {
    std::vector<std::string> handles;
    for (const std::string& configured : request.source.watch) {
        std::string handle = without_at(configured);
        if (is_handle(handle)) {
            handles.push_back(std::move(handle));
            continue;
        }
        seen.problems.push_back({Fault::config,
                                 "\"" + configured + "\" in `watch` is no Instagram name",
                                 "write the name as in the account's address, without @"});
    }
    return handles;
}

Task<void> read_watched(InstagramPoll& poll, std::string handle) {
    const ReadList read =
        co_await read_list(poll, watched_list(poll.request.source.address, handle), 1);
    if (!read.first_answer) co_return;
    const Json* facts = member(*read.first_answer, "business_discovery");
    if (facts == nullptr) co_return;
    add_number(poll, "followers", handle, parse_account(*facts).followers);
}

/// Looks at all items, also at those that are not kept, as tags of private persons.
bool all_older(const Json& items, sys_seconds since) {
    return !items.empty() && std::all_of(items.begin(), items.end(), [&](const Json& item) {
        const auto at = time_at(item, "timestamp");
        return at && *at < since;
    });
}

/// One list back to `since`. A failure of the list goes to `edges`, one of the sink is returned.
Task<Result<void>> fill_list(InstagramPoll& poll, AccountList account_list, const Sink& sink) {
    account_list.list.max_pages = kBackfillBudget.calls;
    MediaReader reader{poll.organisations, poll.facts.username};
    GraphList list{poll.graph, account_list.list};
    for (;;) {
        auto page = co_await list.next();
        if (!page) poll.edges.failed(page.error(), {account_list.subject});
        if (!page || !*page) co_return Result<void>{};
        poll.edges.read();
        Observations kept;
        kept.cursor = std::string{};  // a page of a back-fill; Meta's own cursors die too soon
        const bool done = all_older((*page)->items, poll.request.since);
        for (Post& post : account_list.parse(reader, (*page)->items)) {
            const bool old = post.published && *post.published < poll.request.since;
            const bool is_new = poll.ids.insert(post.remote_id).second;
            if (!old && is_new) kept.posts.push_back(std::move(post));
        }
        const Result<void> stored = sink(std::move(kept));
        if (!stored || done) co_return stored;
    }
}

}  // namespace

Task<Result<Observations>> poll_instagram(Http& http, PollRequest request) {
    Graph graph{http, request.meta, request.now, kPollBudget};
    MetaEdges edges;
    InstagramPoll poll{request, graph, edges};
    const std::string& account = request.source.address;
    if (request.beat == kStoriesBeat) {
        co_await read_list(poll, story_list(account));
        co_return edges.finish(graph);
    }
    co_await read_account(poll);
    if (!edges.ended()) {
        const ReadList media = co_await read_list(poll, media_list(account));
        if (media.ok) claim_completeness(media.posts, media.whole, edges.seen);
    }
    if (!edges.ended()) co_await read_list(poll, story_list(account));
    if (!edges.ended()) co_await read_list(poll, collaboration_list(account));
    if (!edges.ended()) co_await read_list(poll, tag_list(account));
    if (!edges.ended()) co_await read_demographics(poll);
    for (const std::string& handle : watched_handles(request, edges.seen)) {
        if (!edges.ended()) co_await read_watched(poll, handle);
    }
    if (!edges.ended()) co_await read_collaborators(poll);
    edges.seen.judged_metrics = poll.memory.fresh();
    co_return edges.finish(graph);
}

Task<Result<void>> backfill_instagram(Http& http, PollRequest request, Sink sink) {
    Graph graph{http, request.meta, request.now, kBackfillBudget};
    MetaEdges edges;
    InstagramPoll poll{request, graph, edges};
    co_await read_account(poll);
    const std::string& account = request.source.address;
    std::vector<AccountList> lists{media_list(account), collaboration_list(account),
                                   tag_list(account)};
    for (const std::string& handle : watched_handles(request, edges.seen)) {
        lists.push_back(watched_list(account, handle));
    }
    std::optional<Error> unfinished;  // our own media were not read to the end
    for (std::size_t i = 0; i < lists.size() && !edges.ended(); ++i) {
        const std::size_t problems = edges.seen.problems.size();
        const Result<void> stored = co_await fill_list(poll, std::move(lists[i]), sink);
        if (!stored) co_return stored;
        if (i == 0 && edges.seen.problems.size() > problems) {
            unfinished = edges.seen.problems.back();
        }
    }
    Result<Observations> rest = edges.finish(graph);
    if (!rest) co_return tl::unexpected{rest.error()};
    if (edges.ended()) unfinished = rest->problems.back();
    rest->cursor = std::string{};
    const Result<void> stored = sink(std::move(*rest));
    if (stored && unfinished) co_return tl::unexpected{*unfinished};
    co_return stored;
}

}  // namespace narvaro
