// Any bytes as a subscription list: it is read or refused, and what is read is configuration.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "connectors/feed_links.h"
#include "connectors/opml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto feeds = narvaro::parse_opml(bytes);
    if (!feeds) {
        if (feeds.error().what.empty() || feeds.error().remedy.empty()) std::abort();
        return 0;
    }
    for (const narvaro::OpmlFeed& feed : *feeds) {
        if (!narvaro::is_web_link(feed.url)) std::abort();
        for (const char c : feed.title + feed.url) {
            if (static_cast<unsigned char>(c) < 0x20)
                std::abort();  // nothing breaks a line of TOML
        }
    }
    return 0;
}
