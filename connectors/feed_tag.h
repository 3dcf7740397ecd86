#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace narvaro {

struct TagAttribute {
    std::string_view name;
    std::string_view value;  ///< as written, without quotes; references not resolved
};

/// One start tag as it was written.
struct StartTag {
    std::string_view name;     ///< empty: this "<" begins no tag
    std::size_t length = 0;    ///< bytes, from "<" to what follows the tag
    std::size_t left_out = 0;  ///< attributes beyond 256, or longer than 1 MiB
    bool closed = false;       ///< "<name/>"
    bool ended = false;        ///< false: the text ends within the tag
    bool malformed = false;    ///< has to be written anew
};

/// Reads the start tag at the front of `text`, which begins with "<". Accepts what XML does not:
/// values without quotes, attributes without a value, a missing ">" before the next "<".
/// @param attributes  what the tag has; cleared first
StartTag read_start_tag(std::string_view text, std::vector<TagAttribute>& attributes);

}  // namespace narvaro
