#include "connectors/meta_accounts.h"

#include <algorithm>
#include <array>

#include "connectors/graph_text.h"
#include "connectors/http_url.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestLink = 2000;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_handle_character(char c) { return is_letter_or_digit(c) || c == '.' || c == '_'; }

std::string squeezed(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 6> kMarked{
        {{"å", 'a'}, {"ä", 'a'}, {"ö", 'o'}, {"Å", 'a'}, {"Ä", 'a'}, {"Ö", 'o'}}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto marked = std::find_if(kMarked.begin(), kMarked.end(), [&](const auto& one) {
            return text.substr(at).starts_with(one.first);
        });
        if (marked != kMarked.end()) {
            out += marked->second;
            at += marked->first.size();
            continue;
        }
        const char c = text[at++];
        if (c == '.' || c == '_' || (c == '@' && out.empty())) continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::vector<std::string> segments_of(const std::string& path) {
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        if (end > at) segments.push_back(percent_decoded(path.substr(at, end - at)));
        at = end + 1;
    }
    return segments;
}

std::string query_value(const HttpUrl& url, std::string_view wanted) {
    for (auto& [name, value] : query_parts(url.query)) {
        if (name == wanted) return value;
    }
    return {};
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_site(const std::string& host, std::string_view site) {
    return host == site || host.ends_with("." + std::string{site});
}

/// The number at the end of "Name-123" or of "123"; else the text itself.
std::string id_at_end(const std::string& text) {
    const std::string tail = text.substr(text.rfind('-') + 1);
    const bool number = !tail.empty() && tail.find_first_not_of("0123456789") == std::string::npos;
    return number ? tail : text;
}

MetaLink facebook_link(const HttpUrl& url) {
    constexpr std::array<std::string_view, 4> kPhotos{"photo.php", "photo", "photos", "video.php"};
    constexpr std::array<std::string_view, 3> kById{"profile.php", "permalink.php", "story.php"};
    constexpr std::array<std::string_view, 3> kNamed{"pages", "people", "p"};
    constexpr std::array<std::string_view, 21> kNobody{
        "groups",   "events", "event", "hashtag",   "watch",  "reel",        "reels",
        "share",    "sharer", "login", "login.php", "help",   "marketplace", "ads",
        "business", "gaming", "live",  "media",     "search", "sharer.php",  "policies"};
    const std::vector<std::string> path = segments_of(url.path);
    if (path.empty()) return {};
    const std::string& first = path.front();
    if (is_one_of(kPhotos, first)) return {query_value(url, "id"), true};
    if (is_one_of(kById, first)) return {query_value(url, "id"), false};
    if (is_one_of(kNamed, first)) return {path.size() > 1 ? id_at_end(path.back()) : "", false};
    if (const auto user = std::find(path.begin(), path.end(), "user");
        user != path.end() && user + 1 != path.end()) {
        return {*(user + 1), false};  // a member of a group
    }
    if (first == "stories" && path.size() > 1) return {path[1], false};
    if (is_one_of(kNobody, first)) return {};
    const bool photo = path.size() > 1 && (path[1] == "photos" || path[1] == "videos");
    return {first.substr(0, first.find('_')), photo};
}

MetaLink instagram_link(const HttpUrl& url) {
    constexpr std::array<std::string_view, 7> kNobody{"p",       "reel",     "reels", "tv",
                                                      "explore", "accounts", "share"};
    const std::vector<std::string> path = segments_of(url.path);
    if (path.empty() || is_one_of(kNobody, path.front())) return {};
    if (path.front() == "stories") return {path.size() > 1 ? path[1] : "", false};
    return {path.front(), false};
}

template <class T>
void add_once(std::vector<T>& all, T one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}

/// Where an address begins at or after `from`; npos: nowhere.
std::size_t next_address(std::string_view text, std::size_t from) {
    for (std::size_t at = from; at < text.size(); ++at) {
        if (text[at] != 'h' && text[at] != 'H') continue;
        std::string start{text.substr(at, 8)};
        for (char& c : start) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (start == "https://" || start.starts_with("http://")) return at;
    }
    return std::string_view::npos;
}

bool ends_address(char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '>' || c == '"' || c == '`' ||
           c == '{' || c == '}' || c == '|' || c == '\\' || c == '^';
}

/// Takes the punctuation of the sentence off the end; a bracket stays when the address opened it.
std::string_view without_punctuation(std::string_view url) {
    constexpr std::array<std::string_view, 6> kMarks{"”", "’", "»", "…", "“", "\xC2\xA0"};
    for (bool changed = true; changed && !url.empty();) {
        changed = false;
        const char last = url.back();
        const bool opened = last == ')' && url.find('(') != std::string_view::npos;
        if (!opened && std::string_view{".,;:!?)]'*"}.find(last) != std::string_view::npos) {
            url.remove_suffix(1);
            changed = true;
        }
        for (const auto mark : kMarks) {
            if (!url.ends_with(mark)) continue;
            url.remove_suffix(mark.size());
            changed = true;
        }
    }
    return url;
}

}  // namespace

Organisations::Organisations(const std::vector<std::string>& handles) {
    for (const std::string& handle : handles) {
        const bool open = handle.ends_with('*');
        std::string plain =
            squeezed(std::string_view{handle}.substr(0, open ? handle.size() - 1 : handle.size()));
        if (plain.empty()) continue;
        (open ? beginnings_ : whole_).push_back(std::move(plain));
    }
}

bool Organisations::contains(std::string_view account) const {
    const std::string plain = squeezed(account);
    if (plain.empty()) return false;
    return std::find(whole_.begin(), whole_.end(), plain) != whole_.end() ||
           std::any_of(beginnings_.begin(), beginnings_.end(),
                       [&](const std::string& start) { return plain.starts_with(start); });
}

std::optional<MetaLink> meta_link(const std::string& url) {
    const Result<HttpUrl> parsed = parse_http_url(url);
    if (!parsed) return {};
    if (is_site(parsed->host, "facebook.com") || is_site(parsed->host, "fb.com") ||
        is_site(parsed->host, "fb.me")) {
        return facebook_link(*parsed);
    }
    if (is_site(parsed->host, "instagram.com")) return instagram_link(*parsed);
    return {};
}

std::string unwrapped_link(const std::string& url) {
    const Result<HttpUrl> parsed = parse_http_url(url);
    if (!parsed) return url;
    const bool detour = (is_site(parsed->host, "facebook.com") && parsed->path == "/l.php") ||
                        (parsed->host == "l.instagram.com" && parsed->path == "/");
    const std::string target = detour ? query_value(*parsed, "u") : std::string{};
    return target.empty() ? url : target;
}

bool is_handle(std::string_view text) {
    return !text.empty() && text.size() <= 30 &&
           std::all_of(text.begin(), text.end(), is_handle_character);
}

std::vector<std::string> handles_in(std::string_view caption) {
    std::vector<std::string> handles;
    for (auto at = caption.find('@'); at != std::string_view::npos;
         at = caption.find('@', at + 1)) {
        if (at > 0 && is_handle_character(caption[at - 1])) continue;  // a mail address
        auto end = at + 1;
        while (end < caption.size() && is_handle_character(caption[end])) ++end;
        while (end > at + 1 && caption[end - 1] == '.') --end;
        const auto handle = caption.substr(at + 1, end - at - 1);
        if (is_handle(handle)) add_once(handles, std::string{handle});
    }
    return handles;
}

std::vector<std::string> links_in(std::string_view text) {
    std::vector<std::string> links;
    for (auto at = next_address(text, 0); at != std::string_view::npos;) {
        auto end = at;
        while (end < text.size() && !ends_address(text[end])) ++end;
        const auto url = without_punctuation(text.substr(at, end - at));
        if (url.size() > 8 && url.size() <= kLongestLink) add_once(links, std::string{url});
        at = next_address(text, end);
    }
    return links;
}

}  // namespace narvaro
