#include "connectors/http_url.h"

#include <memory>

#include <curl/curl.h>

#include "connectors/curl_handle.h"

namespace narvaro {
namespace {

using UrlHandle = std::unique_ptr<CURLU, Freed<curl_url_cleanup>>;
using CurlText = std::unique_ptr<char, Freed<curl_free>>;

constexpr char kRemedy[] = "write it as https://host/path";

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* raw = nullptr;
    if (curl_url_get(url, which, &raw, flags) != CURLUE_OK) return {};
    const CurlText owned{raw};
    return owned.get();
}

std::string plain_host(std::string host) {
    for (char& c : host) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (host.size() > 1 && host.front() == '[') host = host.substr(1, host.size() - 2);
    if (host.size() > 1 && host.back() == '.') host.pop_back();
    return host;
}

Result<HttpUrl> parts_of(CURLU* url) {
    HttpUrl result;
    result.scheme = part(url, CURLUPART_SCHEME);
    if (result.scheme != "http" && result.scheme != "https") {
        return fail(Fault::refused, "the address is neither http nor https", kRemedy);
    }
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty()) {
        return fail(Fault::refused, "the address carries a user name or password",
                    "take it out of the address");
    }
    if (curl_url_set(url, CURLUPART_FRAGMENT, nullptr, 0) != CURLUE_OK) {
        return fail(Fault::usage, "the address cannot be read", kRemedy);
    }
    result.host = plain_host(part(url, CURLUPART_HOST));
    result.port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    result.path = part(url, CURLUPART_PATH);
    result.query = part(url, CURLUPART_QUERY);
    result.text = part(url, CURLUPART_URL);
    if (result.host.empty() || result.text.empty()) {
        return fail(Fault::usage, "the address names no host", kRemedy);
    }
    return result;
}

tl::unexpected<Error> unreadable(CURLUcode code) {
    if (code == CURLUE_UNSUPPORTED_SCHEME) {
        return fail(Fault::refused, "the address is neither http nor https", kRemedy);
    }
    return fail(Fault::usage, "the address cannot be read", kRemedy);
}

}  // namespace

Result<HttpUrl> parse_http_url(const std::string& url) {
    const UrlHandle handle{curl_url()};
    if (url.find('\0') != std::string::npos) return unreadable(CURLUE_MALFORMED_INPUT);
    const CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), 0);
    if (code != CURLUE_OK) return unreadable(code);
    return parts_of(handle.get());
}

Result<HttpUrl> resolve_http_url(const HttpUrl& base, const std::string& location) {
    const UrlHandle handle{curl_url()};
    CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, base.text.c_str(), 0);
    if (code == CURLUE_OK) {
        code = curl_url_set(handle.get(), CURLUPART_URL, location.c_str(), CURLU_URLENCODE);
    }
    if (code != CURLUE_OK) return unreadable(code);
    return parts_of(handle.get());
}

std::string place_of(const HttpUrl& url) {
    const bool v6 = url.host.find(':') != std::string::npos;
    std::string place = v6 ? "[" + url.host + "]" : url.host;
    if (!url.default_port()) place += ":" + url.port;
    return place + url.path;
}

std::string place_of(const std::string& url) {
    const Result<HttpUrl> parsed = parse_http_url(url);
    return parsed ? place_of(*parsed) : "the address";
}

}  // namespace narvaro
