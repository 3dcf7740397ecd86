#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/as_of.h"
#include "core/label.h"
#include "core/time.h"

namespace narvaro {

/// What was stored after this instant is not seen: the end of time unless an earlier knowledge is
/// asked for.
inline sys_seconds known_until(AsOf as_of) { return as_of.known_by; }

/// The first instant that the span and the as-of instant no longer allow.
inline sys_seconds end_of(Span span, AsOf as_of) {
    if (as_of.at == sys_seconds::max()) return span.to;
    return std::min(span.to, as_of.at + seconds{1});
}

/// Lists in one column, as JSON. Bytes that are no UTF-8 become U+FFFD.
std::string encode_list(std::span<const std::string> list);
std::vector<std::string> decode_list(std::string_view json);
std::string encode_keys(std::span<const std::int64_t> keys);
std::string encode_reasons(std::span<const Reason> reasons);
std::vector<Reason> decode_reasons(std::string_view json);

/// 64 bits that change when the content does, eight bytes at a step (FNV-1a over words). For
/// noticing a change, not against forgers; what is stored depends on it, so it never changes.
class Fingerprint {
  public:
    /// Fields keep their borders: ("ab","c") is not ("a","bc").
    Fingerprint& add(std::string_view field);
    Fingerprint& add(std::int64_t number);
    std::int64_t value() const { return static_cast<std::int64_t>(hash_); }

  private:
    void mix(std::uint64_t word) {
        hash_ = (hash_ ^ word) * 0x100000001b3ULL;
        hash_ ^= hash_ >> 32;  // multiplying moves change upwards only
    }
    std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace narvaro
