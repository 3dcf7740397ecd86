#include "connectors/meta_token.h"

#include "connectors/graph_error.h"
#include "connectors/graph_text.h"
#include "connectors/graph_url.h"

namespace narvaro {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;

/// Unix seconds; 0 and nothing mean no end.
std::optional<sys_seconds> end_at(const Json& value, const char* name) {
    const auto seconds_since = count_at(value, name);
    if (!seconds_since || *seconds_since == 0) return {};
    return sys_seconds{seconds{*seconds_since}};
}

/// One question that carries a secret in its body. @param what  for people: "the token"
Task<Result<Json>> ask(Http& http, HttpRequest request, std::string what,
                       std::vector<std::string> secrets) {
    request.headers.emplace_back("Accept", "application/json");
    request.max_bytes = kMostBytes;
    request.max_redirects = 0;
    const Result<HttpReply> reply = co_await http.get(std::move(request));
    if (!reply) co_return fail(reply.error(), what);
    Result<Json> answer = parse_graph_json(reply->body);
    if (!answer) co_return fail(answer.error(), what);
    const auto wrong = graph_error_in(*answer);
    if (!wrong) co_return answer;
    co_return tl::unexpected{judge_graph_error(*wrong, {what, "", false}, {}, secrets).error};
}

Secret app_token(const MetaApp& app) { return Secret{app.id + "|" + app.secret.reveal()}; }

/// Of the answer of debug_token.
TokenFacts parse_token_facts(const Json& answer) {
    TokenFacts facts;
    const Json* data = member(answer, "data");
    if (data == nullptr) return facts;
    const Json* valid = member(*data, "is_valid");
    facts.valid = valid != nullptr && valid->is_boolean() && valid->get<bool>();
    facts.type = text_at(*data, "type");
    facts.app = id_at(*data, "app_id");
    facts.profile = id_at(*data, "profile_id");
    for (const Json& scope : list_at(*data, "scopes")) {
        if (scope.is_string()) facts.scopes.push_back(scope.get<std::string>());
    }
    facts.expires = end_at(*data, "expires_at");
    facts.data_access_expires = end_at(*data, "data_access_expires_at");
    if (const Json* error = member(*data, "error")) {
        facts.trouble = clean_message(text_at(*error, "message"), {});
    }
    return facts;
}

}  // namespace

Task<Result<TokenFacts>> inspect_token(Http& http, MetaAccess access, MetaApp app) {
    HttpRequest request;
    request.url = graph_url(access.api, "debug_token", {}, {});
    request.bearer = app.known() ? app_token(app) : access.token;
    request.form = form_body({{"method", "get"}, {"input_token", access.token.reveal()}});
    const Result<Json> answer =
        co_await ask(http, std::move(request), "what Meta says of the token",
                     {access.token.reveal(), app.secret.reveal()});
    if (!answer) co_return tl::unexpected<Error>{answer.error()};
    if (member(*answer, "data") == nullptr) {
        co_return fail(Fault::bad_reply, "what Meta says of the token: an answer without data");
    }
    co_return parse_token_facts(*answer);
}

Task<Result<Secret>> exchange_token(Http& http, MetaAccess access, MetaApp app) {
    HttpRequest request;
    request.url = graph_url(access.api, "oauth/access_token", {}, {});
    request.form = form_body({{"grant_type", "fb_exchange_token"},
                              {"client_id", app.id},
                              {"client_secret", app.secret.reveal()},
                              {"fb_exchange_token", access.token.reveal()}});
    const Result<Json> answer = co_await ask(http, std::move(request), "exchanging the token",
                                             {access.token.reveal(), app.secret.reveal()});
    if (!answer) co_return tl::unexpected<Error>{answer.error()};
    std::string token = text_at(*answer, "access_token");
    if (token.empty()) {
        co_return fail(Fault::bad_reply, "exchanging the token: Meta's answer holds none");
    }
    co_return Secret{std::move(token)};
}

Task<Result<std::vector<PageToken>>> page_tokens(Http& http, MetaAccess access) {
    HttpRequest request;
    const std::string proof = appsecret_proof(access.app_secret, access.token);
    request.url = graph_url(
        access.api, "me/accounts",
        {{"fields", "id,name,access_token,instagram_business_account{id}"}, {"limit", "100"}},
        proof);
    request.bearer = access.token;
    const Result<Json> answer =
        co_await ask(http, std::move(request), "the Pages of the token", {access.token.reveal()});
    if (!answer) co_return tl::unexpected<Error>{answer.error()};
    std::vector<PageToken> pages;
    for (const Json& item : list_at(*answer, "data")) {
        PageToken page{
            id_at(item, "id"), text_at(item, "name"), {}, Secret{text_at(item, "access_token")}};
        if (const Json* account = member(item, "instagram_business_account")) {
            page.instagram = id_at(*account, "id");
        }
        if (!page.page.empty() && !page.token.empty()) pages.push_back(std::move(page));
    }
    co_return pages;
}

}  // namespace narvaro
