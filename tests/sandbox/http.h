#pragma once
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace narvaro::sandbox {

/// Header names are equal in any case.
struct CaseLess {
    bool operator()(const std::string& a, const std::string& b) const {
        const auto less = [](unsigned char x, unsigned char y) {
            return std::tolower(x) < std::tolower(y);
        };
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less);
    }
};

using Headers = std::map<std::string, std::string, CaseLess>;

/// A request as the platforms see it.
struct Request {
    std::string method;
    std::string path;   ///< decoded
    std::string query;  ///< as sent, without "?"
    Headers headers;
    std::string body;

    /// @return the named header or query parameter, decoded; empty when absent
    std::string header(const std::string& name) const;
    /// Those of the query, then those of a form in the body.
    std::vector<std::pair<std::string, std::string>> parameters() const;
    std::string parameter(const std::string& name) const;
    bool has_parameter(const std::string& name) const;
    /// path and query as one
    std::string target() const { return query.empty() ? path : path + "?" + query; }
};

struct Response {
    int status = 200;
    std::string content_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers{};
};

std::string url_decode(std::string_view text);
/// Everything but letters, digits and -._~ becomes %XX.
std::string url_encode(std::string_view text);
/// name=value pairs in the order of the query, decoded.
std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query);

Response text_response(int status, std::string content_type, std::string body);
Response not_found();
/// FNV-1a; for ETags and for whatever must look random and stay the same.
std::uint64_t hash_of(std::string_view text);
/// Adds ETag and Last-Modified; answers 304 without a body when the request holds the same ones.
Response conditional(const Request& request, Response response, const std::string& last_modified);

}  // namespace narvaro::sandbox
