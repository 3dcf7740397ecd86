#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace narvaro {

/// One character of UTF-8. `length` is 0 where the bytes are no character.
struct Utf8Char {
    char32_t value = 0;
    std::size_t length = 0;
};

/// The character that `text` begins with; overlong forms and surrogates are no characters.
Utf8Char utf8_front(std::string_view text);

/// Appends a character; U+FFFD for a value that is none.
void append_utf8(std::string& out, char32_t value);

/// What a byte means in windows-1252. The five bytes that mean nothing there stay C1 controls.
char32_t windows_1252(unsigned char byte);

/// How much of a text is UTF-8.
struct Utf8Count {
    std::size_t multi_byte = 0;  ///< characters of two to four bytes
    std::size_t invalid = 0;     ///< bytes that belong to no character
    bool mojibake = false;       ///< holds what mend_mojibake might mend
};
Utf8Count count_utf8(std::string_view text);

/// A copy in which each byte that is no UTF-8 has become U+FFFD.
std::string with_replacements(std::string_view text);

/// Undoes two common mistakes of publishers, in place: UTF-8 that was taken for Latin-1 or
/// windows-1252 and encoded again ("Ã¥" is "å"), where the whole text says so; and C1 controls that
/// are meant as windows-1252 (U+0096 is a dash).
void mend_mojibake(std::string& text);

constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
/// XML's and HTML's white space.
constexpr bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
std::string ascii_lowered(std::string_view text);
/// Without regard to ASCII case.
bool same_ascii(std::string_view a, std::string_view b);
std::string_view trimmed(std::string_view text);

}  // namespace narvaro
