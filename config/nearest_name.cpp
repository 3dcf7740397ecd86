#include "config/nearest_name.h"

#include <algorithm>

namespace narvaro {
namespace {

std::string without_capitals(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// Letters to insert, delete, change, or exchange with a neighbour.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<std::size_t> row(b.size() + 1, i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (exchanged) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = std::move(last);
        last = std::move(row);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view written, const std::vector<std::string>& known) {
    constexpr std::size_t kLongest = 64;  // what is longer is no slip of the pen
    if (written.empty() || written.size() > kLongest) return {};
    std::string nearest;
    std::size_t best = (written.size() + 2) / 3 + 1;  // a third of the letters may be wrong
    for (const std::string& name : known) {
        const std::size_t d = distance(without_capitals(written), without_capitals(name));
        if (d >= best || d >= name.size()) continue;
        best = d;
        nearest = name;
    }
    return nearest;
}

std::string allowed_names(std::string_view written, const std::vector<std::string>& known) {
    if (known.empty()) return "none is configured";
    std::string text = "allowed: ";
    for (std::size_t i = 0; i < known.size(); ++i) text += (i == 0 ? "" : ", ") + known[i];
    const std::string nearest = nearest_name(written, known);
    if (!nearest.empty()) text += "; nearest: \"" + nearest + "\"";
    return text;
}

}  // namespace narvaro
