#include "storage/like_title.h"

#include <algorithm>
#include <string>
#include <vector>

namespace narvaro {
namespace {

/// In lower case, that of Latin-1 included; dashes, quotation marks and dots are blanks.
std::string lowered(std::string_view text) {
    std::string out{text};
    for (std::size_t at = out.find("\xE2\x80"); at != std::string::npos && at + 2 < out.size();
         at = out.find("\xE2\x80", at + 3)) {
        out.replace(at, 3, 3, ' ');
    }
    bool latin = false;
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        const bool capital =
            (c >= 'A' && c <= 'Z') || (latin && byte >= 0x80 && byte <= 0x9E && byte != 0x97);
        if (capital) c = static_cast<char>(byte + 0x20);
        latin = byte == 0xC3;
    }
    return out;
}

bool in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// In order, each once.
std::vector<std::string> words_of(std::string_view title) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : lowered(title) + ' ') {
        if (in_word(c)) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

bool alike_titles(std::string_view one, std::string_view other) {
    const std::vector<std::string> a = words_of(one);
    const std::vector<std::string> b = words_of(other);
    std::vector<std::string> common;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
    return common.size() * 2 >= std::min(a.size(), b.size());
}

}  // namespace narvaro
