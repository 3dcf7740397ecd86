#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/secret.h"

namespace narvaro {

/// Names and values of a query, in order, not encoded.
using GraphParams = std::vector<std::pair<std::string, std::string>>;

/// Lower-case hex of HMAC-SHA256 with the app's secret as key; empty without a secret.
std::string appsecret_proof(const Secret& app_secret, const Secret& token);

/// `api`/`path`?`params`, everything percent-encoded; the slashes of `path` stay.
/// @param api    no slash at the end
/// @param proof  added as appsecret_proof unless empty
std::string graph_url(const std::string& api, const std::string& path, const GraphParams& params,
                      const std::string& proof);

/// Names and values as the body of a form.
Secret form_body(const GraphParams& params);

/// A `paging.next` link as we ask it: without a token, proof and `pretty`, with our own proof, and
/// with `changed` in place of its own parameters of those names.
/// @return Fault::refused when it leads anywhere but below `api`; the error repeats no query
Result<std::string> next_url(const std::string& api, const std::string& next,
                             const GraphParams& changed, const std::string& proof);

/// The last part of `api` when it is a version: "v26.0"; else empty.
std::string version_of(const std::string& api);

}  // namespace narvaro
