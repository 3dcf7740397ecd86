#include "connectors/feed_utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace narvaro {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// The byte that means `value` in windows-1252; -1: none.
int byte_of(char32_t value) {
    if (value < 0x100) return static_cast<int>(value);
    const auto found = std::find(kWindows1252.begin(), kWindows1252.end(), value);
    return found == kWindows1252.end() ? -1 : 0x80 + static_cast<int>(found - kWindows1252.begin());
}

/// The text as it was before it was taken for windows-1252; empty when it never was.
std::string once_decoded(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    while (!text.empty()) {
        const Utf8Char c = utf8_front(text);
        const int byte = c.length == 0 ? -1 : byte_of(c.value);
        if (byte < 0) return {};
        bytes.push_back(static_cast<char>(byte));
        text.remove_prefix(c.length);
    }
    const Utf8Count count = count_utf8(bytes);
    if (count.invalid > 0 || count.multi_byte == 0) return {};
    return bytes;
}

/// The character that was taken for windows-1252 at the front of the text, and how many bytes it
/// takes there; length 0: none. Only where three letters or more are one sign that begins with
/// U+00E2, U+00EF or U+00F0 (punctuation, pictures): "då…”" is Swedish.
Utf8Char twice_encoded_front(std::string_view text) {
    const Utf8Char first = utf8_front(text);
    if (first.value != 0xE2 && first.value != 0xEF && first.value != 0xF0) return {};
    const std::size_t letters = first.value == 0xF0 ? 4 : 3;
    std::string bytes;
    std::size_t length = 0;
    for (std::size_t i = 0; i < letters; ++i) {
        const Utf8Char c = utf8_front(text.substr(length));
        const int byte = c.length == 0 ? -1 : byte_of(c.value);
        if (byte < 0) return {};
        bytes.push_back(static_cast<char>(byte));
        length += c.length;
    }
    const Utf8Char meant = utf8_front(bytes);
    return meant.length == letters ? Utf8Char{meant.value, length} : Utf8Char{};
}

/// A text in which right signs and twice encoded ones stand together.
std::string partly_decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Utf8Char twice = twice_encoded_front(text);
        if (twice.length > 0) {
            append_utf8(out, twice.value);
            text.remove_prefix(twice.length);
            continue;
        }
        const std::size_t length = std::max<std::size_t>(utf8_front(text).length, 1);
        out += text.substr(0, length);
        text.remove_prefix(length);
    }
    return out;
}

bool has_c1(std::string_view text) {
    for (std::size_t at = text.find('\xC2'); at != std::string_view::npos;
         at = text.find('\xC2', at + 1)) {
        if (at + 1 < text.size() && byte_at(text, at + 1) < 0xA0) return true;
    }
    return false;
}

/// Whether the text holds what every twice encoded letter begins with: U+00C2 to U+00F4.
bool maybe_twice_encoded(std::string_view text) {
    for (std::size_t at = text.find('\xC3'); at != std::string_view::npos;
         at = text.find('\xC3', at + 1)) {
        if (at + 2 >= text.size()) return false;
        const bool lead = byte_at(text, at + 1) >= 0x82 && byte_at(text, at + 1) <= 0xB4;
        if (lead && byte_at(text, at + 2) >= 0xC2) return true;
    }
    return false;
}

}  // namespace

Utf8Char utf8_front(std::string_view text) {
    if (text.empty()) return {};
    const unsigned char lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead < 0xC2   ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || text.size() < length) return {};
    char32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(text, i) & 0xC0u) != 0x80u) return {};
        value = (value << 6) | (byte_at(text, i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
    return {value, length};
}

void append_utf8(std::string& out, char32_t value) {
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = kReplacement;
    if (value < 0x80) {
        out.push_back(static_cast<char>(value));
        return;
    }
    const auto tail = [&](unsigned shift) {
        out.push_back(static_cast<char>(0x80u | ((value >> shift) & 0x3Fu)));
    };
    if (value < 0x800) {
        out.push_back(static_cast<char>(0xC0u | (value >> 6)));
    } else if (value < 0x10000) {
        out.push_back(static_cast<char>(0xE0u | (value >> 12)));
        tail(6);
    } else {
        out.push_back(static_cast<char>(0xF0u | (value >> 18)));
        tail(12);
        tail(6);
    }
    tail(0);
}

char32_t windows_1252(unsigned char byte) {
    return byte < 0x80 || byte >= 0xA0 ? byte : kWindows1252[byte - 0x80u];
}

Utf8Count count_utf8(std::string_view text) {
    Utf8Count count;
    while (!text.empty()) {
        std::uint64_t word = 0;
        while (text.size() >= sizeof word) {
            std::memcpy(&word, text.data(), sizeof word);
            if ((word & 0x8080808080808080u) != 0) break;
            text.remove_prefix(sizeof word);
        }
        while (!text.empty() && byte_at(text, 0) < 0x80) text.remove_prefix(1);
        while (!text.empty() && byte_at(text, 0) >= 0x80) {
            const Utf8Char c = utf8_front(text);
            if (c.length == 0) {
                ++count.invalid;
            } else {
                ++count.multi_byte;
                const bool control = c.value < 0xA0;
                const bool lead = c.value >= 0xC2 && c.value <= 0xF4 && text.size() > 2 &&
                                  byte_at(text, 2) >= 0xC2;
                if (control || lead) count.mojibake = true;
            }
            text.remove_prefix(std::max<std::size_t>(c.length, 1));
        }
    }
    return count;
}

std::string with_replacements(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const Utf8Char c = utf8_front(text);
        if (c.length == 0) {
            append_utf8(out, kReplacement);
            text.remove_prefix(1);
        } else {
            out.append(text.substr(0, c.length));
            text.remove_prefix(c.length);
        }
    }
    return out;
}

void mend_mojibake(std::string& text) {
    if (maybe_twice_encoded(text)) {
        std::string once = once_decoded(text);
        text = once.empty() ? partly_decoded(text) : std::move(once);
    }
    if (!has_c1(text)) return;
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const Utf8Char c = utf8_front(rest);
        const bool control = c.value >= 0x80 && c.value < 0xA0;
        append_utf8(out, control ? windows_1252(static_cast<unsigned char>(c.value)) : c.value);
        rest.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    text = std::move(out);
}

std::string ascii_lowered(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
    return out;
}

bool same_ascii(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace narvaro
