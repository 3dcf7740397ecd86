// gzip by hand: faults need it, a library does not.
#include <array>
#include <cstdint>

#include "wire.h"

namespace narvaro::sandbox {
namespace {

constexpr std::uint32_t crc_of_byte(std::uint32_t byte) {
    for (int i = 0; i < 8; ++i) byte = (byte & 1U) != 0 ? 0xEDB88320U ^ (byte >> 1U) : byte >> 1U;
    return byte;
}

class Crc {
  public:
    void add(unsigned char byte) { crc_ = crc_of_byte((crc_ ^ byte) & 0xFFU) ^ (crc_ >> 8U); }
    std::uint32_t value() const { return ~crc_; }

  private:
    std::uint32_t crc_ = 0xFFFFFFFFU;
};

void little_endian(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::string gzip_header() { return {"\x1f\x8b\x08\0\0\0\0\0\0\xff", 10}; }

/// Bits from the lowest up, as deflate wants them.
class Bits {
  public:
    explicit Bits(std::string& out) : out_(out) {}
    void add(unsigned bits, int count) {
        for (int i = 0; i < count; ++i) {
            byte_ |= ((bits >> i) & 1U) << filled_;
            if (++filled_ == 8) flush();
        }
    }
    /// A Huffman code goes from its highest bit down.
    void add_code(unsigned code, int count) {
        for (int i = count - 1; i >= 0; --i) add((code >> i) & 1U, 1);
    }
    void flush() {
        if (filled_ == 0) return;
        out_ += static_cast<char>(byte_);
        byte_ = 0;
        filled_ = 0;
    }

  private:
    std::string& out_;
    unsigned byte_ = 0;
    int filled_ = 0;
};

}  // namespace

std::string gzip(std::string_view text) {
    constexpr std::size_t kBlock = 65535;
    std::string out = gzip_header();
    Crc crc;
    for (const char c : text) crc.add(static_cast<unsigned char>(c));
    const std::size_t size = text.size();
    do {
        const std::string_view block = text.substr(0, kBlock);
        text.remove_prefix(block.size());
        out += text.empty() ? '\x01' : '\x00';
        little_endian(out, block.size(), 2);
        little_endian(out, ~block.size() & 0xFFFFU, 2);
        out += block;
    } while (!text.empty());
    little_endian(out, crc.value(), 4);
    little_endian(out, size, 4);
    return out;
}

std::string gzip_bomb(std::size_t megabytes) {
    constexpr std::size_t kRun = 258;  // deflate's longest repetition
    const std::size_t size = megabytes * 1024 * 1024;
    std::string out = gzip_header();
    Bits bits{out};
    bits.add(1, 1);                // the last block
    bits.add(1, 2);                // with the fixed codes
    bits.add_code(0x30 + ' ', 8);  // one space
    std::size_t written = 1;
    for (; written + kRun <= size; written += kRun) {
        bits.add_code(0xC5, 8);  // "258 more"
        bits.add_code(0, 5);     // "of the byte before"
    }
    for (; written < size; ++written) bits.add_code(0x30 + ' ', 8);
    bits.add_code(0, 7);
    bits.flush();
    Crc crc;
    for (std::size_t i = 0; i < size; ++i) crc.add(' ');
    little_endian(out, crc.value(), 4);
    little_endian(out, size, 4);
    return out;
}

}  // namespace narvaro::sandbox
