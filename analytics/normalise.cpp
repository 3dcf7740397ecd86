#include "analytics/normalise.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include <utf8proc.h>

namespace narvaro {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kSimpleEnd = 0x300;  ///< below it, a letter never joins with the letter before
constexpr int kMarksInARow = 16;        ///< more is drawing, and would make reordering quadratic

void append_utf8(char32_t c, std::string& out) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
    for (utf8proc_ssize_t i = 0; i < n; ++i)
        out += static_cast<char>(bytes[static_cast<std::size_t>(i)]);
}

bool is_control(char32_t c) { return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0); }

bool is_mark(char32_t c) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

bool is_ignorable(char32_t c) {
    if (c < 0x80) return false;
    const auto* property = utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    return property->ignorable || property->category == UTF8PROC_CATEGORY_CF;
}

/// utf8proc's mapping of a short piece of well-formed UTF-8; marks that found no letter fall away.
std::string mapped(const std::string& piece, bool fold) {
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                       UTF8PROC_IGNORE | (fold ? UTF8PROC_CASEFOLD : 0));
    utf8proc_uint8_t* raw = nullptr;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(piece.data());
    const auto n = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(piece.size()), &raw, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(raw, &std::free);
    if (n < 0) return {};  // no memory, or a length beyond 2 GiB
    const std::string_view all(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(n));
    std::string kept;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t from = at;
        const char32_t c = next_code_point(all, at);
        if (c < kSimpleEnd || !is_mark(c)) kept.append(all.substr(from, at - from));
    }
    return kept;
}

/// Mapping once is not always enough: what is mapped can itself have a mapping.
std::string mapped_to_the_end(std::string piece, bool fold) {
    for (int round = 0; round < 4; ++round) {
        std::string next = mapped(piece, fold);
        if (next == piece) break;
        piece = std::move(next);
    }
    return piece;
}

/// What each code point below kSimpleEnd becomes on its own.
struct SimpleTable {
    std::array<std::string, kSimpleEnd> clean;
    std::array<std::string, kSimpleEnd> folded;
    SimpleTable() {
        for (char32_t c = 0; c < kSimpleEnd; ++c) {
            std::string one;
            append_utf8(c, one);
            const bool control = is_control(c) && c != '\n';
            clean[c] = control ? " " : mapped_to_the_end(one, false);
            folded[c] = control ? " " : mapped_to_the_end(one, true);
        }
        clean['\r'] = folded['\r'] = "\n";
    }
};

const SimpleTable& simple_table() {
    static const SimpleTable table;
    return table;
}

/// Decodes one code point; broken bytes give U+FFFD one at a time.
char32_t decode(std::string_view text, std::size_t& at) {
    utf8proc_int32_t c = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
    const auto left = static_cast<utf8proc_ssize_t>(text.size() - at);
    const auto n = utf8proc_iterate(bytes, left, &c);
    if (n <= 0) {
        ++at;
        return kReplacement;
    }
    at += static_cast<std::size_t>(n);
    return static_cast<char32_t>(c);
}

/// Writes simple letters by table and hands the rest, with the letter before it, to utf8proc.
class Mapper {
  public:
    Mapper(bool fold, std::string& out)
        : fold_(fold), table_(fold ? simple_table().folded : simple_table().clean), out_(out) {}

    void take(char32_t c) {
        if (c < kSimpleEnd && c != 0xAD) {
            flush();
            last_ = c;
            return;
        }
        if (is_ignorable(c)) return;
        marks_ = is_mark(c) ? marks_ + 1 : 0;
        if (marks_ > kMarksInARow) return;
        if (last_ && is_control(*last_)) flush();  // no letter: the table knows what it becomes
        if (last_ && piece_.empty()) append_utf8(*last_, piece_);
        last_.reset();
        append_utf8(c, piece_);
    }

    void flush() {
        if (last_) out_ += table_[*last_];
        last_.reset();
        if (!piece_.empty()) out_ += mapped_to_the_end(std::move(piece_), fold_);
        piece_.clear();
        marks_ = 0;
    }

  private:
    bool fold_;
    const std::array<std::string, kSimpleEnd>& table_;
    std::string& out_;
    std::optional<char32_t> last_;  ///< a simple letter not yet written: a mark may follow
    std::string piece_;
    int marks_ = 0;
};

void map_text(std::string_view text, bool fold, std::string& out) {
    Mapper mapper(fold, out);
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            ++at;
            mapper.take(byte);
        } else {
            mapper.take(decode(text, at));
        }
    }
    mapper.flush();
}

}  // namespace

std::string clean_text(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    map_text(text, false, out);
    return out;
}

void append_folded(std::string_view clean, std::string& out) { map_text(clean, true, out); }

std::string fold_text(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    append_folded(clean_text(text), out);
    return out;
}

std::string without_diacritics(std::string_view folded) {
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t from = at;
        const char32_t c = next_code_point(folded, at);
        std::array<utf8proc_int32_t, 8> parts{};
        int last_class = 0;
        const auto n = c < 0x80
                           ? 0
                           : utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts.data(),
                                                     parts.size(), UTF8PROC_DECOMPOSE, &last_class);
        if (n > 1 && static_cast<std::size_t>(n) <= parts.size())
            append_utf8(static_cast<char32_t>(parts[0]), out);
        else
            out.append(folded.substr(from, at - from));
    }
    return out;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
        ++at;
        return byte;
    }
    return decode(text, at);
}

std::size_t count_characters(std::string_view text) {
    std::size_t n = 0;
    for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return n;
}

}  // namespace narvaro
