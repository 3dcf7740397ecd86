#pragma once
#include <string>
#include <string_view>

namespace narvaro {

/// An address as links are compared.
struct LinkParts {
    std::string host;  ///< lower case, without www. and m.; empty: not a web address
    std::string path;  ///< "/nyheter/ny-bro", without a trailing slash; empty: the front page
    std::string key() const { return host + path; }
};

/// Takes an address apart: unwrapped from l.facebook.com and l.instagram.com, without scheme,
/// user, port, query and fragment; percent-escapes of letters are resolved.
LinkParts link_parts(std::string_view address);

/// Whether an address is one article, not a front page or a section: a last part with a hyphen,
/// digits or an ending.
bool looks_like_article(const LinkParts& link);

}  // namespace narvaro
