#include "core/places.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace narvaro {
namespace {

/// The next code point of UTF-8 `text`; a byte that is none stands for itself.
char32_t next_letter(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC0 || at + length > text.size()) return byte(at++);
    char32_t letter = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) letter = letter << 6U | (byte(at + i) & 0x3FU);
    at += length;
    return letter;
}

/// Lower case without marks, enough for the names of European places: "Ö" and "ö" become 'o'.
char32_t plain(char32_t letter) {
    if (letter >= U'A' && letter <= U'Z') return letter + 32;
    if ((letter >= 0xC0 && letter <= 0xDE) && letter != 0xD7) letter += 0x20;
    if (letter >= 0xE0 && letter <= 0xE5) return U'a';
    if (letter == 0xE6) return U'a';  // æ
    if (letter == 0xE7) return U'c';
    if (letter >= 0xE8 && letter <= 0xEB) return U'e';
    if (letter >= 0xEC && letter <= 0xEF) return U'i';
    if (letter == 0xF1) return U'n';
    if ((letter >= 0xF2 && letter <= 0xF6) || letter == 0xF8) return U'o';
    if (letter >= 0xF9 && letter <= 0xFC) return U'u';
    return letter;
}

bool is_combining(char32_t letter) { return letter >= 0x300 && letter <= 0x36F; }

std::u32string folded(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t letter = next_letter(text, at);
        if (is_combining(letter)) continue;
        const char32_t base = plain(letter);
        const bool blank = base == U' ' || base == U'\t' || base == 0xA0;
        if (blank && (out.empty() || out.back() == U' ')) continue;
        out += blank ? U' ' : base;
    }
    while (!out.empty() && out.back() == U' ') out.pop_back();
    return out;
}

void drop_suffix(std::u32string& name, std::u32string_view suffix) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) {
        name.resize(name.size() - suffix.size());
    }
}

std::u32string city_name(std::string_view text) {
    std::u32string name = folded(text.substr(0, text.find(',')));
    constexpr std::array<std::u32string_view, 5> kSuffixes{U" municipality", U" kommun", U" county",
                                                           U" lan", U" stad"};
    for (const auto suffix : kSuffixes) drop_suffix(name, suffix);
    return name;
}

/// Matches letter by letter; each `?` of the key stands for one letter, and so does each "??".
bool matches_mangled(std::u32string_view key, std::u32string_view name) {
    if (key.empty()) return name.empty();
    if (key.front() != U'?') {
        return !name.empty() && key.front() == name.front() &&
               matches_mangled(key.substr(1), name.substr(1));
    }
    if (name.empty()) return false;
    if (matches_mangled(key.substr(1), name.substr(1))) return true;
    return key.size() > 1 && key[1] == U'?' && matches_mangled(key.substr(2), name.substr(1));
}

/// "City, Country" names a country in its last part when it has three parts, or when that part is
/// one that we know as a country and not as a Swedish region.
bool names_other_country(std::string_view key) {
    const auto comma = key.rfind(',');
    if (comma == std::string_view::npos) return false;
    const std::u32string last = folded(key.substr(comma + 1));
    if (last == U"sweden" || last == U"sverige" || last == U"se") return false;
    const bool region = last.ends_with(U" county") || last.ends_with(U" lan") ||
                        last.find(U'?') != std::u32string::npos;
    const bool three_parts = key.find(',') != comma;
    constexpr std::array<std::u32string_view, 21> kSwedishRegions{
        U"stockholm", U"uppsala",         U"sodermanland",   U"ostergotland", U"jonkoping",
        U"kronoberg", U"kalmar",          U"gotland",        U"blekinge",     U"skane",
        U"halland",   U"vastra gotaland", U"varmland",       U"orebro",       U"vastmanland",
        U"dalarna",   U"gavleborg",       U"vasternorrland", U"jamtland",     U"vasterbotten",
        U"norrbotten"};
    if (region) return false;
    if (three_parts) return true;
    return std::find(kSwedishRegions.begin(), kSwedishRegions.end(), last) == kSwedishRegions.end();
}

}  // namespace

bool same_place(std::string_view platform_name, std::string_view place) {
    if (names_other_country(platform_name)) return false;
    const std::u32string key = city_name(platform_name);
    if (key.size() > 128) return false;  // no place; and the mangled match is not linear
    return matches_mangled(key, city_name(place));
}

bool in_group(const Places& places, const std::string& group, std::string_view platform_name) {
    const auto found = places.groups.find(group);
    if (found == places.groups.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& place) { return same_place(platform_name, place); });
}

}  // namespace narvaro
