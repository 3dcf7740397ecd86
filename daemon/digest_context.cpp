#include "daemon/digest_context.h"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/version.h"
#include "daemon/meta_access.h"
#include "daemon/token_state.h"

namespace narvaro {
namespace {

using Json = nlohmann::ordered_json;

Json instant_json(const std::optional<sys_seconds>& t) {
    return t ? Json(format_utc(*t)) : Json(nullptr);
}

std::optional<sys_seconds> instant_of(const Json& json) {
    if (json.is_null()) return {};
    auto instant = parse_instant(json.get<std::string>());
    if (!instant) throw std::invalid_argument{"\"" + json.get<std::string>() + "\" is no instant"};
    return instant;
}

Json source_json(const DigestSource& s) {
    return {{"id", s.id},
            {"kind", name_of(s.kind)},
            {"last_success", instant_json(s.last_success)},
            {"failing_since", instant_json(s.failing_since)},
            {"error", s.error},
            {"remedy", s.remedy},
            {"token_ends", instant_json(s.token_ends)},
            {"token_trouble", s.token_trouble}};
}

DigestSource source_of(const Json& json) {
    DigestSource s;
    s.id = json.at("id");
    s.kind = parse_source_kind(json.at("kind").get<std::string>()).value();
    s.last_success = instant_of(json.at("last_success"));
    s.failing_since = instant_of(json.at("failing_since"));
    s.error = json.at("error");
    s.remedy = json.at("remedy");
    s.token_ends = instant_of(json.at("token_ends"));
    s.token_trouble = json.at("token_trouble");
    return s;
}

Json ending_json(const DigestEnding& e) {
    return {{"what", e.what}, {"at", date::format("%F", e.at)}, {"instead", e.instead}};
}

DigestEnding ending_of(const Json& json) {
    const auto day = parse_date(json.at("at").get<std::string>()).value();
    return {json.at("what"), date::sys_days{day.time_since_epoch()}, json.at("instead")};
}

Result<void> add_token(const ConfiguredSource& configured, const Settings& settings,
                       const Store& store, DigestSource& source) {
    const auto ref = token_ref(configured, settings);
    if (!ref) return {};
    const auto state = token_state(store, to_string(*ref));
    if (!state) return tl::unexpected{state.error()};
    if (!*state) return {};
    source.token_ends = token_end(**state);
    if (!(*state)->valid) source.token_trouble = (*state)->trouble;
    return {};
}

Result<DigestSource> health_of(const ConfiguredSource& configured, const Settings& settings,
                               const Store& store) {
    const auto status = store.status(configured.source.id);
    if (!status) return tl::unexpected{status.error()};
    DigestSource source;
    source.id = status->id;
    source.kind = status->kind;
    source.last_success = status->last_success;
    if (status->failing_since) {
        source.failing_since = status->failing_since;
        source.error = status->error ? status->error->what : "";
        source.remedy = status->error ? status->error->remedy : "";
    }
    const auto done = add_token(configured, settings, store, source);
    if (!done) return tl::unexpected{done.error()};
    return source;
}

}  // namespace

Result<DigestContext> present_context(const Settings& settings, const Store& store,
                                      const Labeller& labeller, IsoWeek week, sys_seconds now,
                                      sys_seconds known_by) {
    DigestContext context;
    context.known_by = known_by;
    context.rules = labeller.versions();
    context.program = std::string{"narvaro "} + kVersion;
    if (settings.digest) {
        context.recipients = static_cast<std::int64_t>(settings.digest->to.size());
        context.reply_to = settings.digest->from;
    }
    const auto former = store.composition(week_of(monday_of(week) - date::days{7}));
    if (!former) return tl::unexpected{former.error()};
    if (*former) context.former_revision = (*former)->revision;
    const auto config_error = store.service_state("config_error");
    if (!config_error) return tl::unexpected{config_error.error()};
    context.config_error = config_error->value_or("");
    for (const ConfiguredSource& configured : settings.sources) {
        auto source = health_of(configured, settings, store);
        if (!source && source.error().fault == Fault::not_found) continue;  // never polled yet
        if (!source) return tl::unexpected{source.error()};
        context.sources.push_back(std::move(*source));
    }
    for (MetaEnding& ending : meta_endings(settings, now)) {
        context.endings.push_back({std::move(ending.what), ending.at, std::move(ending.instead)});
    }
    return context;
}

std::string to_json(const DigestContext& context) {
    Json sources = Json::array();
    for (const DigestSource& s : context.sources) sources.push_back(source_json(s));
    Json endings = Json::array();
    for (const DigestEnding& e : context.endings) endings.push_back(ending_json(e));
    const Json json{{"known_by", format_utc(context.known_by)},
                    {"sources", std::move(sources)},
                    {"endings", std::move(endings)},
                    {"rules", context.rules},
                    {"program", context.program},
                    {"config_error", context.config_error},
                    {"recipients", context.recipients},
                    {"reply_to", context.reply_to},
                    {"former_revision", context.former_revision}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<DigestContext> parse_context(const std::string& json) {
    try {
        const Json read = Json::parse(json);
        DigestContext context;
        context.known_by = parse_instant(read.at("known_by").get<std::string>()).value();
        for (const Json& s : read.at("sources")) context.sources.push_back(source_of(s));
        for (const Json& e : read.at("endings")) context.endings.push_back(ending_of(e));
        context.rules = read.at("rules");
        context.program = read.at("program");
        context.config_error = read.at("config_error");
        context.recipients = read.at("recipients");
        context.reply_to = read.at("reply_to");
        context.former_revision = read.at("former_revision");
        return context;
    } catch (const std::exception& e) {
        return fail(Fault::storage,
                    std::string{"what this digest was made from is not kept: "} + e.what(),
                    "the archived files beside the database hold its text");
    }
}

}  // namespace narvaro
