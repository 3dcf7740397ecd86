#include "digest/escape.h"

#include <algorithm>

#include "digest/plain_text.h"

namespace narvaro {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : harmless_line(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

bool is_linkable(std::string_view url) {
    constexpr std::size_t kLongest = 500;
    const bool web = url.starts_with("https://") || url.starts_with("http://");
    return web && url.size() <= kLongest && harmless_line(url) == url &&
           url.find(' ') == std::string_view::npos;
}

}  // namespace narvaro
