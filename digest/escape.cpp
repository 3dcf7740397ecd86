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

std::string kept_together(const std::string& text) {
    const auto digit = [&](std::size_t i) {
        return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between = text[i] == ' ' && i > 0 && digit(i - 1) && i + 1 < text.size() &&
                             (digit(i + 1) || text[i + 1] == '%');
        if (between) {
            out += "\u00A0";
        } else {
            out += text[i];
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
