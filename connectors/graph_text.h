#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace narvaro {

/// JSON as it came, made readable: lone surrogates and bytes that are not UTF-8 become U+FFFD, raw
/// control characters within texts become spaces. Says nothing about the rest of the grammar.
/// @return Fault::bad_reply when it nests deeper than `depth`
Result<std::string> repaired_json(std::string_view body, int depth);

/// What Meta said, fit for a message: one line of at most 200 bytes without control characters,
/// without anything of `secrets`, without long random words and without the queries of addresses.
std::string clean_message(std::string_view text, const std::vector<std::string>& secrets);

/// Every byte but the unreserved ones of RFC 3986 as %XX.
std::string percent_encoded(std::string_view text);

/// Undoes percent_encoded, and reads "+" as a space; a broken escape stays as it is.
std::string percent_decoded(std::string_view text);

/// The names and values of a URL's query, decoded, in order.
std::vector<std::pair<std::string, std::string>> query_parts(std::string_view query);

}  // namespace narvaro
