#include <string>
#include <string_view>

#include "connectors/feed_repair.h"

namespace narvaro {
namespace {

constexpr std::string_view kFffe = "\xEF\xBF\xBE";
constexpr std::string_view kFfff = "\xEF\xBF\xBF";

bool is_forbidden(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

bool has_noncharacter(std::string_view text) {
    for (std::size_t at = text.find(kFffe[0]); at != std::string_view::npos;
         at = text.find(kFffe[0], at + 1)) {
        const std::string_view next = text.substr(at, kFffe.size());
        if (next == kFffe || next == kFfff) return true;
    }
    return false;
}

bool has_forbidden(std::string_view text) {
    unsigned any = 0;  // no branch within the loop: it runs on many bytes at a time
    for (const char c : text) any |= is_forbidden(c) ? 1u : 0u;
    return any != 0 || has_noncharacter(text);
}

void add_line(std::vector<std::string>& lines, std::size_t count, const char* what) {
    if (count > 0) lines.push_back(std::to_string(count) + what);
}

}  // namespace

std::vector<std::string> RepairCount::warnings() const {
    std::vector<std::string> lines;
    add_line(lines, characters, " characters that XML forbids were dropped");
    add_line(lines, references, " bare \"&\" or undeclared entities were mended");
    add_line(lines, tags, " missing, stray or malformed tags were mended");
    add_line(lines, left_out, " tags or attributes beyond the limits were left out");
    return lines;
}

std::string_view without_forbidden(std::string_view text, std::string& storage,
                                   std::size_t& dropped) {
    if (!has_forbidden(text)) return text;
    storage.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view next = text.substr(i, kFffe.size());
        if (is_forbidden(text[i])) {
            ++dropped;
        } else if (next == kFffe || next == kFfff) {
            ++dropped;
            i += next.size() - 1;
        } else {
            storage.push_back(text[i]);
        }
    }
    return storage;
}

}  // namespace narvaro
