#pragma once
#include <string>
#include <string_view>

namespace narvaro::sandbox {

/// & < > and quotes as entities.
std::string escaped(std::string_view text);
/// Paragraphs (parted by empty lines) as <p>…</p>, escaped.
std::string paragraphs(std::string_view text);
/// UTF-8 as windows-1252; what it does not have becomes a character reference.
std::string windows_1252(std::string_view utf8);

}  // namespace narvaro::sandbox
