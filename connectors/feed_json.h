#pragma once
#include <string>
#include <string_view>

#include "connectors/feed.h"

namespace narvaro {

/// Reads JSON Feed 1.0 and 1.1. The items' ids are as the feed gives them; a number is written out.
/// What follows the first error is lost, the items before it are kept with a warning; more than 64
/// levels are an error. JSON of another kind is Fault::bad_reply, with what it says about itself.
/// @param text  UTF-8
/// @param base  the address that relative ones are resolved against; empty: the feed's own page
/// @param home  set to the feed's own page
Result<Feed> parse_json_feed(std::string_view text, const std::string& base, std::string& home);

}  // namespace narvaro
