#include "connectors/feed_charset.h"

#include <algorithm>
#include <array>
#include <optional>

#include "connectors/feed_iconv.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kDeclarationReach = 1024;

std::string charset_of(std::string_view content_type) {
    const std::string low = ascii_lowered(content_type);
    const std::size_t key = low.find("charset");
    if (key == std::string::npos) return {};
    std::string_view rest = trimmed(std::string_view{low}.substr(key + 7));
    if (!rest.starts_with('=')) return {};
    rest = trimmed(rest.substr(1));
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    return std::string{trimmed(rest.substr(0, rest.find_first_of("\"'; \t")))};
}

std::string bare_name(std::string_view charset) {
    std::string bare = ascii_lowered(charset);
    std::erase_if(bare, [](char c) { return c == '-' || c == '_' || c == '.' || c == ':'; });
    return bare;
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool means_utf8(const std::string& bare) {
    constexpr std::array<std::string_view, 5> kNames{"utf8", "u8", "unicode11utf8", "utf8mb4",
                                                     "unicode"};
    return is_one_of(bare, kNames);
}

/// What is read as windows-1252, as browsers do. Publishers say these without looking.
bool means_latin1(const std::string& bare) {
    constexpr std::array<std::string_view, 15> kNames{
        "iso88591", "latin1",      "latin", "l1",     "88591",   "cp819", "ibm819",   "819",
        "usascii",  "windows1252", "1252",  "cp1252", "iso8859", "ascii", "isolatin1"};
    return is_one_of(bare, kNames) || bare.starts_with("iso885911987") || bare == "iso88591windows";
}

/// Wide charsets cannot be what bytes without a mark and without zeros are in.
bool means_wide(const std::string& bare) {
    return bare.starts_with("utf16") || bare.starts_with("utf32") || bare.starts_with("ucs") ||
           bare.starts_with("iso10646") || bare == "u16" || bare == "u32";
}

/// Charsets that spell other letters with ASCII bytes: valid UTF-8 proves nothing against them.
bool is_seven_bit(const std::string& bare) {
    return bare.starts_with("iso2022") || bare.starts_with("csiso2022") || bare.starts_with("hz") ||
           bare == "utf7" || bare == "u7";
}

bool is_east_asian(const std::string& bare) {
    constexpr std::array<std::string_view, 12> kStarts{
        "gb", "big5", "euc", "shift", "sjis", "ks", "cp9", "ms9", "hk", "johab", "cp13", "chinese"};
    return std::any_of(kStarts.begin(), kStarts.end(),
                       [&](std::string_view start) { return bare.starts_with(start); });
}

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) append_utf8(out, windows_1252(static_cast<unsigned char>(c)));
    return out;
}

/// UTF-8 into which parts in windows-1252 were pasted, as the declaration gives away.
std::string mixed_to_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    while (!bytes.empty()) {
        const Utf8Char c = utf8_front(bytes);
        const auto byte = static_cast<unsigned char>(bytes[0]);
        append_utf8(out, c.length == 0 ? windows_1252(byte) : c.value);
        bytes.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return out;
}

/// The wide charset that the first four bytes show: by a mark, or by where the zeros of "<" stand.
struct Wide {
    const char* charset = nullptr;
    std::size_t mark = 0;  ///< bytes of the mark
};

Wide wide_charset(std::string_view bytes) {
    using namespace std::string_view_literals;
    const std::string_view head = bytes.substr(0, 4);
    if (head == "\xFF\xFE\0\0"sv) return {"UTF-32LE", 4};
    if (head == "\0\0\xFE\xFF"sv) return {"UTF-32BE", 4};
    if (head.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
    if (head.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
    if (head.size() < 4) return {};
    const auto zero = [&](std::size_t at) { return head[at] == '\0'; };
    if (!zero(0) && zero(1) && zero(2) && zero(3)) return {"UTF-32LE", 0};
    if (zero(0) && zero(1) && zero(2) && !zero(3)) return {"UTF-32BE", 0};
    const auto opens = [](char c) { return c == '<' || c == '{' || is_space(c); };
    if (opens(head[0]) && zero(1) && !zero(2) && zero(3)) return {"UTF-16LE", 0};
    if (zero(0) && opens(head[1]) && zero(2) && !zero(3)) return {"UTF-16BE", 0};
    return {};
}

}  // namespace

std::string declared_encoding(std::string_view text) {
    const std::string_view head = text.substr(0, kDeclarationReach);
    const std::size_t open = head.find("<?xml");
    if (open == std::string_view::npos) return {};
    const std::string_view declaration = head.substr(open, head.find('>', open) - open);
    const std::size_t key = declaration.find("encoding");
    if (key == std::string_view::npos) return {};
    std::string_view rest = trimmed(declaration.substr(key + 8));
    if (!rest.starts_with('=')) return {};
    rest = trimmed(rest.substr(1));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return {};
    const std::size_t close = rest.find(rest[0], 1);
    if (close == std::string_view::npos) return {};
    return ascii_lowered(trimmed(rest.substr(1, close - 1)));
}

DecodedText::DecodedText(std::string_view bytes, std::string_view content_type) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!decode_marked(bytes)) decode_unmarked(bytes, charset_of(content_type));
}

