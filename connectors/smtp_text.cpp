#include "connectors/smtp_text.h"

#include <algorithm>
#include <array>

#include <openssl/evp.h>

namespace narvaro {
namespace {

constexpr std::size_t kLongestWords = 300;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(std::max(0, size)));
    return out;
}

bool holds(std::string_view words, const std::string& secret) {
    return !secret.empty() && words.find(secret) != std::string_view::npos;
}

}  // namespace

std::optional<ReplyLine> parse_reply_line(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return {};
    if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return {};
    ReplyLine reply;
    reply.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    reply.last = line.size() == 3 || line[3] == ' ';
    reply.text = line.substr(std::min<std::size_t>(line.size(), 4));
    return reply;
}

std::string harmless_words(std::string_view words, const std::string& user,
                           const Secret& password) {
    if (!password.empty()) {
        const std::string& plain = password.reveal();
        const std::string both = std::string(1, '\0') + user + std::string(1, '\0') + plain;
        const std::array<std::string, 3> forms{plain, base64(plain), base64(both)};
        const bool told = std::any_of(forms.begin(), forms.end(),
                                      [&](const std::string& f) { return holds(words, f); });
        if (told) return "(words that held the password)";
    }
    std::string line;
    for (const char c : words.substr(0, kLongestWords)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x7F) {
            line += '?';
        } else {
            line += byte < 0x20 ? ' ' : c;
        }
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

std::string dot_stuffed(std::string_view message) {
    std::string out;
    out.reserve(message.size() + message.size() / 64 + 2);
    bool line_start = true;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const char c = message[i];
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < message.size() && message[i + 1] == '\n') ++i;
            out += "\r\n";
            line_start = true;
            continue;
        }
        if (line_start && c == '.') out += '.';
        out += c;
        line_start = false;
    }
    if (!line_start) out += "\r\n";
    return out;
}

bool fits_an_envelope(std::string_view address) {
    return !address.empty() && std::none_of(address.begin(), address.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte >= 0x7F || c == '<' || c == '>';
    });
}

}  // namespace narvaro
