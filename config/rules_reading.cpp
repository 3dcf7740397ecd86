#include "config/rules_reading.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace narvaro {

bool read_extends(TableReader& top) {
    return top.one_of("extends", {"builtin", "none"}).value_or("builtin") == "builtin";
}

std::string rules_hash(std::string_view base_hash, std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const std::string_view part : {base_hash, text}) {
        for (const char c : part) {
            hash ^= static_cast<unsigned char>(c);
            hash *= 1099511628211ULL;
        }
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out(16, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4U) {
        *digit = kDigits[hash & 0xFU];
    }
    return out;
}

std::string without_case(std::string_view text) {
    std::string out{text};
    unsigned char before = 0;
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        const bool ascii = byte >= 'A' && byte <= 'Z';
        // U+00C0 to U+00DE are two bytes of UTF-8; U+00D7 is the sign of multiplication.
        const bool latin = before == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97;
        if (ascii || latin) c = static_cast<char>(byte + 0x20);
        before = byte;
    }
    return out;
}

void add_texts(TableReader& top, const std::string& key, std::vector<std::string>& list) {
    for (std::string& text : top.texts(key)) {
        if (std::find(list.begin(), list.end(), text) == list.end()) {
            list.push_back(std::move(text));
        }
    }
}

}  // namespace narvaro
