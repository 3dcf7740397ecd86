#include "connectors/feed.h"

#include <algorithm>
#include <array>

#include "connectors/feed_charset.h"
#include "connectors/feed_item.h"
#include "connectors/feed_json.h"
#include "connectors/feed_links.h"
#include "connectors/feed_utf8.h"
#include "connectors/feed_xml.h"

namespace narvaro {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// White space, control characters and byte order marks say nothing.
std::string_view without_blanks(std::string_view text) {
    while (!text.empty()) {
        if (static_cast<unsigned char>(text[0]) <= 0x20) {
            text.remove_prefix(1);
        } else if (text.starts_with("\xEF\xBB\xBF")) {
            text.remove_prefix(3);
        } else {
            break;
        }
    }
    return text;
}

std::string_view without_comments(std::string_view text) {
    text = without_blanks(text);
    while (text.starts_with("<!--")) {
        const std::size_t close = text.find("-->");
        if (close == kNone) break;
        text = without_blanks(text.substr(close + 3));
    }
    return text;
}

/// Whether "<name" stands at the front, any case.
bool opens(std::string_view text, std::string_view name) {
    if (!text.starts_with('<') || text.size() < name.size() + 2) return false;
    const char after = text[name.size() + 1];
    return same_ascii(text.substr(1, name.size()), name) &&
           (is_space(after) || after == '>' || after == '/');
}

/// The name of the element that opens at the front, without prefix; empty: none does.
std::string_view opened_name(std::string_view text) {
    if (!text.starts_with('<')) return {};
    const std::size_t end = std::min(text.find_first_of(" \t\r\n/><", 1), text.size());
    const std::string_view name = text.substr(1, end - 1);
    return name.substr(name.find(':') + 1);
}

bool opens_feed(std::string_view text) {
    constexpr auto kRoots = std::to_array<std::string_view>({"rss", "feed", "rdf", "channel"});
    const std::string_view name = opened_name(text);
    return std::any_of(kRoots.begin(), kRoots.end(),
                       [&](std::string_view root) { return same_ascii(root, name); });
}

bool opens_page(std::string_view text) {
    return opens(text, "html") || opens(text, "head") || opens(text, "body") ||
           (opens(text, "!doctype") && same_ascii(trimmed(text.substr(9)).substr(0, 4), "html"));
}

/// Where a feed begins in what has something else in front; npos: nowhere.
std::size_t find_feed(std::string_view text) {
    for (std::size_t at = text.find('<'); at != kNone; at = text.find('<', at + 1)) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("<?xml") || opens_feed(rest)) return at;
    }
    return kNone;
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    std::string start;
    for (const char c : text.substr(0, kLongest)) {
        if (static_cast<unsigned char>(c) >= 0x80) break;
        start += c > ' ' && c != 0x7F ? c : ' ';
    }
    return start;
}

/// What the rest of an address means is clear once its base is absolute.
std::string base_of(const FeedContext& context) {
    if (context.content_location.empty()) return context.url;
    return nested_base(context.url, context.content_location);
}

Result<Feed> parse_markup(std::string_view text, const std::string& base, std::string& home) {
    const std::string_view start = without_comments(text);
    if (opens_page(start)) return fail(Fault::bad_reply, "no feed but an HTML page");
    const bool clean = start.starts_with("<?xml") || start.starts_with("<!") || opens_feed(start);
    if (clean) return parse_xml_feed(start, base, home);
    const std::size_t begin = find_feed(start);
    if (begin == kNone) {
        if (!opened_name(start).empty()) return parse_xml_feed(start, base, home);
        return fail(Fault::bad_reply, "no feed but text: \"" + excerpt(start) + "\"");
    }
    Result<Feed> feed = parse_xml_feed(start.substr(begin), base, home);
    if (feed)
        feed->warnings.push_back(std::to_string(begin) + " bytes before the feed were skipped");
    return feed;
}

}  // namespace

Result<Feed> parse_feed(std::string_view bytes, const FeedContext& context) {
    const DecodedText decoded{bytes, context.content_type};
    const std::string_view text = without_blanks(decoded.text());
    if (text.empty()) return fail(Fault::bad_reply, "no feed: the answer is empty");
    const std::string base = base_of(context);
    std::string home;
    const bool json = text.starts_with('{') || text.starts_with('[');
    Result<Feed> feed = json ? parse_json_feed(text, base, home) : parse_markup(text, base, home);
    if (!feed) return feed;
    feed->warnings.insert(feed->warnings.begin(), decoded.warnings().begin(),
                          decoded.warnings().end());
    if (decoded.mojibake()) {
        mend_mojibake(feed->title);
        for (FeedItem& item : feed->items) {
            mend_mojibake(item.title);
            mend_mojibake(item.text);
        }
    }
    settle_ids(feed->items, home);
    feed->home = std::move(home);
    return feed;
}

}  // namespace narvaro
