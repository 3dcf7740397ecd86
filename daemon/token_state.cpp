#include "daemon/token_state.h"

#include <algorithm>

#include "connectors/graph_json.h"

namespace narvaro {
namespace {

constexpr std::int64_t kWarnAtDays[] = {1, 7, 21};  // the nearest first

std::string key_of(const std::string& where) { return "token " + where; }

Json instant_json(const std::optional<sys_seconds>& t) {
    return t ? Json(format_utc(*t)) : Json(nullptr);
}

std::optional<sys_seconds> instant_in(const Json& json, const char* name) {
    return parse_instant(text_at(json, name));
}

std::int64_t days_until(sys_seconds end, sys_seconds now) {
    return std::max<std::int64_t>(0, date::floor<date::days>(end - now).count());
}

/// The warning that has been reached with so many days left; empty: none yet.
std::optional<std::int64_t> reached(std::int64_t days_left) {
    for (const std::int64_t days : kWarnAtDays) {
        if (days_left <= days) return days;
    }
    return {};
}

/// What had been reached when the token was looked at.
std::optional<std::int64_t> reached_at_look(const TokenState& state) {
    const auto end = token_end(state);
    return end ? reached(days_until(*end, state.checked)) : std::nullopt;
}

}  // namespace

TokenState state_of(const TokenFacts& facts, sys_seconds now) {
    return {now, facts.valid, facts.expires, facts.data_access_expires, facts.trouble};
}

Result<std::optional<TokenState>> token_state(const Store& store, const std::string& where) {
    const auto kept = store.service_state(key_of(where));
    if (!kept) return tl::unexpected{kept.error()};
    if (!*kept) return std::optional<TokenState>{};
    const auto json = parse_graph_json(**kept);
    if (!json) return tl::unexpected{json.error()};
    const auto checked = instant_in(*json, "checked");
    if (!checked) return std::optional<TokenState>{};
    return std::optional{
        TokenState{*checked, json->value("valid", false), instant_in(*json, "expires"),
                   instant_in(*json, "data_access_expires"), text_at(*json, "trouble")}};
}

Result<void> keep_token_state(Store& store, const std::string& where, const TokenState& state) {
    const Json json{{"checked", format_utc(state.checked)},
                    {"valid", state.valid},
                    {"expires", instant_json(state.expires)},
                    {"data_access_expires", instant_json(state.data_access_expires)},
                    {"trouble", state.trouble}};
    return store.set_service_state(key_of(where), json.dump());
}

std::optional<sys_seconds> token_end(const TokenState& state) {
    if (!state.expires || !state.data_access_expires) {
        return state.expires ? state.expires : state.data_access_expires;
    }
    return std::min(*state.expires, *state.data_access_expires);
}

std::optional<std::int64_t> token_days_left(const TokenState& state, sys_seconds now) {
    const auto end = token_end(state);
    if (!end) return {};
    return days_until(*end, now);
}

std::optional<Error> token_warning(const TokenState& state, sys_seconds now,
                                   const std::optional<TokenState>& before) {
    const std::string remedy =
        "log in with the Page's admin, make a new token, then: narvaro token exchange";
    if (!state.valid) {
        std::string what = "Meta does not take the token any more";
        if (!state.trouble.empty()) what += ": " + state.trouble;
        return Error{Fault::auth, std::move(what), remedy, {}};
    }
    const auto end = token_end(state);
    if (!end) return {};
    const auto due = reached(days_until(*end, now));
    if (!due || (before && reached_at_look(*before) == due)) return {};
    const bool data_access = end != state.expires;
    const std::string what = std::string{data_access ? "access to its data" : "the token"} +
                             " ends on " + format_utc(*end).substr(0, 10) + ", in " +
                             std::to_string(days_until(*end, now)) + " days";
    return Error{Fault::auth, what, remedy, {}};
}

}  // namespace narvaro
