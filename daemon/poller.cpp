#include "daemon/poller.h"

#include <algorithm>

#include "connectors/http_url.h"
#include "daemon/feed_manners.h"
#include "daemon/meta_access.h"
#include "daemon/meta_budget.h"
#include "daemon/schedule.h"
#include "daemon/token_state.h"

namespace narvaro {
namespace {

/// While nobody can be reached, each source tries again this much later, whatever its rhythm.
constexpr std::chrono::minutes kRetryWhenDown{5};

constexpr std::chrono::hours kTokenLookEvery{20};  // once a day, whatever the jitter

/// Whether an address holds no feed, as against one that cannot be read for now.
bool no_feed_there(Fault fault) {
    return fault == Fault::not_found || fault == Fault::bad_reply || fault == Fault::refused;
}

/// The error with its source in front, once.
Error named(Error error, const std::string& source) {
    const std::string noun = "source " + source + ": ";
    if (!error.what.starts_with(noun)) error.what = noun + error.what;
    return error;
}

void add_host(const std::string& address, std::set<std::string>& hosts) {
    if (const auto url = parse_http_url(address)) hosts.insert(url->host);
}

}  // namespace

std::set<std::string> configured_hosts(const Settings& settings) {
    std::set<std::string> hosts;
    add_host(settings.meta.api, hosts);
    for (const ConfiguredSource& s : settings.sources) {
        if (!is_meta(s.source.kind)) add_host(s.source.address, hosts);
    }
    return hosts;
}

Poller::Poller(Http& http, const Settings& settings, Store& store, Environment environment)
    : http_(http), settings_(settings), store_(store), environment_(std::move(environment)) {
    for (const ConfiguredSource& s : settings.sources) {
        if (!is_meta(s.source.kind)) addresses_.insert(s.source.address);
    }
}

Result<PollRequest> Poller::request_for(const ConfiguredSource& source, const SourceStatus& status,
                                        const PollOrder& order) const {
    PollRequest request;
    request.source = source.source;
    request.now = order.now;
    request.beat = order.beat;
    request.places = settings_.places;
    request.validators = status.validators;
    request.cursor = status.cursor;
    if (is_meta(source.source.kind)) {
        const auto added = add_meta_access(source, settings_, environment_, request);
        if (!added) return tl::unexpected{added.error()};
        auto judged = store_.metric_verdicts(source.source.id);
        if (!judged) return tl::unexpected{judged.error()};
        request.judged_metrics = std::move(*judged);
    } else {
        request.source.address = address_in_use(status, addresses_);
        request.unconditional = order.whole_feed || asks_for_the_whole(status, order.now);
    }
    return request;
}

std::string host_of(const Source& source, const Settings& settings) {
    const auto url = parse_http_url(is_meta(source.kind) ? settings.meta.api : source.address);
    return url ? url->host + ":" + url->port : source.address;
}

Result<std::optional<sys_seconds>> Poller::patience(const Source& source,
                                                    const PollOrder& order) const {
    const sys_seconds now = order.now;
    if (is_meta(source.kind)) {
        // Meta counts by app and account and says so in its own headers: its host is not one
        // queue. Our own budget binds the service; a story that is not read in time is lost.
        if (!order.by_service || !order.beat.empty()) return std::optional<sys_seconds>{};
        return meta_rests_until(store_, settings_.meta.calls_a_day, now);
    }
    auto until = store_.host_wait(host_of(source, settings_));
    if (until && *until && **until <= now) until->reset();
    return until;
}

void Poller::put_off(const Source& source, sys_seconds until, const PollOrder& order,
                     PollReport& report) {
    const Result<void> kept = order.beat.empty()
                                  ? store_.set_next_poll(source.id, until)
                                  : store_.set_next_beat(source.id, order.beat, until);
    if (!kept) report.failures.push_back(kept.error());
}

void Poller::keep_failure(const ConfiguredSource& source, Error error, const PollOrder& order,
                          PollReport& report) {
    const sys_seconds now = order.now;
    error = named(std::move(error), source.source.id);
    report.failures.push_back(error);
    if (reach_.is_down(host_of(source.source, settings_), error, now)) {
        report.network_down = true;
        put_off(source.source, now + kRetryWhenDown, order, report);
        return;
    }
    if (error.retry_after && !is_meta(source.source.kind)) {
        const auto wait = std::min(*error.retry_after, kLongestWait);
        const auto kept = store_.keep_host_wait(host_of(source.source, settings_), now + wait);
        if (!kept) report.failures.push_back(kept.error());
    }
    const auto status = store_.status(source.source.id);
    if (status && no_feed_there(error.fault) && !status->moved_to.empty()) {
        const auto forgotten = store_.forget_move(source.source.id);
        if (!forgotten) report.failures.push_back(forgotten.error());
    }
    const int failures = status ? static_cast<int>(status->consecutive_failures) + 1 : 1;
    const PollEnd end{now, failures, error.retry_after};
    PollOutcome outcome{now, error, false, next_poll(source.source, end)};
    if (!order.beat.empty()) {
        outcome.one_edge = true;
        outcome.beats[order.beat] = next_beat(source.source, order.beat, end);
        if (status && status->next_poll) outcome.next_poll = *status->next_poll;
    }
    if (const auto kept = store_.poll_failed(source.source.id, outcome); !kept) {
        report.failures.push_back(kept.error());
    }
}

void Poller::keep(const ConfiguredSource& source, const Observations& seen, const PollOrder& order,
                  PollReport& report, const SourceStatus* known) {
    const sys_seconds now = order.now;
    for (Error problem : seen.problems) {
        report.failures.push_back(named(std::move(problem), source.source.id));
    }
    const std::optional<Error> first =
        report.failures.empty() ? std::nullopt : std::optional{report.failures.front()};
    const auto status = known ? Result<SourceStatus>{*known} : store_.status(source.source.id);
    PollEnd end{now, 0, seen.ask_again_after, {}};
    const auto ttl = seen.not_modified && status ? status->feed_ttl : seen.feed_ttl;
    if (ttl) end.server_says = std::max(end.server_says.value_or(seconds{0}), *ttl);
    const bool is_website = source.source.kind == SourceKind::website;
    if (is_website && status) end.news_at = status->news_at;
    PollOutcome outcome{now, first, true, next_poll(source.source, end)};
    if (!order.beat.empty()) {
        outcome.one_edge = true;
        if (status && status->next_poll) outcome.next_poll = *status->next_poll;
    }
    for (const Beat& beat : connector_for(source.source.kind).beats) {
        if (!order.beat.empty() && order.beat != beat.name) continue;
        outcome.beats[beat.name] = next_beat(source.source, beat.name, end);
    }
    const auto counts = store_.apply(source.source.id, seen, outcome);
    if (!counts) {
        report.failures.push_back(counts.error());
        return;
    }
    report.stored = true;
    report.posts_new += counts->posts_added;
    report.posts_revised += counts->posts_revised;
    report.samples_new += counts->samples_added;
    report.warnings = seen.warnings;
    if (status) report.next_poll = next_due(*status, outcome);
    if (!is_website) return;
    const auto after = store_.status(source.source.id);
    if (after && after->news_at == now) {
        // Known only now that it is stored. Lost in a crash, it costs the early looks, no post.
        end.news_at = now;
        outcome.next_poll = next_poll(source.source, end);
        report.next_poll = next_due(*after, outcome);
        const auto soon = store_.set_next_poll(source.source.id, outcome.next_poll);
        if (!soon) report.failures.push_back(soon.error());
    }
}

void Poller::count_calls(int calls, sys_seconds now, PollReport& report) {
    const auto counted = add_meta_calls(store_, calls, now);
    if (!counted) report.failures.push_back(counted.error());
}

void Poller::note_next_poll(PollReport& report) const {
    const auto status = store_.status(report.source);
    if (status) report.next_poll = next_due(*status);
}

Task<void> Poller::look_at_token(const ConfiguredSource& source, MetaAccess access, sys_seconds now,
                                 PollReport& report) {
    const auto& ref = source.token ? source.token : settings_.meta.token;
    const std::string where = to_string(*ref);
    const auto before = token_state(store_, where);
    const bool fresh = before && *before && now - (*before)->checked < kTokenLookEvery;
    auto app = meta_app(settings_, environment_);
    if (fresh || !app) co_return;  // an app that cannot be had was told by the poll itself
    MeteredHttp metered{http_};
    const auto facts = co_await inspect_token(metered, std::move(access), std::move(*app));
    count_calls(metered.calls(), now, report);
    if (!facts) {
        report.warnings.push_back(facts.error().what);
        co_return;
    }
    const TokenState state = state_of(*facts, now);
    report.token_warning = token_warning(state, now, before ? *before : std::nullopt);
    const auto kept = keep_token_state(store_, where, state);
    if (!kept) report.failures.push_back(kept.error());
}

Task<PollReport> Poller::poll(const ConfiguredSource& source, PollOrder order) {
    PollReport report;
    report.source = source.source.id;
    Result<std::optional<sys_seconds>> wait;
    Result<SourceStatus> status = tl::unexpected<Error>{Error{}};
    const Result<void> looked = store_.at_one_moment([&]() -> Result<void> {
        wait = patience(source.source, order);
        status = store_.status(source.source.id);
        return {};
    });
    if (looked && wait && *wait) {
        report.put_off = **wait;
        put_off(source.source, **wait, order, report);
        note_next_poll(report);
        co_return report;
    }
    Result<PollRequest> request = [&]() -> Result<PollRequest> {
        if (!looked) return tl::unexpected{looked.error()};
        if (!wait) return tl::unexpected{wait.error()};
        if (!status) return tl::unexpected{status.error()};
        return request_for(source, *status, order);
    }();
    if (!request) {
        keep_failure(source, request.error(), order, report);
        note_next_poll(report);
        co_return report;
    }
    const Connector& connector = connector_for(source.source.kind);
    const std::string own_address = source.source.address;
    const std::string asked_address = request->source.address;
    const MetaAccess access = request->meta;
    const bool whole = request->unconditional && !request->validators.empty();
    MeteredHttp metered{http_};
    Result<Observations> seen = co_await connector.poll(metered, std::move(*request));
    if (is_meta(source.source.kind)) count_calls(metered.calls(), order.now, report);
    if (!seen) {
        keep_failure(source, seen.error(), order, report);
        note_next_poll(report);
    } else {
        reach_.is_down(host_of(source.source, settings_), {}, order.now);
        if (asked_address != own_address) {
            seen->warnings.push_back(
                "read at its new address " + place_of(asked_address) +
                ", where it has moved for good; write it in the configuration");
        }
        keep(source, *seen, order, report, &*status);
        if (whole && seen->validators_repeated && report.posts_new + report.posts_revised > 0) {
            report.warnings.push_back(
                "its server had said that nothing was new, but there was: it is asked for the "
                "whole feed for a month");
        }
    }
    if (is_meta(source.source.kind) && order.beat.empty() && !report.network_down) {
        co_await look_at_token(source, access, order.now, report);
    }
    co_return report;
}

Task<PollReport> Poller::backfill(const ConfiguredSource& source, sys_seconds since,
                                  sys_seconds now, PageSeen page_seen) {
    PollReport report;
    report.source = source.source.id;
    const Connector& connector = connector_for(source.source.kind);
    if (connector.backfill == nullptr) co_return report;
    const PollOrder order{now};
    const auto status = store_.status(source.source.id);
    Result<PollRequest> request = status ? request_for(source, *status, order)
                                         : Result<PollRequest>{tl::unexpected{status.error()}};
    if (!request) {
        keep_failure(source, request.error(), order, report);
        co_return report;
    }
    request->since = since;
    std::size_t posts = 0;
    const Sink sink = [&](Observations page) -> Result<void> {
        posts += page.posts.size();
        std::optional<sys_seconds> oldest;
        for (const Post& post : page.posts) {
            if (post.published && (!oldest || *post.published < *oldest)) oldest = post.published;
        }
        // A page with a cursor, be it an empty one, says nothing of the source's other edges.
        if (!page.cursor) page.cursor = "";
        const std::size_t before = report.failures.size();
        keep(source, page, order, report, nullptr);
        if (report.failures.size() > before + page.problems.size()) {
            return tl::unexpected{report.failures.back()};
        }
        if (page_seen) page_seen(posts, oldest);
        return {};
    };
    MeteredHttp metered{http_};
    const Result<void> done = co_await connector.backfill(metered, std::move(*request), sink);
    if (is_meta(source.source.kind)) count_calls(metered.calls(), now, report);
    if (!done) {
        keep_failure(source, done.error(), order, report);
        co_return report;
    }
    const Result<void> noted = store_.backfill_finished(source.source.id, since);
    if (!noted) report.failures.push_back(noted.error());
    co_return report;
}

}  // namespace narvaro
