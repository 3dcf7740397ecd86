#include "daemon/meta_access.h"

#include <algorithm>

#include "connectors/graph_url.h"
#include "connectors/meta_calendar.h"
#include "daemon/log.h"

namespace narvaro {
namespace {

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

}  // namespace

Result<void> add_meta_access(const ConfiguredSource& source, const Settings& settings,
                             const Environment& environment, PollRequest& request) {
    request.organisation_handles = organisations(settings);
    request.meta.api = settings.meta.api;
    request.meta.pace = settings.meta.pace;
    request.metrics = settings.meta.metrics;
    const auto& token_ref = source.token ? source.token : settings.meta.token;
    if (!token_ref) {
        return fail(Fault::config, "no token is configured",
                    "set `token` in [meta] or in the source");
    }
    auto token = resolve(*token_ref, environment);
    if (!token) return tl::unexpected{token.error()};
    log::mask(*token);
    request.meta.token = std::move(*token);
    auto app = meta_app(settings, environment);
    if (!app) return tl::unexpected{app.error()};
    request.meta.app_secret = std::move(app->secret);
    return {};
}

Result<MetaApp> meta_app(const Settings& settings, const Environment& environment) {
    MetaApp app{settings.meta.app_id, {}};
    if (!settings.meta.app_secret) return app;
    auto secret = resolve(*settings.meta.app_secret, environment);
    if (!secret) return tl::unexpected{secret.error()};
    log::mask(*secret);
    app.secret = std::move(*secret);
    return app;
}

std::vector<MetaEnding> meta_endings(const Settings& settings, sys_seconds now) {
    bool meta = false;
    bool ads = false;
    for (const ConfiguredSource& s : settings.sources) {
        meta = meta || is_meta(s.source.kind);
        ads = ads || s.source.kind == SourceKind::meta_ads;
    }
    if (!meta) return {};
    auto endings = version_endings(version_of(settings.meta.api), ads, now);
    for (const auto& [metric, names] : settings.meta.metrics) {
        if (auto ending = retirement(metric, names, now)) endings.push_back(std::move(*ending));
    }
    return endings;
}

std::optional<SecretRef> token_ref(const ConfiguredSource& source, const Settings& settings) {
    if (!is_meta(source.source.kind)) return {};
    return source.token ? source.token : settings.meta.token;
}

}  // namespace narvaro
