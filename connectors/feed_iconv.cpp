#include "connectors/feed_iconv.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <vector>

#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

/// An open conversion to UTF-8.
class Iconv {
  public:
    explicit Iconv(const std::string& charset) : handle_(iconv_open("UTF-8", charset.c_str())) {}
    ~Iconv() {
        if (ok()) iconv_close(handle_);
    }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;

    // iconv_open's own sign of failure is the pointer -1.
    bool ok() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

    /// Converts all of `bytes`; a place that is not valid becomes U+FFFD, `unit` bytes long.
    Converted run(std::string_view bytes, std::size_t unit) {
        Converted result;
        result.text.reserve(bytes.size() + bytes.size() / 2);
        std::string input{bytes};  // iconv asks for writable input
        char* in = input.data();
        std::size_t left = input.size();
        std::array<char, 16384> buffer;
        while (true) {
            char* out = buffer.data();
            std::size_t room = buffer.size();
            const bool flush = left == 0;
            const std::size_t done =
                iconv(handle_, flush ? nullptr : &in, flush ? nullptr : &left, &out, &room);
            const int reason = errno;
            result.text.append(buffer.data(), buffer.size() - room);
            if (done != static_cast<std::size_t>(-1)) {
                if (flush) return result;
                continue;
            }
            if (reason == E2BIG) continue;
            if (flush) return result;
            ++result.replaced;
            append_utf8(result.text, 0xFFFD);
            const std::size_t skipped = std::min(unit, left);
            in += skipped;
            left -= skipped;
        }
    }

  private:
    iconv_t handle_;
};

struct Alias {
    std::string_view name;  ///< without separators
    const char* iconv_name;
};

/// Names that glibc's iconv does not know, or knows as something narrower than what is meant.
constexpr auto kAliases = std::to_array<Alias>({
    {"gb2312", "GB18030"},
    {"gb231280", "GB18030"},
    {"gbk", "GB18030"},
    {"euccn", "GB18030"},
    {"csgb2312", "GB18030"},
    {"chinese", "GB18030"},
    {"ksc56011987", "CP949"},
    {"ksc5601", "CP949"},
    {"euckr", "CP949"},
    {"korean", "CP949"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"xsjis", "CP932"},
    {"ms932", "CP932"},
    {"windows31j", "CP932"},
    {"mskanji", "CP932"},
    {"eucjp", "EUC-JP-MS"},
    {"xeucjp", "EUC-JP-MS"},
    {"ujis", "EUC-JP-MS"},
    {"big5", "BIG5-HKSCS"},
    {"big5tw", "BIG5"},
    {"csbig5", "BIG5"},
    {"hkscs", "BIG5-HKSCS"},
    {"macroman", "MACINTOSH"},
    {"macintosh", "MACINTOSH"},
    {"maclatin2", "MAC-CENTRALEUROPE"},
    {"maccentraleurope", "MAC-CENTRALEUROPE"},
    {"maccyrillic", "MAC-CYRILLIC"},
    {"xmaccyrillic", "MAC-CYRILLIC"},
    {"maciceland", "MAC-IS"},
    {"cpis", "CP861"},
    {"iso885911", "CP874"},
    {"tis620", "CP874"},
    {"iso88599", "CP1254"},
    {"latin5", "CP1254"},
    {"hproman8", "HP-ROMAN8"},
    {"roman8", "HP-ROMAN8"},
    {"r8", "HP-ROMAN8"},
    {"johab", "JOHAB"},
    {"utf7", "UTF-7"},
    {"u7", "UTF-7"},
    {"u16", "UTF-16"},
    {"u32", "UTF-32"},
});

bool is_name(const std::string& charset) {
    const auto allowed = [](char c) {
        const char low = ascii_lower(c);
        return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.' || c == ':';
    };
    return !charset.empty() && charset.size() <= 40 &&
           std::all_of(charset.begin(), charset.end(), allowed);
}

/// The names under which iconv may know the charset, likeliest first.
std::vector<std::string> names_to_try(const std::string& charset) {
    std::string bare = ascii_lowered(charset);
    std::erase_if(bare, [](char c) { return c == '-' || c == '_' || c == '.' || c == ':'; });
    const auto alias = std::find_if(kAliases.begin(), kAliases.end(),
                                    [&](const Alias& a) { return a.name == bare; });
    std::vector<std::string> names;
    if (alias != kAliases.end()) names.emplace_back(alias->iconv_name);
    names.push_back(charset);
    std::string dashed = charset;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    names.push_back(std::move(dashed));
    if (bare.starts_with("windows")) names.push_back("CP" + bare.substr(7));
    if (bare.starts_with("ibm") || bare.starts_with("cp")) {
        const std::string number = bare.substr(bare.starts_with("ibm") ? 3 : 2);
        names.push_back("CP" + number);
        names.push_back("IBM" + number);
    }
    if (bare.starts_with("cs")) names.push_back(bare.substr(2));
    if (bare.starts_with("x")) names.push_back(bare.substr(1));
    names.push_back(std::move(bare));
    return names;
}

std::size_t unit_of(const std::string& name) {
    const std::string low = ascii_lowered(name);
    if (low.starts_with("utf-16") || low.starts_with("ucs-2")) return 2;
    return low.starts_with("utf-32") || low.starts_with("ucs-4") ? 4 : 1;
}

}  // namespace

std::optional<Converted> convert_to_utf8(std::string_view bytes, const std::string& charset) {
    if (!is_name(charset)) return std::nullopt;
    for (const std::string& name : names_to_try(charset)) {
        Iconv conversion{name};
        if (conversion.ok()) return conversion.run(bytes, unit_of(name));
    }
    return std::nullopt;
}

}  // namespace narvaro
