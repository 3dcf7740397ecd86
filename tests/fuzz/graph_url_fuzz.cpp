// Any bytes as paging.next: it is refused, or leads below the configured address without a token.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "connectors/graph_url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string next{reinterpret_cast<const char*>(data), size};
    const std::string api = "https://graph.example/v26.0";
    for (const std::string& link : {next, api + "/1/posts?" + next}) {
        const auto url = narvaro::next_url(api, link, {{"limit", "25"}}, "proof");
        if (!url) continue;
        if (!url->starts_with(api + "/")) std::abort();
        const std::size_t query = url->find('?');
        for (const char* token : {"?access_token=", "&access_token="}) {
            if (query != std::string::npos && url->find(token, query) != std::string::npos) {
                std::abort();
            }
        }
        for (const char c : *url) {
            if (static_cast<unsigned char>(c) <= 0x20) std::abort();
        }
    }
    (void)narvaro::version_of(next);
    const auto built = narvaro::graph_url(api, next, {{next, next}}, next);
    if (!built.starts_with(api)) std::abort();
    return 0;
}
