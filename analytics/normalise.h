#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace narvaro {

/// The text as judging reads it, case kept: broken UTF-8 replaced by U+FFFD, NFKC (mathematical,
/// full-width and decomposed letters become plain ones), without format characters (zero-width,
/// soft hyphen, bidi controls, variation selectors) and without marks that sit on no letter of
/// their own (struck-through or "zalgo" text). Linear in the length; never fails.
std::string clean_text(std::string_view text);

/// Cleaned and case folded. Idempotent.
std::string fold_text(std::string_view text);

/// Case folds what clean_text returned, appending to `out`.
void append_folded(std::string_view clean, std::string& out);

/// Folded text with å ä ö é … written as a a o e …
std::string without_diacritics(std::string_view folded);

/// One code point of well-formed UTF-8 at `at`, which is moved behind it.
char32_t next_code_point(std::string_view text, std::size_t& at);

/// How many code points well-formed UTF-8 holds.
std::size_t count_characters(std::string_view text);

}  // namespace narvaro
