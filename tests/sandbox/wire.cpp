#include "wire.h"

#include <charconv>

namespace narvaro::sandbox {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// The listener refuses addresses with raw braces, bars and the like, which Meta takes.
std::string tamed(std::string_view target) {
    constexpr std::string_view kWild = "{}|\\^`<>\"[]";
    std::string out;
    for (const char c : target) {
        const bool wild = static_cast<unsigned char>(c) >= 0x80 || kWild.find(c) != kWild.npos;
        out += wild ? url_encode(std::string_view{&c, 1}) : std::string(1, c);
    }
    return out;
}

/// A 200 that holds no feed, with validators that must never be kept.
Response no_feed(const std::string& form) {
    Response response = text_response(200, "application/rss+xml; charset=utf-8", "");
    if (form == "html") {
        response = text_response(200, "text/html; charset=UTF-8",
                                 "<!DOCTYPE html><html><head><title>Logga "
                                 "in</title></head><body><form></form></body></html>\n");
    } else if (form == "json") {
        response = text_response(200, "application/json", R"({"error":"maintenance"})");
    }
    response.headers.emplace_back("ETag", "\"no-feed\"");
    return response;
}

}  // namespace

std::optional<Head> parse_head(std::string_view text) {
    Head head;
    std::size_t end = std::min(text.find("\r\n"), text.size());
    head.first_line = text.substr(0, end);
    while (end < text.size()) {
        text.remove_prefix(end + 2);
        end = std::min(text.find("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return std::nullopt;
        head.headers[std::string{line.substr(0, colon)}] = trimmed(line.substr(colon + 1));
    }
    return head;
}

std::optional<std::size_t> content_length(const Headers& headers) {
    const auto found = headers.find("Content-Length");
    if (found == headers.end()) return 0;
    const std::string& text = found->second;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Request> request_of(const Head& head) {
    const std::string& line = head.first_line;
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string::npos || first == 0 || last <= first) return std::nullopt;
    const std::string target = line.substr(first + 1, last - first - 1);
    const std::string version = line.substr(last + 1);
    if (!target.starts_with('/') || target.find(' ') != std::string::npos) return std::nullopt;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return std::nullopt;
    Request request;
    request.method = line.substr(0, first);
    const std::size_t mark = target.find('?');
    request.path = url_decode(target.substr(0, mark));
    if (mark != std::string::npos) request.query = tamed(target.substr(mark + 1));
    request.headers = head.headers;
    return request;
}

std::string request_bytes(const Request& request, const std::string& target) {
    // The listener answers HEAD with a body: it is asked with GET, and the body is dropped here.
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    std::string out = method + " " + tamed(target) + " HTTP/1.1\r\n";
    for (const auto& [name, value] : request.headers) {
        const std::string plain = lower(name);
        const bool hop = plain == "connection" || plain == "keep-alive" || plain == "te" ||
                         plain == "expect" || plain == "content-length" ||
                         plain == "accept-encoding" || plain == "upgrade";
        if (!hop) out += name + ": " + value + "\r\n";
    }
    out +=
        "Connection: close\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n\r\n";
    return out + request.body;
}

bool wants_more(const Head& head) {
    const auto found = head.headers.find("Connection");
    const std::string connection = found == head.headers.end() ? "" : lower(found->second);
    if (head.first_line.ends_with("HTTP/1.0")) return connection == "keep-alive";
    return connection.find("close") == std::string::npos;
}

std::optional<Response> canned(const Mishap& mishap) {
    const Json& value = mishap.value;
    if (mishap.kind == "html500") {
        return text_response(
            500, "text/html; charset=UTF-8",
            "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, "
            "something went wrong.</h1></body></html>\n");
    }
    if (mishap.kind == "status") {
        const int status = value.is_number_integer() ? value.get<int>() : 503;
        return text_response(status, "text/plain; charset=utf-8", phrase(status));
    }
    if (mishap.kind == "retry_after") {
        Response response = text_response(429, "text/plain; charset=utf-8", phrase(429));
        const std::string after = value.is_string() ? value.get<std::string>()
                                  : value.is_null() ? std::string{"60"}
                                                    : value.dump();
        response.headers.emplace_back("Retry-After", after);
        return response;
    }
    if (mishap.kind == "redirect") {
        Response response = text_response(302, "text/plain; charset=utf-8", "");
        response.headers.emplace_back("Location",
                                      value.is_string() ? value.get<std::string>() : "/");
        return response;
    }
    if (mishap.kind == "moved") {
        Response response = text_response(301, "text/plain; charset=utf-8", "");
        response.headers.emplace_back("Location",
                                      value.is_string() ? value.get<std::string>() : "/");
        return response;
    }
    if (mishap.kind == "no_feed") return no_feed(value.is_string() ? value.get<std::string>() : "");
    return std::nullopt;
}

std::string reply_head(const Response& response, std::optional<std::size_t> length, bool keep) {
    std::string out =
        "HTTP/1.1 " + std::to_string(response.status) + " " + phrase(response.status) + "\r\n";
    if (!response.content_type.empty()) out += "Content-Type: " + response.content_type + "\r\n";
    for (const auto& [name, value] : response.headers) out += name + ": " + value + "\r\n";
    if (length) out += "Content-Length: " + std::to_string(*length) + "\r\n";
    return out + "Connection: " + (keep ? "keep-alive" : "close") + "\r\n\r\n";
}

const char* phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 204:
            return "No Content";
        case 302:
            return "Found";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 429:
            return "Too Many Requests";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        default:
            return "Unnamed";
    }
}

}  // namespace narvaro::sandbox
