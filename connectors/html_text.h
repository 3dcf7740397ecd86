#pragma once
#include <string>
#include <string_view>

namespace narvaro {

// html_to_text itself is declared in connectors/feed.h.

/// Whether plain text is meant as HTML: it holds an end tag or a reference, and every tag and
/// reference in it is one that HTML knows.
bool looks_like_html(std::string_view text);

/// Plain text as one line: white space collapsed, none at the ends.
std::string one_line(std::string_view text);

/// Plain text with its line breaks: other white space collapsed, at most one empty line between
/// two lines.
std::string plain_lines(std::string_view text);

}  // namespace narvaro
