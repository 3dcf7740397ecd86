#pragma once
#include <cstdint>
#include <string_view>

namespace narvaro {

/// A small hash that is the same on every machine and in every run (FNV-1a, 64 bits, folded).
constexpr std::uint64_t stable_hash(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return hash ^ (hash >> 32U);
}

}  // namespace narvaro
