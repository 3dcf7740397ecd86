#include "http.h"

#include <cstdio>

namespace narvaro::sandbox {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string url_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high >= 0 && low >= 0) {
                out += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        out += text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

std::string url_encode(std::string_view text) {
    constexpr std::string_view kPlain = "-._~";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 128 && std::isalnum(byte) != 0) || kPlain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            char hex[4];
            std::snprintf(hex, sizeof hex, "%%%02X", byte);
            out += hex;
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> out;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : "";
        out.emplace_back(url_decode(pair.substr(0, equals)), url_decode(value));
    }
    return out;
}

std::string Request::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
}

std::vector<std::pair<std::string, std::string>> Request::parameters() const {
    auto pairs = query_pairs(query);
    if (header("Content-Type") != "application/x-www-form-urlencoded") return pairs;
    for (auto& pair : query_pairs(body)) pairs.push_back(std::move(pair));
    return pairs;
}

std::string Request::parameter(const std::string& name) const {
    for (const auto& [key, value] : parameters()) {
        if (key == name) return value;
    }
    return {};
}

bool Request::has_parameter(const std::string& name) const {
    const auto pairs = parameters();
    return std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == name; });
}

Response text_response(int status, std::string content_type, std::string body) {
    return {.status = status, .content_type = std::move(content_type), .body = std::move(body)};
}

Response not_found() {
    return text_response(404, "text/html; charset=UTF-8",
                         "<!DOCTYPE html><html><body><h1>404</h1></body></html>\n");
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return hash;
}

Response conditional(const Request& request, Response response, const std::string& last_modified) {
    char etag[24];
    std::snprintf(etag, sizeof etag, "\"%016llx\"",
                  static_cast<unsigned long long>(hash_of(response.body)));
    const std::string asked = request.header("If-None-Match");
    const bool same = asked.empty() ? request.header("If-Modified-Since") == last_modified
                                    : asked.find(etag) != std::string::npos;
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Last-Modified", last_modified);
    if (!same) return response;
    response.status = 304;
    response.body.clear();
    return response;
}

}  // namespace narvaro::sandbox
