#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace narvaro {

/// One feed of a subscription list.
struct OpmlFeed {
    std::string title;  ///< UTF-8, one line; empty when the list gives none
    std::string url;    ///< an http or https address, as written
    bool operator==(const OpmlFeed&) const = default;
};

/// The feeds of an OPML file, folders at any depth, in their order, each address once. Outlines
/// without a feed's address are folders or notes and left out. At most 16 MiB are read.
/// @return Fault::bad_reply when the bytes are no well-formed OPML
Result<std::vector<OpmlFeed>> parse_opml(std::string_view bytes);

}  // namespace narvaro
