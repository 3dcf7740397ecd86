// Any bytes as an address: taking it apart ends, and twice gives the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analytics/links.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view address{reinterpret_cast<const char*>(data), size};
    const narvaro::LinkParts link = narvaro::link_parts(address);
    if (link.host.empty() && !link.path.empty()) std::abort();
    for (const char c : link.host) {
        if (c >= 'A' && c <= 'Z') std::abort();
    }
    if (!link.path.empty() && link.path.back() == '/') std::abort();
    (void)narvaro::looks_like_article(link);
    return 0;
}
