#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace narvaro {

/// The known name that a slip of the pen has most likely turned into `written`: a third of the
/// letters may be missing, too many, other ones, or exchanged in pairs; capitals are nothing. The
/// first of several equally near. Empty when none is near.
std::string nearest_name(std::string_view written, const std::vector<std::string>& known);

/// `allowed: a, b, c`, then `; nearest: "b"` when one is near.
std::string allowed_names(std::string_view written, const std::vector<std::string>& known);

}  // namespace narvaro
