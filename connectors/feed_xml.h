#pragma once
#include <string>
#include <string_view>

#include "connectors/feed.h"

namespace narvaro {

/// Reads RSS or Atom, well-formed or not. The items' ids are as the feed gives them.
/// @param text  UTF-8, beginning at the first tag
/// @param base  the address that relative ones are resolved against; empty: the feed's own link
/// @param home  set to the feed's own page
Result<Feed> parse_xml_feed(std::string_view text, const std::string& base, std::string& home);

}  // namespace narvaro
