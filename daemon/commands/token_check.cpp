// narvaro token check: what Meta says of the tokens, and how each endpoint answers.
#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

#include "connectors/http_client.h"
#include "connectors/meta_probes.h"
#include "daemon/commands/commands.h"
#include "daemon/environment.h"
#include "daemon/meta_access.h"
#include "daemon/poller.h"
#include "daemon/run_loop.h"
#include "daemon/table.h"
#include "daemon/token_state.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

using Object = nlohmann::ordered_json;

/// A token and the sources that are polled with it.
struct Checked {
    std::string where;  ///< "credential:meta-token"
    std::vector<const ConfiguredSource*> sources;
    Result<TokenFacts> facts = TokenFacts{};
    std::vector<NeededScope> missing{};
    std::vector<NeededScope> present{};
    std::vector<std::pair<std::string, ProbeResult>> probes{};  ///< with the source's id
};

/// The tokens of the configuration, each once, in the order of the sources.
std::vector<Checked> tokens_of(const Settings& settings) {
    std::vector<Checked> tokens;
    for (const ConfiguredSource& s : settings.sources) {
        const auto& ref = s.token ? s.token : settings.meta.token;
        if (!is_meta(s.source.kind) || !ref) continue;
        const std::string where = to_string(*ref);
        auto known = std::find_if(tokens.begin(), tokens.end(),
                                  [&](const Checked& c) { return c.where == where; });
        if (known == tokens.end()) known = tokens.insert(tokens.end(), Checked{where, {}});
        known->sources.push_back(&s);
    }
    return tokens;
}

class TokenCheck {
  public:
    explicit TokenCheck(App& app) : app_(app), http_(loop_, options_for(app.settings)) {}

    Result<void> run(Checked& token) {
        PollRequest request;
        const auto access =
            add_meta_access(*token.sources.front(), app_.settings, process_environment(), request);
        if (!access) return access;
        auto app = meta_app(app_.settings, process_environment());
        if (!app) return tl::unexpected{app.error()};
        token.facts = run_on(loop_, inspect_token(http_, request.meta, *app));
        if (token.facts) compare_scopes(token);
        if (is_worth_probing(token.facts)) probe(token);
        if (!token.facts) return {};
        // What Meta refused to another token may work with this one: the next poll asks again.
        for (const ConfiguredSource* s : token.sources) {
            const auto forgotten = app_.store.forget_metric_verdicts(s->source.id);
            if (!forgotten) return forgotten;
        }
        return keep_token_state(app_.store, token.where, state_of(*token.facts, app_.now));
    }

  private:
    static HttpOptions options_for(const Settings& settings) {
        HttpOptions options;
        options.private_hosts = configured_hosts(settings);
        return options;
    }

    /// A token that Meta refuses, and a network that is down, would say the same at every endpoint.
    static bool is_worth_probing(const Result<TokenFacts>& facts) {
        if (facts) return facts->valid;
        return facts.error().fault != Fault::network && facts.error().fault != Fault::offline;
    }

    static void compare_scopes(Checked& token) {
        std::vector<SourceKind> kinds;
        for (const ConfiguredSource* s : token.sources) kinds.push_back(s->source.kind);
        const auto& granted = token.facts->scopes;
        for (NeededScope& needed : needed_scopes(kinds)) {
            const bool has =
                std::find(granted.begin(), granted.end(), needed.scope) != granted.end();
            (has ? token.present : token.missing).push_back(std::move(needed));
        }
    }

    void probe(Checked& token) {
        for (const ConfiguredSource* source : token.sources) {
            PollRequest request;
            request.source = source->source;
            request.now = app_.now;
            const auto access =
                add_meta_access(*source, app_.settings, process_environment(), request);
            if (!access) continue;  // the same token was had a moment ago
            for (ProbeResult& result : run_on(loop_, probe_source(http_, std::move(request)))) {
                token.probes.emplace_back(source->source.id, std::move(result));
            }
        }
    }

    App& app_;
    asio::io_context loop_;
    HttpClient http_;
};

/// Whether a person must do something about it.
bool is_well(const Checked& token) {
    if (!token.facts || !token.facts->valid || !token.missing.empty()) return false;
    return std::all_of(token.probes.begin(), token.probes.end(),
                       [](const auto& probe) { return probe.second.answered; });
}

std::string answer_word(const ProbeResult& probe) {
    if (!probe.answered) return probe.error ? probe.error->what : "no answer";
    return probe.empty ? "nothing: none there, or the permission is missing" : "ok";
}

Object instant_json(const std::optional<sys_seconds>& t) {
    return t ? Object(format_utc(*t)) : Object(nullptr);
}

