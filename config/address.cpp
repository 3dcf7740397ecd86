#include "config/address.h"

#include <algorithm>
#include <charconv>

namespace narvaro {
namespace {

bool is_blank_or_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F;
}

bool is_free_of(std::string_view text, std::string_view unwanted) {
    return std::none_of(text.begin(), text.end(), [&](char c) {
        return is_blank_or_control(c) || unwanted.find(c) != std::string_view::npos;
    });
}

/// The text after the scheme; empty when it begins with neither.
std::string_view after_scheme(std::string_view text, std::string_view plain,
                              std::string_view secure) {
    if (text.starts_with(plain)) return text.substr(plain.size());
    if (text.starts_with(secure)) return text.substr(secure.size());
    return {};
}

}  // namespace

std::optional<HostAndPort> parse_host_and_port(std::string_view text) {
    HostAndPort out;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return {};
        out.host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        if (out.host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string::npos) return {};
    } else {
        const auto colon = std::min(text.find(':'), text.size());
        out.host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (out.host.empty() || !is_free_of(out.host, "/?#@\\<>\"'[]")) return {};
    if (rest.empty()) return out;
    if (!rest.starts_with(':')) return {};
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(rest.data() + 1, last, out.port);
    if (error != std::errc{} || end != last || out.port == 0) return {};
    return out;
}

bool is_web_address(std::string_view text) {
    const std::string_view rest = after_scheme(text, "http://", "https://");
    return is_free_of(text, "\\<>\"") &&
           parse_host_and_port(rest.substr(0, rest.find_first_of("/?#"))).has_value();
}

bool is_mail_server(std::string_view text) {
    std::string_view rest = after_scheme(text, "smtp://", "smtps://");
    if (rest.ends_with('/')) rest.remove_suffix(1);
    return parse_host_and_port(rest).has_value();
}

bool is_mail_address(std::string_view text) {
    constexpr std::size_t kLongest = 254;
    const auto at = text.find('@');
    if (at == std::string_view::npos || text.size() > kLongest) return false;
    const std::string_view host = text.substr(at + 1);
    const bool ascii = std::all_of(text.begin(), text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii && at > 0 && !host.empty() && host.front() != '.' && host.back() != '.' &&
           host.find('@') == std::string_view::npos && is_free_of(text, ",;:<>()[]\\\"");
}

}  // namespace narvaro
