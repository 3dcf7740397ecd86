// Any bytes as HTML: the text does not depend on whether links are asked for, each link stands
// once, and paragraphs are one empty line apart.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/feed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view html{reinterpret_cast<const char*>(data), size};
    std::vector<std::string> links;
    const std::string text = narvaro::html_to_text(html, "https://a.example/nyheter/", &links);
    if (text != narvaro::html_to_text(html)) std::abort();  // links change nothing of the text
    const std::set<std::string> once{links.begin(), links.end()};
    if (once.size() != links.size()) std::abort();
    if (text.find("\n\n\n") != std::string::npos) std::abort();
    return 0;
}
