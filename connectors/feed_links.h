#pragma once
#include <string>
#include <string_view>

namespace narvaro {

/// The address that `reference` means where `base` is the base (RFC 3986, section 5.2). White space
/// around and line breaks within are dropped. A base without a scheme, or with one that holds no
/// paths (javascript:, data:), is no base: the reference comes back as it is.
std::string resolve_link(std::string_view base, std::string_view reference);

/// Whether it is an http or https address with a host, as feeds write them: blanks around it and
/// odd letters within are no harm.
bool is_web_link(std::string_view url);

/// Whether it begins with a scheme and a colon.
bool has_scheme(std::string_view url);

/// `next` as a base within `base`: resolved, or `base` itself when that gives nothing usable or
/// more than 1 KiB.
std::string nested_base(std::string_view base, std::string_view next);

}  // namespace narvaro
