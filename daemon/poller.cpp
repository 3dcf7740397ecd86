#include "daemon/poller.h"

#include <algorithm>

#include "connectors/http_url.h"
#include "daemon/log.h"
#include "daemon/schedule.h"

namespace narvaro {
namespace {

bool is_meta(SourceKind kind) {
    return kind == SourceKind::facebook || kind == SourceKind::instagram ||
           kind == SourceKind::meta_ads;
}

/// Accounts that are organisations by the rules or the configuration: only these may be stored as
/// mentions. An entry that ends in '*' is the beginning of a handle.
std::vector<std::string> organisations(const Settings& settings) {
    std::vector<std::string> handles;
    for (const ConfiguredSource& s : settings.sources) {
        handles.insert(handles.end(), s.source.watch.begin(), s.source.watch.end());
    }
    for (const LabelRules& rules : settings.rules.labels) {
        handles.insert(handles.end(), rules.allow_handles.begin(), rules.allow_handles.end());
        for (const Term& term : rules.terms) {
            if (term.kind == Term::Kind::handle) handles.push_back(term.match + "*");
        }
    }
    std::sort(handles.begin(), handles.end());
    handles.erase(std::unique(handles.begin(), handles.end()), handles.end());
    return handles;
}

/// Feeds show a window of the newest items; how many articles there are in all is known here.
Result<void> add_post_count(const Store& store, const Source& source, sys_seconds now,
                            Observations& seen) {
    const bool is_feed = source.kind == SourceKind::website || source.kind == SourceKind::press;
    if (!is_feed || seen.not_modified) return {};
    std::int64_t count = 0;
    PostListing listing;
    listing.source = source.id;
    const auto counted = store.each_post(listing, kKnownToday, [&](const StoredPost&) {
        ++count;
        return true;
    });
    if (!counted) return counted;
    for (const Post& post : seen.posts) {
        const auto known = store.post(post_id(source.id, post.remote_id), kKnownToday);
        if (!known) return tl::unexpected{known.error()};
        if (!*known) ++count;
    }
    seen.samples.push_back({"posts", "", now, static_cast<double>(count)});
    return {};
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

Result<PollRequest> Poller::request_for(const ConfiguredSource& source, sys_seconds now) const {
    PollRequest request;
    request.source = source.source;
    request.now = now;
    request.places = settings_.places;
    const auto status = store_.status(source.source.id);
    if (!status) return tl::unexpected{status.error()};
    request.validators = status->validators;
    request.cursor = status->cursor;
    if (!is_meta(source.source.kind)) return request;

    request.organisation_handles = organisations(settings_);
    request.meta.api = settings_.meta.api;
    request.meta.pace = settings_.meta.pace;
    const auto& token_ref = source.token ? source.token : settings_.meta.token;
    if (!token_ref) {
        return fail(Fault::config, "no token is configured",
                    "set `token` in [meta] or in the source");
    }
    auto token = resolve(*token_ref, environment_);
    if (!token) return tl::unexpected{token.error()};
    log::mask(*token);
    request.meta.token = std::move(*token);
    if (settings_.meta.app_secret) {
        auto secret = resolve(*settings_.meta.app_secret, environment_);
        if (!secret) return tl::unexpected{secret.error()};
        log::mask(*secret);
        request.meta.app_secret = std::move(*secret);
    }
    return request;
}

void Poller::keep_failure(const ConfiguredSource& source, Error error, sys_seconds now,
                          PollReport& report) {
    error = named(std::move(error), source.source.id);
    const auto status = store_.status(source.source.id);
    const int failures = status ? static_cast<int>(status->consecutive_failures) + 1 : 1;
    const PollOutcome outcome{now, error, false,
                              next_poll(source.source, {now, failures, error.retry_after})};
    report.failures.push_back(std::move(error));
    if (const auto kept = store_.poll_failed(source.source.id, outcome); !kept) {
        report.failures.push_back(kept.error());
    }
}

void Poller::keep(const ConfiguredSource& source, const Observations& seen, sys_seconds now,
                  PollReport& report) {
    for (Error problem : seen.problems) {
        report.failures.push_back(named(std::move(problem), source.source.id));
    }
    const std::optional<Error> first =
        report.failures.empty() ? std::nullopt : std::optional{report.failures.front()};
    const PollOutcome outcome{now, first, true,
                              next_poll(source.source, {now, 0, seen.ask_again_after})};
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
}

Task<PollReport> Poller::poll(const ConfiguredSource& source, sys_seconds now) {
    PollReport report;
    report.source = source.source.id;
    Result<PollRequest> request = request_for(source, now);
    if (!request) {
        keep_failure(source, request.error(), now, report);
        co_return report;
    }
    const Connector& connector = connector_for(source.source.kind);
    Result<Observations> seen = co_await connector.poll(http_, std::move(*request));
    if (!seen) {
        keep_failure(source, seen.error(), now, report);
        co_return report;
    }
    const Result<void> counted = add_post_count(store_, source.source, now, *seen);
    if (!counted) report.failures.push_back(counted.error());
    keep(source, *seen, now, report);
    co_return report;
}

Task<PollReport> Poller::backfill(const ConfiguredSource& source, sys_seconds since,
                                  sys_seconds now, PageSeen page_seen) {
    PollReport report;
    report.source = source.source.id;
    const Connector& connector = connector_for(source.source.kind);
    if (connector.backfill == nullptr) co_return report;
    Result<PollRequest> request = request_for(source, now);
    if (!request) {
        keep_failure(source, request.error(), now, report);
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
        keep(source, page, now, report);
        if (report.failures.size() > before + page.problems.size()) {
            return tl::unexpected{report.failures.back()};
        }
        if (page_seen) page_seen(posts, oldest);
        return {};
    };
    const Result<void> done = co_await connector.backfill(http_, std::move(*request), sink);
    if (!done) {
        keep_failure(source, done.error(), now, report);
        co_return report;
    }
    const Result<void> noted = store_.backfill_finished(source.source.id, since);
    if (!noted) report.failures.push_back(noted.error());
    co_return report;
}

}  // namespace narvaro
