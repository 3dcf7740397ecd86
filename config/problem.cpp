#include "config/problem.h"

namespace narvaro {

std::string to_string(const Problem& p) {
    return p.file + ":" + std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.text;
}

}  // namespace narvaro
