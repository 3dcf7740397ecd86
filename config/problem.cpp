#include "config/problem.h"

#include <algorithm>

namespace narvaro {
namespace {

/// Letters to insert, delete, change, or exchange with a neighbour.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string to_string(const Problem& p) {
    return p.file + ":" + std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.text;
}

std::string nearest_name(const std::string& written, const std::vector<std::string>& known) {
    std::string nearest;
    std::size_t best = std::max<std::size_t>(2, written.size() / 3) + 1;
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
