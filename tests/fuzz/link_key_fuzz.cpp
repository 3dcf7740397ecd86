// Any bytes as a link and its base: the key is the same however often the link is written anew.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "connectors/feed.h"
#include "connectors/feed_links.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all{reinterpret_cast<const char*>(data), size};
    const std::size_t line = std::min(all.find('\n'), all.size());
    const std::string_view link = all.substr(0, line);
    const std::string_view base = all.substr(std::min(line + 1, all.size()));

    const std::string key = narvaro::link_key(link);
    if (!key.empty()) {
        if (narvaro::link_key("https://" + key) != key) std::abort();
        if (key.find('#') != std::string::npos) std::abort();
    }
    const std::string resolved = narvaro::resolve_link(base, link);
    (void)narvaro::link_key(resolved);
    (void)narvaro::is_web_link(resolved);
    return 0;
}
