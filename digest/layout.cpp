#include "digest/layout.h"

#include "digest/plain_text.h"

namespace narvaro {

std::string wrapped(std::string_view text, std::size_t indent, std::string_view first) {
    std::string out;
    std::string line = first.empty() ? std::string(indent, ' ') : std::string{first};
    bool has_word = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (has_word && columns_of(line) + 1 + columns_of(word) > kTextColumns) {
            out += line + "\n";
            line = std::string(indent, ' ');
            has_word = false;
        }
        if (has_word) line += ' ';
        line += word;
        has_word = true;
    }
    return out + line + "\n";
}

std::string two_ends(std::string_view left, std::string_view right) {
    const std::size_t right_columns = columns_of(right);
    std::string lines = wrapped(left, 0);
    lines.pop_back();
    const std::size_t begin = lines.rfind('\n') == std::string::npos ? 0 : lines.rfind('\n') + 1;
    const std::size_t used = columns_of(std::string_view{lines}.substr(begin));
    if (used + 2 + right_columns > kTextColumns) {
        lines += "\n";
        return lines + std::string(kTextColumns - std::min(kTextColumns, right_columns), ' ') +
               std::string{right} + "\n";
    }
    return lines + std::string(kTextColumns - used - right_columns, ' ') + std::string{right} +
           "\n";
}

}  // namespace narvaro
