#include "connectors/feed_links.h"

#include <algorithm>
#include <array>
#include <vector>

#include "connectors/feed.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct UrlParts {
    std::string_view scheme;     ///< without ":"
    std::string_view authority;  ///< without "//"
    bool has_authority = false;
    std::string_view path;
    std::string_view query;     ///< with "?"
    std::string_view fragment;  ///< with "#"
};

std::size_t scheme_length(std::string_view url) {
    const auto letter = [](char c) {
        const char low = ascii_lower(c);
        return low >= 'a' && low <= 'z';
    };
    if (url.empty() || !letter(url[0])) return 0;
    std::size_t at = 1;
    while (at < url.size() && (letter(url[at]) || (url[at] >= '0' && url[at] <= '9') ||
                               url[at] == '+' || url[at] == '-' || url[at] == '.')) {
        ++at;
    }
    return at < url.size() && url[at] == ':' ? at : 0;
}

UrlParts split(std::string_view url) {
    UrlParts parts;
    if (const std::size_t length = scheme_length(url); length > 0) {
        parts.scheme = url.substr(0, length);
        url.remove_prefix(length + 1);
    }
    if (const std::size_t hash = url.find('#'); hash != kNone) {
        parts.fragment = url.substr(hash);
        url = url.substr(0, hash);
    }
    if (const std::size_t mark = url.find('?'); mark != kNone) {
        parts.query = url.substr(mark);
        url = url.substr(0, mark);
    }
    if (url.starts_with("//")) {
        url.remove_prefix(2);
        // "http:////host" is a host with slashes too many
        if (!parts.scheme.empty() && !same_ascii(parts.scheme, "file")) {
            while (url.starts_with('/')) url.remove_prefix(1);
        }
        parts.has_authority = true;
        const std::size_t slash = std::min(url.find('/'), url.size());
        parts.authority = url.substr(0, slash);
        url.remove_prefix(slash);
    }
    parts.path = url;
    return parts;
}

std::string without_dots(std::string_view path) {
    const bool rooted = path.starts_with('/');
    std::vector<std::string_view> kept;
    bool directory = false;
    for (std::size_t at = rooted ? 1 : 0; at <= path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        const std::string_view segment = path.substr(at, slash - at);
        directory = segment == "." || segment == "..";
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (segment != ".") {
            kept.push_back(segment);
        }
        at = slash + 1;
    }
    std::string out;
    for (const std::string_view segment : kept) {
        if (rooted || !out.empty()) out += '/';
        out += segment;
    }
    if (directory && (rooted || !out.empty())) out += '/';
    return out;
}

std::string joined(const UrlParts& parts, std::string_view path) {
    std::string out;
    if (!parts.scheme.empty()) {
        out += parts.scheme;
        out += ':';
    }
    if (parts.has_authority) {
        out += "//";
        out += parts.authority;
    }
    out += path;
    out += parts.query;
    out += parts.fragment;
    return out;
}

bool holds_paths(std::string_view scheme) {
    constexpr auto kSchemes =
        std::to_array<std::string_view>({"http", "https", "ftp", "file", "feed", "gopher", "svn",
                                         "sftp", "shttp", "rsync", "mms", "rtsp", "prospero"});
    return std::any_of(kSchemes.begin(), kSchemes.end(),
                       [&](std::string_view known) { return same_ascii(known, scheme); });
}

std::string cleaned(std::string_view url) {
    std::string out{trimmed(url)};
    const auto broken = [](char c) { return c == '\n' || c == '\r' || c == '\t'; };
    if (std::any_of(out.begin(), out.end(), broken)) std::erase_if(out, broken);
    return out;
}

/// What the path of a reference becomes where `base` is the base.
std::string merged_path(const UrlParts& base, std::string_view path) {
    if (path.starts_with('/')) return without_dots(path);
    const std::size_t slash = base.path.rfind('/');
    std::string merged{slash == kNone ? std::string_view{} : base.path.substr(0, slash + 1)};
    if (merged.empty() && base.has_authority) merged = "/";
    merged += path;
    return without_dots(merged);
}

}  // namespace

bool has_scheme(std::string_view url) { return scheme_length(trimmed(url)) > 0; }

bool is_web_link(std::string_view url) {
    const UrlParts parts = split(trimmed(url));
    return (same_ascii(parts.scheme, "http") || same_ascii(parts.scheme, "https")) &&
           !parts.authority.empty();
}

std::string resolve_link(std::string_view base_url, std::string_view reference_url) {
    std::string reference = cleaned(reference_url);
    UrlParts wanted = split(reference);
    if (!wanted.scheme.empty()) {
        const std::size_t host = wanted.scheme.size() + 3;
        const bool slashes = reference.size() > host && reference[host] == '/';
        return wanted.has_authority && slashes ? joined(wanted, wanted.path) : reference;
    }
    const std::string base_text = cleaned(base_url);
    const UrlParts base = split(base_text);
    if (!holds_paths(base.scheme)) return reference;
    wanted.scheme = base.scheme;
    if (wanted.has_authority) return joined(wanted, without_dots(wanted.path));
    wanted.has_authority = base.has_authority;
    wanted.authority = base.authority;
    if (!wanted.path.empty()) return joined(wanted, merged_path(base, wanted.path));
    if (wanted.query.empty()) wanted.query = base.query;
    return joined(wanted, base.path);
}

std::string nested_base(std::string_view base, std::string_view next) {
    constexpr std::size_t kLongest = 1024;  // many short links times a long base is a lot
    std::string resolved = resolve_link(base, next);
    const bool usable = resolved.size() <= kLongest && holds_paths(split(resolved).scheme);
    return usable ? resolved : std::string{base};
}

}  // namespace narvaro
