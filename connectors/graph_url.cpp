#include "connectors/graph_url.h"

#include <algorithm>
#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "connectors/graph_text.h"
#include "connectors/http_url.h"

namespace narvaro {
namespace {

std::string encoded_path(const std::string& path) {
    std::string out;
    for (std::size_t at = 0; at <= path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        if (at > 0) out += '/';
        out += percent_encoded(std::string_view{path}.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string query_text(const GraphParams& params, const std::string& proof) {
    std::string out;
    const auto add = [&](const std::string& name, const std::string& value) {
        out += out.empty() ? '?' : '&';
        out += percent_encoded(name) + "=" + percent_encoded(value);
    };
    for (const auto& [name, value] : params) add(name, value);
    if (!proof.empty()) add("appsecret_proof", proof);
    return out;
}

bool is_dropped(const std::string& name) {
    constexpr std::array<std::string_view, 5> kDropped{"access_token", "appsecret_proof",
                                                       "appsecret_time", "pretty", "debug"};
    return std::find(kDropped.begin(), kDropped.end(), name) != kDropped.end();
}

bool same_place(const HttpUrl& next, const HttpUrl& api) {
    const std::string prefix = api.path.ends_with('/') ? api.path : api.path + "/";
    return next.scheme == api.scheme && next.host == api.host && next.port == api.port &&
           next.path.starts_with(prefix);
}

}  // namespace

std::string appsecret_proof(const Secret& app_secret, const Secret& token) {
    if (app_secret.empty()) return {};
    const std::string& key = app_secret.reveal();
    const std::string& message = token.reveal();
    const std::vector<unsigned char> bytes{message.begin(), message.end()};
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
         digest.data(), &size);
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += kHex[digest[i] >> 4U];
        hex += kHex[digest[i] & 0x0FU];
    }
    return hex;
}

std::string graph_url(const std::string& api, const std::string& path, const GraphParams& params,
                      const std::string& proof) {
    return api + "/" + encoded_path(path) + query_text(params, proof);
}

Secret form_body(const GraphParams& params) { return Secret{query_text(params, {}).substr(1)}; }

Result<std::string> next_url(const std::string& api, const std::string& next,
                             const GraphParams& changed, const std::string& proof) {
    const Result<HttpUrl> base = parse_http_url(api);
    if (!base) return tl::unexpected{base.error()};
    const Result<HttpUrl> url = resolve_http_url(*base, next);
    if (!url || !same_place(*url, *base)) {
        return fail(Fault::refused,
                    "the next page lies at " + (url ? place_of(*url) : "an unreadable address") +
                        ", outside of the configured " + place_of(*base) + ": not followed",
                    "see whether [meta] api is the address that Meta answers with");
    }
    GraphParams params;
    for (auto& [name, value] : query_parts(url->query)) {
        const bool replaced = std::any_of(changed.begin(), changed.end(),
                                          [&](const auto& own) { return own.first == name; });
        if (!is_dropped(name) && !replaced) params.emplace_back(name, value);
    }
    params.insert(params.end(), changed.begin(), changed.end());
    const std::size_t known = base->path == "/" ? 0 : base->path.size();
    return api + url->path.substr(known) + query_text(params, proof);
}

std::string version_of(const std::string& api) {
    const std::string last = api.substr(api.rfind('/') + 1);
    const bool numbered = last.size() > 1 && (last[0] == 'v' || last[0] == 'V') &&
                          last.find_first_not_of("0123456789.", 1) == std::string::npos;
    return numbered ? last : std::string{};
}

}  // namespace narvaro
