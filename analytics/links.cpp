#include "analytics/links.h"

#include <algorithm>

#include "analytics/normalise.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestLink = 8192;

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = i + 2 < text.size() && text[i] == '%' ? hex(text[i + 1]) : -1;
        const int low = high >= 0 ? hex(text[i + 2]) : -1;
        if (low < 0) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

void drop_prefix(std::string& text, std::string_view prefix) {
    if (text.starts_with(prefix)) text.erase(0, prefix.size());
}

/// The value of `u` in a query, or empty.
std::string_view target_of(std::string_view query) {
    for (std::size_t at = 0; at < query.size();) {
        const std::size_t end = std::min(query.find('&', at), query.size());
        const std::string_view pair = query.substr(at, end - at);
        if (pair.starts_with("u=")) return pair.substr(2);
        at = end + 1;
    }
    return {};
}

LinkParts parse(std::string_view address, bool unwrap) {
    LinkParts out;
    address = address.substr(0, kLongestLink);
    const std::string_view all = address.substr(0, address.find('#'));
    const std::size_t question = std::min(all.find('?'), all.size());
    std::string_view rest = all.substr(0, question);
    const std::size_t scheme = rest.find("://");
    if (scheme != std::string_view::npos) {
        const std::string name = lower(rest.substr(0, scheme));
        if (name != "http" && name != "https") return out;
        rest.remove_prefix(scheme + 3);
    }
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view authority = rest.substr(0, slash);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    authority = authority.substr(0, authority.find(':'));
    out.host = lower(authority);
    while (!out.host.empty() && out.host.back() == '.') out.host.pop_back();
    if (out.host.find('.') == std::string::npos) return {};
    if (unwrap && question < all.size() &&
        (out.host == "l.facebook.com" || out.host == "lm.facebook.com" ||
         out.host == "l.instagram.com")) {
        const std::string inner = unescaped(target_of(all.substr(question + 1)));
        if (!inner.empty()) return parse(inner, false);
    }
    drop_prefix(out.host, "www.");
    drop_prefix(out.host, "m.");
    drop_prefix(out.host, "amp.");
    out.path = clean_text(unescaped(rest.substr(slash)));
    while (!out.path.empty() && out.path.back() == '/') out.path.pop_back();
    return out;
}

}  // namespace

LinkParts link_parts(std::string_view address) { return parse(address, true); }

bool looks_like_article(const LinkParts& link) {
    if (link.path.size() < 2) return false;
    std::size_t from = 1;
    while (from < link.path.size()) {
        const std::size_t end = std::min(link.path.find('/', from), link.path.size());
        const std::string_view part = std::string_view(link.path).substr(from, end - from);
        const bool telling =
            part.find_first_of("-_.!") != std::string_view::npos ||
            std::any_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (part.size() >= 6 && telling) return true;
        from = end + 1;
    }
    return false;
}

}  // namespace narvaro
