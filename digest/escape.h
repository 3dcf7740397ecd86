#pragma once
#include <string>
#include <string_view>

namespace narvaro {

/// Foreign text made harmless inside an HTML element or a quoted attribute, on one line.
std::string escaped(std::string_view text);

/// "25 %" and "25 000" stay on one line.
std::string kept_together(const std::string& text);

/// Whether an address may stand in a link: http or https, without blanks and control characters,
/// and no longer than 500 bytes (mail clients cut longer ones).
bool is_linkable(std::string_view url);

}  // namespace narvaro
