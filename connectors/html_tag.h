#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace narvaro {

/// What an element does to the text around it.
enum class HtmlEffect : std::uint8_t {
    inline_text,  ///< nothing
    line,         ///< begins and ends a line
    paragraph,    ///< begins and ends a paragraph
    line_break,   ///< <br>
    list_item,    ///< a line that begins with "- "
    cell,         ///< apart from its neighbours by a space
    link,         ///< <a>: its address is of interest
    dropped,      ///< what it holds is no text: script, style, template
};

/// @param name  as written, any case; a name that HTML does not know is inline_text
HtmlEffect html_effect(std::string_view name);

/// Whether HTML has such an element. Any case.
bool is_html_element(std::string_view name);

/// One tag as it stands in HTML.
struct HtmlTag {
    std::string_view name;  ///< empty: no tag begins here
    bool end = false;       ///< "</name>"
    std::size_t length = 0;
    HtmlEffect effect = HtmlEffect::inline_text;
    std::string_view href;  ///< a link's address; references not resolved
};

/// Finds tags in one text, from front to back. Remembers which quotes no longer occur, so that the
/// whole takes time in proportion to the text.
class HtmlTagReader {
  public:
    explicit HtmlTagReader(std::string_view html) : html_(html) {}
    /// The tag at `at`, where "<" stands.
    HtmlTag read(std::size_t at);
    /// Where the end tag of the raw element `name` ends, searched from `at`; the end of the text
    /// when there is none.
    std::size_t after_end_tag(std::string_view name, std::size_t at) const;

  private:
    std::size_t after_attributes(std::size_t at, std::string_view* href);
    std::size_t closing_quote(char quote, std::size_t from);

    std::string_view html_;
    std::size_t no_double_after_ = std::string_view::npos;
    std::size_t no_single_after_ = std::string_view::npos;
};

}  // namespace narvaro