void DecodedText::keep(std::string_view text) { view_ = text; }

void DecodedText::convert(std::string text, std::size_t replaced) {
    storage_ = std::move(text);
    converted_ = true;
    mojibake_ = true;  // not looked at closely
    if (replaced > 0) {
        warnings_.push_back(std::to_string(replaced) +
                            " places could not be decoded and became U+FFFD");
    }
}

/// UTF-16, UTF-32 and EBCDIC show themselves in their first bytes.
bool DecodedText::decode_marked(std::string_view bytes) {
    if (bytes.starts_with("\x4C\x6F\xA7\x94")) {  // "<?xm" in every EBCDIC
        const std::string head = convert_to_utf8(bytes.substr(0, kDeclarationReach), "IBM037")
                                     .value_or(Converted{})
                                     .text;
        auto whole = convert_to_utf8(bytes, declared_encoding(head));
        if (!whole) whole = convert_to_utf8(bytes, "IBM037");
        if (!whole) return false;
        convert(std::move(whole->text), whole->replaced);
        return true;
    }
    const Wide wide = wide_charset(bytes);
    if (wide.charset == nullptr) return false;
    auto whole = convert_to_utf8(bytes.substr(wide.mark), wide.charset);
    if (!whole) return false;
    convert(std::move(whole->text), whole->replaced);
    return true;
}

void DecodedText::decode_unmarked(std::string_view bytes, const std::string& http) {
    const Utf8Count count = count_utf8(bytes);
    const std::string declared = declared_encoding(bytes);
    if (count.invalid == 0) {
        // A short text in an East Asian charset may look like UTF-8 by chance; four letters do not.
        for (const std::string& charset : {http, declared}) {
            const std::string bare = bare_name(charset);
            const bool doubtful =
                is_seven_bit(bare) ||
                (is_east_asian(bare) && count.multi_byte > 0 && count.multi_byte < 4);
            if (doubtful && decode_invalid_as(charset, bytes)) return;
        }
        mojibake_ = count.mojibake;
        keep(bytes);
        return;
    }
    // One broken letter does not make it windows-1252, in which letters form no valid pairs.
    const bool mostly_utf8 = count.multi_byte >= count.invalid;
    for (const std::string& charset : {http, declared}) {
        const std::string bare = bare_name(charset);
        if (bare.empty() || means_utf8(bare) || means_wide(bare)) continue;
        if (means_latin1(bare)) {
            convert(mostly_utf8 ? mixed_to_utf8(bytes) : from_windows_1252(bytes), 0);
            return;
        }
        if (decode_invalid_as(charset, bytes)) return;
    }
    if (mostly_utf8) {
        convert(with_replacements(bytes), count.invalid);
        return;
    }
    warnings_.push_back(declared.empty() ? "no encoding was declared; read as windows-1252"
                                         : "the bytes are not in the declared encoding; read as "
                                           "windows-1252");
    convert(from_windows_1252(bytes), 0);
}

/// Takes the charset when all but one in a hundred bytes are valid in it.
bool DecodedText::decode_invalid_as(const std::string& charset, std::string_view bytes) {
    auto converted = convert_to_utf8(bytes, charset);
    if (!converted || converted->replaced * 100 > bytes.size()) return false;
    convert(std::move(converted->text), converted->replaced);
    return true;
}

}  // namespace narvaro
