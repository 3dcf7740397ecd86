#pragma once

namespace narvaro {

/// "0.1.0", as in CMakeLists.txt; also what servers see: User-Agent narvaro/0.1.0.
inline constexpr char kVersion[] = NARVARO_VERSION;

}  // namespace narvaro
