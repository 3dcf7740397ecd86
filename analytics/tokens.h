#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

/// What stands between a token and the one before it.
enum class Gap : std::uint8_t {
    none,      ///< nothing: emoji beside a word
    space,     ///< one space
    wide,      ///< two or more spaces
    hyphen,    ///< a hyphen or dash without spaces: one written word, or a range
    point,     ///< a full stop without spaces: "18.00"
    comma_in,  ///< a comma without spaces: "2,1"
    comma,     ///< a comma, semicolon or bullet with a space: the next item of a list
    slash,     ///< "/", "&", "+"
    other,     ///< colon, quotes, brackets …
    sentence,  ///< . ! ? …
    line,      ///< a line feed
};

/// One word, tag, handle, number or emoji of a text.
struct Token {
    enum class Kind : std::uint8_t { word, number, hashtag, handle, emoji };
    Kind kind = Kind::word;
    Gap gap = Gap::none;
    /// Written without word boundaries that can be trusted: a hashtag, or letters spaced out.
    bool glued = false;
    std::uint32_t begin = 0, end = 0;            ///< in TokenText::folded
    std::uint32_t first_part = 0, part_end = 0;  ///< hashtag: its parts in TokenText::parts
};

/// A piece of a hashtag between capitals, digits or underscores; offsets in TokenText::folded.
struct TagPart {
    std::uint32_t begin = 0, end = 0;
};

/// A text taken apart. Addresses and e-mail addresses are left out.
struct TokenText {
    std::string folded;  ///< the tokens' folded letters, one after the other
    std::vector<Token> tokens;
    std::vector<TagPart> parts;
    std::vector<std::string> links;    ///< addresses that stood in the text, as written
    std::size_t characters = 0;        ///< of the cleaned text
    std::size_t prose_characters = 0;  ///< without addresses and hashtags

    std::string_view view(const Token& t) const { return piece(t.begin, t.end); }
    std::string_view view(const TagPart& p) const { return piece(p.begin, p.end); }

  private:
    std::string_view piece(std::uint32_t begin, std::uint32_t end) const {
        return std::string_view(folded).substr(begin, end - begin);
    }
};

/// Takes a text of any bytes apart: cleaned, split at capitals inside hashtags, folded; letters
/// spaced out are joined. Linear in the length. A text beyond 16 MiB is cut there.
TokenText tokenise(std::string_view text);

/// A handle or name without case, dots, underscores, spaces, @ and #; of an account's address the
/// last part of its path.
std::string squeezed_handle(std::string_view handle);

}  // namespace narvaro
