#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace narvaro {

/// Byte strings, each with a number, walked letter by letter. Filled first, then frozen into one
/// flat table.
class Trie {
  public:
    static constexpr std::int32_t kNone = -1;

    /// The slot of `key`: the same number for the same key, counted from 0.
    std::int32_t add(std::string_view key);
    /// The slot of `key`, or kNone. Only before freeze().
    std::int32_t find(std::string_view key) const;
    std::size_t size() const { return static_cast<std::size_t>(slots_); }
    void freeze();

    /// Calls `on(slot, length)` for every key with which `text` begins, shortest first.
    template <class On>
    void walk(std::string_view text, On&& on) const {
        std::int32_t node = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::uint8_t column = columns_[static_cast<unsigned char>(text[i])];
            if (column == 0) return;
            node = table_[static_cast<std::size_t>(node) * width_ + column];
            if (node <= 0) return;
            const std::int32_t slot = slot_of_[static_cast<std::size_t>(node)];
            if (slot != kNone) on(slot, i + 1);
        }
    }

  private:
    std::vector<std::map<unsigned char, std::int32_t>> growing_{1};
    std::vector<std::int32_t> slot_of_{kNone};
    std::int32_t slots_ = 0;
    std::array<std::uint8_t, 256> columns_{};  ///< 0: a byte that no key holds
    std::size_t width_ = 1;
    std::vector<std::int32_t> table_{0};
};

}  // namespace narvaro
