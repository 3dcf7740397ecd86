#include "config/problem.h"

#include <algorithm>

namespace narvaro {
namespace {

/// Letters to insert, delete, change, or exchange with a neighbour.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (exchanged) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

std::string to_string(const Problem& p) {
    return p.file + ":" + std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.text;
}

std::string nearest_name(const std::string& written, const std::vector<std::string>& known) {
    std::string nearest;
    std::size_t best = (written.size() + 2) / 3 + 1;  // a third of the letters may be wrong
    for (const std::string& name : known) {
        const std::size_t d = distance(written, name);
        if (d < best) {
            best = d;
            nearest = name;
        }
    }
    return nearest;
}

std::string allowed_names(const std::string& written, const std::vector<std::string>& known) {
    if (known.empty()) return "none is allowed here";
    std::string text = "allowed: ";
    for (std::size_t i = 0; i < known.size(); ++i) text += (i == 0 ? "" : ", ") + known[i];
    const std::string nearest = nearest_name(written, known);
    if (!nearest.empty()) text += "; nearest: \"" + nearest + "\"";
    return text;
}

}  // namespace narvaro
