#include "markup.h"

#include <array>
#include <cstdint>
#include <utility>

namespace narvaro::sandbox {
namespace {

/// The characters between 0x80 and 0x9F that Swedish papers use.
constexpr std::array<std::pair<std::uint32_t, unsigned char>, 8> kHigh{{{0x20AC, 0x80},
                                                                        {0x2026, 0x85},
                                                                        {0x2018, 0x91},
                                                                        {0x2019, 0x92},
                                                                        {0x201C, 0x93},
                                                                        {0x201D, 0x94},
                                                                        {0x2013, 0x96},
                                                                        {0x2014, 0x97}}};

/// The code point at `at`, which must be the beginning of a well-formed one; moves behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto first = static_cast<unsigned char>(text[at++]);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    std::uint32_t value = first & (0x3FU >> more);
    for (int i = 0; i < more && at < text.size(); ++i) {
        value = value << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    }
    return value;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
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
            default:
                out += c;
        }
    }
    return out;
}

std::string paragraphs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\n\n"), text.size());
        out += "<p>" + escaped(text.substr(0, end)) + "</p>\n";
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return out;
}

std::string windows_1252(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::uint32_t code = next_code_point(utf8, at);
        if (code < 0x80 || (code >= 0xA0 && code <= 0xFF)) {
            out += static_cast<char>(code);
            continue;
        }
        unsigned char high = 0;
        for (const auto& [point, byte] : kHigh) high = point == code ? byte : high;
        out +=
            high != 0 ? std::string(1, static_cast<char>(high)) : "&#" + std::to_string(code) + ";";
    }
    return out;
}

}  // namespace narvaro::sandbox
