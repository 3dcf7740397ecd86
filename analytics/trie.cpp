#include "analytics/trie.h"

namespace narvaro {

std::int32_t Trie::add(std::string_view key) {
    std::size_t node = 0;
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        const auto [it, fresh] =
            growing_[node].try_emplace(byte, static_cast<std::int32_t>(growing_.size()));
        node = static_cast<std::size_t>(it->second);
        if (fresh) {
            growing_.emplace_back();
            slot_of_.push_back(kNone);
        }
    }
    if (slot_of_[node] == kNone) slot_of_[node] = slots_++;
    return slot_of_[node];
}

std::int32_t Trie::find(std::string_view key) const {
    std::size_t node = 0;
    for (const char c : key) {
        const auto it = growing_[node].find(static_cast<unsigned char>(c));
        if (it == growing_[node].end()) return kNone;
        node = static_cast<std::size_t>(it->second);
    }
    return slot_of_[node];
}

void Trie::freeze() {
    std::uint8_t next = 1;
    for (const auto& edges : growing_)
        for (const auto& [byte, to] : edges)
            if (columns_[byte] == 0) columns_[byte] = next++;  // UTF-8 has fewer than 255 bytes
    width_ = next;
    table_.assign(growing_.size() * width_, 0);
    for (std::size_t node = 0; node < growing_.size(); ++node)
        for (const auto& [byte, to] : growing_[node]) table_[node * width_ + columns_[byte]] = to;
    growing_.clear();
    growing_.shrink_to_fit();
}

}  // namespace narvaro
