// Any bytes as a feed's date: reading ends, and what is read is an instant that people could write.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "connectors/feed_dates.h"
#include "connectors/graph_json.h"
#include "core/time.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // libFuzzer hands out unsigned bytes, the parser reads text
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    (void)narvaro::parse_graph_time(text);
    const auto read = narvaro::parse_feed_date(text);
    if (!read) return 0;
    const std::string written = narvaro::format_utc(*read);
    if (narvaro::parse_feed_date(written) != read) std::abort();  // our own form reads as the same
    return 0;
}
