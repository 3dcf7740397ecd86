#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace narvaro {

struct Converted {
    std::string text;          ///< UTF-8
    std::size_t replaced = 0;  ///< places that were not valid and became U+FFFD
};

/// Converts to UTF-8 through iconv. Charset names are read as publishers and Python write them
/// ("cp437", "437", "windows_1250", "mac_roman"). @return empty for a charset that is not known.
std::optional<Converted> convert_to_utf8(std::string_view bytes, const std::string& charset);

}  // namespace narvaro
