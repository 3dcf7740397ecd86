#pragma once
#include <cstddef>
#include <string_view>

namespace narvaro {

/// What an HTML entity stands for: "ouml" is U+00F6. 0 for a name that HTML 4 does not know
/// ("apos" is known).
char32_t html_entity(std::string_view name);

/// One "&name;", "&#228;" or "&#xE4;" at the front of a text.
struct Reference {
    std::string_view name;  ///< without "&" and ";"; empty for a numeric one
    char32_t value = 0;  ///< numeric: what it means (0x80 to 0x9F read as windows-1252); named: 0
    std::size_t length = 0;  ///< bytes from "&" to the end; 0: no reference stands here
    bool closed = false;     ///< ended by ";"
    bool mapped = false;     ///< numeric, and has to be written otherwise in XML
};

/// Reads the reference at the front of `text`, which begins with "&". Names are at most 64 bytes.
Reference reference_front(std::string_view text);

}  // namespace narvaro
