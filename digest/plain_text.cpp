#include "digest/plain_text.h"

#include <utf8proc.h>

namespace narvaro {
namespace {

constexpr utf8proc_int32_t kReplacement = 0xFFFD;

/// The next code point; U+FFFD, one byte on, where the bytes are not UTF-8.
utf8proc_int32_t next_letter(std::string_view text, std::size_t& at) {
    utf8proc_int32_t letter = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
    const auto used =
        utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &letter);
    at += used > 0 ? static_cast<std::size_t>(used) : 1;
    return used > 0 ? letter : kReplacement;
}

void append(std::string& out, utf8proc_int32_t letter) {
    char bytes[4];
    const auto count = utf8proc_encode_char(letter, reinterpret_cast<utf8proc_uint8_t*>(bytes));
    out.append(bytes, static_cast<std::size_t>(count));
}

/// Marks that turn the direction of the text around them.
bool is_bidi_control(utf8proc_int32_t letter) {
    return letter == 0x200E || letter == 0x200F || letter == 0x061C ||
           (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
}

int width_of(utf8proc_int32_t letter) { return utf8proc_charwidth(letter); }

}  // namespace

std::string harmless_line(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const utf8proc_int32_t letter = next_letter(text, at);
        const auto category = utf8proc_category(letter);
        if (is_bidi_control(letter)) continue;
        const bool blank = category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
                           category == UTF8PROC_CATEGORY_ZP;
        if (!blank)
            append(out, letter);
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        columns += static_cast<std::size_t>(width_of(next_letter(text, at)));
    }
    return columns;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string{text};
    std::string out;
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const utf8proc_int32_t letter = next_letter(text, at);
        used += static_cast<std::size_t>(width_of(letter));
        if (used + 1 > columns) break;
        append(out, letter);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out + "…";
}

}  // namespace narvaro