Object token_json(const Checked& token, sys_seconds now) {
    Object json{{"token", token.where}, {"ok", is_well(token)}};
    json["sources"] = Object::array();
    for (const ConfiguredSource* s : token.sources) json["sources"].push_back(s->source.id);
    if (!token.facts) {
        json["error"] = token.facts.error().what;
    } else {
        const TokenState state = state_of(*token.facts, now);
        const auto days = token_days_left(state, now);
        json["valid"] = token.facts->valid;
        json["type"] = token.facts->type;
        json["app_id"] = token.facts->app;
        json["profile_id"] = token.facts->profile;
        json["expires_at"] = instant_json(token.facts->expires);
        json["data_access_expires_at"] = instant_json(token.facts->data_access_expires);
        json["days_left"] = days ? Object(*days) : Object(nullptr);
    }
    json["scopes"] = Object::array();
    for (const auto* list : {&token.present, &token.missing}) {
        for (const NeededScope& n : *list) {
            json["scopes"].push_back(
                {{"scope", n.scope}, {"for", n.what}, {"present", list == &token.present}});
        }
    }
    json["probes"] = Object::array();
    for (const auto& [source, probe] : token.probes) {
        json["probes"].push_back({{"source", source},
                                  {"what", probe.what},
                                  {"permission", probe.permission},
                                  {"answered", probe.answered},
                                  {"empty", probe.empty},
                                  {"error", probe.error ? Object(probe.error->what) : Object()}});
    }
    return json;
}

std::string end_words(const std::optional<sys_seconds>& end) {
    return end ? "until " + format_utc(*end).substr(0, 10) : "without an end";
}

void print_token(const Checked& token, sys_seconds now) {
    std::cout << token.where << "\n";
    if (token.facts) {
        const TokenFacts& f = *token.facts;
        std::cout << "  " << (f.valid ? "valid" : "not valid") << ", kind "
                  << (f.type.empty() ? "unknown" : harmless_line(f.type)) << ", app "
                  << harmless_line(f.app) << ", " << end_words(f.expires);
        if (f.data_access_expires) std::cout << "; data " << end_words(f.data_access_expires);
        std::cout << "\n";
        const auto warning = token_warning(state_of(f, now), now, {});
        if (warning) std::cout << "  " << warning->what << "\n    -> " << warning->remedy << "\n";
    }
    if (!token.present.empty() || !token.missing.empty()) {
        Table scopes{{{"PERMISSION"}, {"NEEDED FOR"}, {"THERE"}}};
        for (const NeededScope& n : token.present) scopes.add({n.scope, n.what, "yes"});
        for (const NeededScope& n : token.missing) scopes.add({n.scope, n.what, "MISSING"});
        std::cout << "\n" << scopes.text();
    }
    if (token.probes.empty()) return;
    Table probes{{{"SOURCE"}, {"ASKED FOR"}, {"NEEDS"}, {"ANSWER", Table::Align::left, 100}}};
    for (const auto& [source, probe] : token.probes) {
        probes.add({source, probe.what, probe.permission, answer_word(probe)});
    }
    std::cout << "\n" << probes.text();
}

void complain_of(const Checked& token) {
    if (!token.facts) complain(token.facts.error());
    for (const NeededScope& n : token.missing) {
        complain(
            {Fault::permission,
             token.where + ": permission " + n.scope + " is missing; " + n.what + " cannot be read",
             "make a token with it, then: narvaro token exchange",
             {}});
    }
    for (const auto& [source, probe] : token.probes) {
        if (!probe.error) continue;
        Error error = *probe.error;
        error.what = "source " + source + ": " + error.what;
        complain(error);
    }
}

}  // namespace

int run(const TokenCheckCommand& command, App& app) {
    std::vector<Checked> tokens = tokens_of(app.settings);
    if (tokens.empty()) {
        return complain({Fault::config,
                         "no Meta source with a token is configured",
                         "write token = \"credential:meta-token\" in [meta]",
                         {}});
    }
    TokenCheck checker{app};
    Object list = Object::array();
    bool well = true;
    for (Checked& token : tokens) {
        if (const auto done = checker.run(token); !done) return complain(done.error());
        well = well && is_well(token);
        if (command.format == Format::json)
            list.push_back(token_json(token, app.now));
        else
            print_token(token, app.now);
        complain_of(token);
    }
    if (command.format == Format::json) {
        std::cout << Object{{"tokens", std::move(list)}}.dump(2, ' ', false,
                                                              Object::error_handler_t::replace)
                  << "\n";
    }
    return well ? kExitWell : kExitFailed;
}

}  // namespace narvaro
