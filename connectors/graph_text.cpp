#include "connectors/graph_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace narvaro {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return {};
}

/// The code unit of "\uXXXX" at `at`; empty when there is none.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return {};
    unsigned unit = 0;
    for (const char c : text.substr(at + 2, 4)) {
        const auto digit = hex_digit(c);
        if (!digit) return {};
        unit = unit << 4U | *digit;
    }
    return unit;
}

bool is_high(unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/// How many bytes of well-formed UTF-8 stand at `at`; 0: none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80) return 0;
    }
    const unsigned second = byte(at + 1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

/// Copies an escape within a text to `out`. @return how many bytes it took
std::size_t copy_escape(std::string_view text, std::size_t at, std::string& out) {
    const auto unit = escaped_unit(text, at);
    if (!unit) {
        const std::size_t length = std::min<std::size_t>(2, text.size() - at);
        out += text.substr(at, length);
        return length;
    }
    if (is_high(*unit)) {
        const auto second = escaped_unit(text, at + 6);
        if (second && is_low(*second)) {
            out += text.substr(at, 12);
            return 12;
        }
    }
    if (is_high(*unit) || is_low(*unit)) {
        out += "\\ufffd";
    } else {
        out += text.substr(at, 6);
    }
    return 6;
}

/// Copies one character of a text that is no escape. @return how many bytes it took
std::size_t copy_character(std::string_view text, std::size_t at, std::string& out) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) {
        out += kReplacement;
        return 1;
    }
    if (static_cast<unsigned char>(text[at]) < 0x20) {
        out += ' ';
    } else {
        out += text.substr(at, length);
    }
    return length;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// A word that may be a token or a proof: long, and of letters and digits only.
bool looks_secret(std::string_view word) {
    return word.size() >= 30 && std::all_of(word.begin(), word.end(), is_unreserved);
}

void erase_all(std::string& text, const std::string& secret) {
    if (secret.empty()) return;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
        text.replace(at, secret.size(), "…");
    }
}

std::string_view shown_word(std::string_view word, std::string& buffer) {
    if (looks_secret(word)) return "…";
    const auto scheme = word.find("://");
    const auto query = word.find_first_of("?#", scheme == std::string_view::npos ? 0 : scheme);
    if (scheme != std::string_view::npos && query != std::string_view::npos) {
        buffer = std::string{word.substr(0, query)} + "…";
        return buffer;
    }
    if (word.find("access_token") != std::string_view::npos && word.find('=') < word.size() - 1) {
        return "…";
    }
    return word;
}

}  // namespace

Result<std::string> repaired_json(std::string_view body, int depth) {
    std::string out;
    out.reserve(body.size());
    bool in_text = false;
    int open = 0;
    for (std::size_t at = 0; at < body.size();) {
        const char c = body[at];
        if (in_text && c == '\\') {
            at += copy_escape(body, at, out);
            continue;
        }
        if (c == '"') in_text = !in_text;
        if (in_text) {
            at += copy_character(body, at, out);
            continue;
        }
        if (c == '[' || c == '{') ++open;
        if (c == ']' || c == '}') --open;
        if (open > depth) {
            return fail(Fault::bad_reply,
                        "the answer nests deeper than " + std::to_string(depth) + " levels");
        }
        out += c;
        ++at;
    }
    return out;
}

std::string clean_message(std::string_view text, const std::vector<std::string>& secrets) {
    constexpr std::size_t kMost = 200;
    std::string whole{text};
    for (const std::string& secret : secrets) erase_all(whole, secret);
    for (char& c : whole) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') c = ' ';
    }
    std::string out;
    std::string buffer;
    for (std::size_t at = 0; at < whole.size() && out.size() < kMost;) {
        const auto end = std::min(whole.find(' ', at), whole.size());
        const auto word = std::string_view{whole}.substr(at, end - at);
        if (!word.empty()) {
            if (!out.empty()) out += ' ';
            out += shown_word(word, buffer);
        }
        at = end + 1;
    }
    if (out.size() <= kMost) return out;
    std::size_t cut = kMost;
    while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0U) == 0x80) --cut;
    return out.substr(0, cut) + "…";
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kHex[byte >> 4U];
        out += kHex[byte & 0x0FU];
    }
    return out;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool whole = text[at] == '%' && at + 2 < text.size();
        const auto high = whole ? hex_digit(text[at + 1]) : std::nullopt;
        const auto low = whole ? hex_digit(text[at + 2]) : std::nullopt;
        if (high && low) {
            out += static_cast<char>(*high << 4U | *low);
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> query_parts(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parts;
    for (std::size_t at = 0; at < query.size();) {
        const auto end = std::min(query.find('&', at), query.size());
        const auto part = query.substr(at, end - at);
        const auto equals = std::min(part.find('='), part.size());
        if (!part.empty()) {
            parts.emplace_back(
                percent_decoded(part.substr(0, equals)),
                equals < part.size() ? percent_decoded(part.substr(equals + 1)) : std::string{});
        }
        at = end + 1;
    }
    return parts;
}

}  // namespace narvaro
