#include <cstdint>
#include <unordered_map>

#include "connectors/feed_item.h"

namespace narvaro {
namespace {

using Counts = std::unordered_map<std::string, std::size_t>;

/// FNV-1a: the same on every machine and in every version, which std::hash is not.
std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325u) {
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3u;
    }
    return hash;
}

std::string text_id(const FeedItem& item) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::uint64_t hash = hash_of(item.text, hash_of("\n", hash_of(item.title)));
    std::string id(16, '0');
    for (auto digit = id.rbegin(); digit != id.rend(); ++digit, hash >>= 4) {
        *digit = kDigits[hash & 0xFu];
    }
    return "text:" + id;
}

/// The id that is made where the feed gives none.
std::string made_id(const FeedItem& item, const Counts& links, std::string_view home_key) {
    const std::string key = link_key(item.url);
    const std::string& same = key.empty() ? item.url : key;
    const bool own = !item.url.empty() && links.at(same) == 1 && (key.empty() || key != home_key);
    return own ? item.url : text_id(item);
}

}  // namespace

void settle_ids(std::vector<FeedItem>& items, std::string_view home) {
    Counts ids;
    for (const FeedItem& item : items) ++ids[item.id];
    Counts links;
    if (ids.contains({})) {
        for (const FeedItem& item : items) {
            const std::string key = link_key(item.url);
            ++links[key.empty() ? item.url : key];
        }
    }
    const std::string home_key = link_key(home);
    for (FeedItem& item : items) {
        if (item.id.empty()) {
            item.id = made_id(item, links, home_key);
        } else if (ids.size() < items.size() && ids[item.id] > 1) {
            item.id += ' ';
            item.id += item.url.empty() ? text_id(item) : item.url;
        }
    }
}

}  // namespace narvaro
