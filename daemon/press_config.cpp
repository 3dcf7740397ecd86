#include "daemon/press_config.h"

#include <nlohmann/json.hpp>

#include "connectors/http_url.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestId = 32;

/// å ä ö é ü as their plain letters; empty for what has none.
char plain_letter(std::string_view two_bytes) {
    constexpr std::pair<std::string_view, char> kLetters[] = {
        {"å", 'a'}, {"Å", 'a'}, {"ä", 'a'}, {"Ä", 'a'}, {"ö", 'o'}, {"Ö", 'o'},
        {"é", 'e'}, {"É", 'e'}, {"ü", 'u'}, {"Ü", 'u'}, {"ø", 'o'}, {"æ", 'a'}};
    for (const auto& [letter, plain] : kLetters) {
        if (two_bytes == letter) return plain;
    }
    return 0;
}

std::string ascii_id(std::string_view title) {
    std::string id;
    for (std::size_t at = 0; at < title.size() && id.size() < kLongestId; ++at) {
        char c = title[at];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (const char plain = plain_letter(title.substr(at, 2)); plain != 0) {
            c = plain;
            ++at;
        }
        const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (fits)
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    while (id.ends_with('-')) id.pop_back();
    return id;
}

std::string id_for(const OpmlFeed& feed, std::set<std::string>& taken) {
    std::string id = ascii_id(feed.title);
    if (id.empty()) {
        const auto url = parse_http_url(feed.url);
        id = ascii_id(url ? url->host : "press");
    }
    if (id.empty()) id = "press";
    std::string free = id;
    for (int n = 2; !taken.insert(free).second; ++n) free = id + "-" + std::to_string(n);
    return free;
}

/// A JSON text in ASCII is a TOML basic string, but for the escape of the slash that JSON need not
/// use.
std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string press_configuration(const std::vector<OpmlFeed>& feeds, std::set<std::string> taken) {
    std::string out;
    for (const OpmlFeed& feed : feeds) {
        out += "[source." + id_for(feed, taken) + "]";
        if (!feed.title.empty()) out += "  # " + feed.title;
        out += "\nkind = \"press\"\nurl = " + quoted(feed.url) + "\n\n";
    }
    return out;
}

}  // namespace narvaro
