#pragma once
#include <string_view>

namespace narvaro {

/// Whether two titles can be those of one article: at least half of the words of the shorter one
/// stand in the other, whatever their order, case and signs. A title that is empty or has no words
/// denies nothing.
bool alike_titles(std::string_view one, std::string_view other);

}  // namespace narvaro
