#pragma once
#include <compare>
#include <string>

namespace narvaro {

/// One mistake in a file that a person wrote.
struct Problem {
    std::string file;
    int line = 1;
    int column = 1;
    std::string text;  ///< what is wrong; what is allowed; nearest: "the nearest known name"
    auto operator<=>(const Problem&) const = default;
};

/// "FILE:LINE:COLUMN: text"
std::string to_string(const Problem& problem);

}  // namespace narvaro
