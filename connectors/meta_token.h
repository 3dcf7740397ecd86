#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"

namespace narvaro {

/// What Meta says of a token.
struct TokenFacts {
    bool valid = false;
    std::string type;     ///< "PAGE", "USER", "SYSTEM_USER", …; empty when not told
    std::string app;      ///< the app's id
    std::string profile;  ///< whose it is, for a Page's token
    std::vector<std::string> scopes;
    std::optional<sys_seconds> expires;              ///< empty: never
    std::optional<sys_seconds> data_access_expires;  ///< empty: not told; a person must log in then
    std::string trouble;                             ///< Meta's words when it is not valid
    bool operator==(const TokenFacts&) const = default;
};

/// The app that a token belongs to; with the secret it may look at tokens and exchange them.
struct MetaApp {
    std::string id;
    Secret secret;
    bool known() const { return !id.empty() && !secret.empty(); }
};

/// Asks Meta about `access.token`. The question is put by the app where that is known, else by the
/// token itself. The token travels in the body of the request, never in its address.
Task<Result<TokenFacts>> inspect_token(Http& http, MetaAccess access, MetaApp app);

/// A short-lived user token for a long-lived one (60 days), as the app.
Task<Result<Secret>> exchange_token(Http& http, MetaAccess access, MetaApp app);

/// A Page that the person of a user token has a role on.
struct PageToken {
    std::string page;
    std::string name;
    std::string instagram;  ///< the account that is connected with it; empty: none
    Secret token;           ///< of a long-lived user token: without an end
};

/// The Pages of a user token, at most one answer's worth.
Task<Result<std::vector<PageToken>>> page_tokens(Http& http, MetaAccess access);

}  // namespace narvaro
