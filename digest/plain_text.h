#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace narvaro {

/// Foreign text made harmless for one line of a terminal or log: control characters, escape
/// sequences and bidirectional overrides become a space or vanish, line ends become a space,
/// invalid UTF-8 becomes U+FFFD.
std::string harmless_line(std::string_view text);

/// The number of columns that `text` takes on a terminal: wide letters take two, combining ones
/// none.
std::size_t columns_of(std::string_view text);

/// At most `columns` of `text`, with "…" in place of what was cut; never in the middle of a letter.
std::string shortened(std::string_view text, std::size_t columns);

}  // namespace narvaro
