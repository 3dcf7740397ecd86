#pragma once
#include <string>
#include <vector>

namespace narvaro {

/// One mistake in a file that a person wrote.
struct Problem {
    std::string file;
    int line = 1;
    int column = 1;
    std::string text;  ///< what is wrong; what is allowed; the nearest known name
    auto operator<=>(const Problem&) const = default;
};

/// "FILE:LINE:COLUMN: text"
std::string to_string(const Problem& problem);

/// The known name that is nearest to what was written; empty when none is near.
std::string nearest_name(const std::string& written, const std::vector<std::string>& known);

/// "allowed: a, b, c", and "; nearest: \"b\"" when one is near.
std::string allowed_names(const std::string& written, const std::vector<std::string>& known);

}  // namespace narvaro
