#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace narvaro {

/// The width of the plain-text digest.
inline constexpr std::size_t kTextColumns = 78;

/// `text` broken at blanks into lines of at most kTextColumns, each begun with `indent` blanks (the
/// first with `first` instead, when given). A word that is longer than a line stands alone,
/// unbroken, so that an address can be clicked. Ends with a line end.
std::string wrapped(std::string_view text, std::size_t indent, std::string_view first = {});

/// `left` and `right` on one line, the right one flush with the last column; wraps the left.
std::string two_ends(std::string_view left, std::string_view right);

}  // namespace narvaro
