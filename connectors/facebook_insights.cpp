#include "connectors/facebook_insights.h"

#include <algorithm>

#include "connectors/follower_cities.h"
#include "connectors/metric_memory.h"

namespace narvaro {
namespace {

constexpr char kNeeded[] = "read_insights and pages_read_engagement";
constexpr char kCities[] = "followers_city";

struct InsightsPoll {
    const PollRequest& request;
    Graph& graph;
    MetaEdges& edges;
    std::optional<std::int64_t> followers;
    MetricMemory memory;
};

/// One of our metrics and Meta's name for it.
struct Wanted {
    std::string metric;
    std::string name;
};

std::string unix_day(sys_seconds now, int days) {
    const auto day = date::floor<date::days>(now) + date::days{days};
    return std::to_string(sys_seconds{day}.time_since_epoch().count());
}

/// Yesterday is often late and the days before it are still corrected: the last three are read.
GraphCall insights_call(const InsightsPoll& poll, const std::string& names, const char* period,
                        const std::string& what) {
    return {poll.request.source.address + "/insights",
            {{"metric", names},
             {"period", period},
             {"since", unix_day(poll.request.now, -3)},
             {"until", unix_day(poll.request.now, 1)}},
            {what, kNeeded},
            false,
            std::chrono::milliseconds{60'000}};
}

/// Adds every day that is told. @return whether there was any
bool add_days(InsightsPoll& poll, const Json& answer, const Wanted& wanted) {
    bool any = false;
    for (const Json& insight : list_at(answer, "data")) {
        if (text_at(insight, "name") != wanted.name) continue;
        for (const Json& day : list_at(insight, "values")) {
            const auto value = count_at(day, "value");
            const auto end = time_at(day, "end_time");
            if (!value || !end || *end > poll.request.now) continue;
            poll.edges.seen.samples.push_back(
                {wanted.metric, "", *end, static_cast<double>(*value)});
            any = true;
        }
    }
    return any;
}

void take_answer(InsightsPoll& poll, const Json& answer, const std::vector<Wanted>& wanted) {
    poll.edges.read();
    for (const Wanted& one : wanted) {
        const bool any = add_days(poll, answer, one);
        poll.memory.note(one.name, any ? MetricVerdict::ok : MetricVerdict::empty,
                         any ? "" : "Meta answered with an empty list for " + one.name);
    }
}

/// What is said of the call and not of a metric in it ends the reading of all.
bool is_about_a_metric(const GraphFailure& failure) {
    switch (failure.action) {
        case GraphAction::retired:
        case GraphAction::bug:
        case GraphAction::skip:
        case GraphAction::stop_permission:
            return true;
        case GraphAction::retry:  // an unsupported mixture answers "unknown error"
            return failure.code == 1;
        default:
            return false;
    }
}

/// One name after the other until one works, all are dead, or the poll ends.
Task<void> read_alone(InsightsPoll& poll, const std::string& metric,
                      const std::vector<std::string>& candidates) {
    while (const auto name = poll.memory.choose(candidates)) {
        GraphResult<Json> answer =
            co_await poll.graph.get(insights_call(poll, *name, "day", "the Page's " + metric));
        if (answer) {
            take_answer(poll, *answer, {{metric, *name}});
            if (poll.memory.last_word({*name})->verdict == MetricVerdict::ok) co_return;
            continue;
        }
        poll.memory.note_failure(*name, answer.error());
        if (answer.error().action == GraphAction::retired) continue;
        poll.edges.failed(answer.error(), {{metric.c_str()}});
        co_return;
    }
}

/// The first name of each figure that may work.
std::vector<Wanted> wanted_figures(const InsightsPoll& poll) {
    std::vector<Wanted> wanted;
    for (const auto& [metric, candidates] : poll.request.metrics) {
        if (metric == kCities) continue;
        if (auto name = poll.memory.choose(candidates)) wanted.push_back({metric, *name});
    }
    return wanted;
}

void note_missing(InsightsPoll& poll) {
    for (const auto& [metric, candidates] : poll.request.metrics) {
        if (metric == kCities || poll.memory.choose(candidates)) continue;
        const auto& gaps = poll.edges.seen.gaps;
        const bool told = std::any_of(gaps.begin(), gaps.end(),
                                      [&](const Gap& gap) { return gap.metric == metric; });
        const auto word = poll.memory.last_word(candidates);
        if (word && !told) poll.edges.seen.gaps.push_back(gap_of(metric, *word));
    }
}

Task<void> read_figures(InsightsPoll& poll) {
    const std::vector<Wanted> wanted = wanted_figures(poll);
    if (wanted.empty()) co_return;
    std::string names;
    for (const Wanted& one : wanted) names += (names.empty() ? "" : ",") + one.name;
    GraphResult<Json> answer =
        co_await poll.graph.get(insights_call(poll, names, "day", "the Page's figures"));
    if (answer) {
        take_answer(poll, *answer, wanted);
        co_return;
    }
    const GraphFailure& failure = answer.error();
    if (!is_about_a_metric(failure)) {
        for (const Wanted& one : wanted) poll.edges.failed(failure, {{one.metric.c_str()}});
        co_return;
    }
    if (failure.action == GraphAction::skip || failure.action == GraphAction::stop_permission) {
        for (const Wanted& one : wanted) poll.memory.note_failure(one.name, failure);
        if (failure.action == GraphAction::stop_permission) poll.edges.failed(failure, {});
        co_return;
    }
    for (const Wanted& one : wanted) {
        if (poll.edges.ended()) co_return;
        co_await read_alone(poll, one.metric, poll.request.metrics.at(one.metric));
    }
}

void note_no_cities(InsightsPoll& poll, const std::string& name) {
    const bool small = poll.followers && *poll.followers < 100;
    const std::string detail =
        small ? "Meta shows the cities of followers from 100 followers on"
              : "Meta answered with an empty list. Either the token lacks read_insights, or the "
                "Page has fewer than 100 followers, or Meta has nothing yet -> narvaro token "
                "check tells the first";
    poll.memory.note(name, small ? MetricVerdict::below_threshold : MetricVerdict::empty, detail);
    const GapReason reason = small ? GapReason::below_threshold : GapReason::failed;
    for (const char* metric : {kCities, "followers_local"}) {
        poll.edges.seen.gaps.push_back({metric, "", reason, detail});
    }
}

void add_cities(InsightsPoll& poll, const FollowerPlaces& cities, const std::string& name) {
    poll.memory.note(name, MetricVerdict::ok);
    add_city_samples(cities, poll.request.places, poll.edges.seen);
    add_unplaced(cities, poll.followers, poll.edges.seen);
}

/// Documents disagree on the period, and a wrong one answers with nothing: `day` is what is known
/// to work, the others are tried after it.
Task<void> read_cities(InsightsPoll& poll) {
    const auto known = poll.request.metrics.find(kCities);
    if (known == poll.request.metrics.end() || known->second.empty()) co_return;
    const std::vector<std::string>& candidates = known->second;
    while (const auto name = poll.memory.choose(candidates)) {
        bool retired = false;
        for (const char* period : {"day", "week", "lifetime"}) {
            GraphResult<Json> answer = co_await poll.graph.get(
                insights_call(poll, *name, period, "the cities of the Page's followers"));
            if (!answer) {
                poll.memory.note_failure(*name, answer.error());
                retired = answer.error().action == GraphAction::retired;
                if (retired && poll.memory.choose(candidates)) break;
                poll.edges.failed(answer.error(), {{kCities}, {"followers_local"}});
                co_return;
            }
            poll.edges.read();
            const auto cities = newest_page_places(*answer, *name, poll.request.now);
            if (!cities) continue;
            add_cities(poll, *cities, *name);
            co_return;
        }
        if (retired) continue;
        note_no_cities(poll, *name);
        co_return;
    }
    if (const auto word = poll.memory.last_word(candidates)) {
        for (const char* metric : {kCities, "followers_local"}) {
            poll.edges.seen.gaps.push_back(gap_of(metric, *word));
        }
    }
}

}  // namespace

Task<void> read_page_insights(const PollRequest& request, Graph& graph, MetaEdges& edges,
                              std::optional<std::int64_t> followers) {
    InsightsPoll poll{request, graph, edges, followers,
                      MetricMemory{request.judged_metrics, request.now}};
    co_await read_figures(poll);
    if (!edges.ended()) note_missing(poll);
    if (!edges.ended()) co_await read_cities(poll);
    edges.seen.judged_metrics = poll.memory.fresh();
}

}  // namespace narvaro
