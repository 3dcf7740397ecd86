// libFuzzer: whatever a server may send for a feed. The first byte chooses what surrounds it.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "connectors/feed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::array<narvaro::FeedContext, 4> contexts{{
        {},
        {"", "", "https://tidning.example/rss"},
        {"text/xml; charset=iso-8859-2", "../x", "https://tidning.example/rss"},
        {"application/json; charset=utf-16", "", "https://tidning.example/feed.json"},
    }};
    // libFuzzer hands out unsigned bytes, the parser reads text
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    const auto feed = narvaro::parse_feed(bytes, contexts[data[0] % contexts.size()]);
    if (!feed) return 0;
    for (const narvaro::FeedItem& item : feed->items) {
        if (item.id.empty()) std::abort();  // every item has an id, whatever it holds
        if (item.title.find('\n') != std::string::npos) std::abort();
    }
    return 0;
}
