#include "connectors/feed_item.h"

#include <algorithm>

#include "connectors/feed_dates.h"
#include "connectors/feed_links.h"
#include "connectors/feed_utf8.h"
#include "connectors/html_text.h"

namespace narvaro {
namespace {

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/// Empty when it is no base64, or holds no text.
std::string decode_base64(std::string_view encoded) {
    std::string out;
    unsigned bits = 0;
    int held = 0;
    for (const char c : encoded) {
        if (is_space(c) || c == '=') continue;
        const int value = base64_value(c);
        if (value < 0) return {};
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFFu;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<char>((bits >> held) & 0xFFu));
        }
    }
    const bool binary = out.find('\0') != std::string::npos || count_utf8(out).invalid > 0;
    return binary ? std::string{} : out;
}

bool is_encoded(const RawText& raw) {
    return raw.kind == TextKind::base64 || raw.kind == TextKind::base64_html;
}

std::string_view base_of(const RawText& raw) {
    return raw.base ? std::string_view{*raw.base} : std::string_view{};
}

/// The kind with every guess made; decodes base64 into `decoded`.
TextKind settled_kind(const RawText& raw, std::string& decoded) {
    if (is_encoded(raw)) {
        decoded = decode_base64(raw.value);
        if (decoded.empty()) decoded = raw.value;
    }
    if (raw.kind == TextKind::base64_html) return TextKind::html;
    if (raw.kind == TextKind::html || raw.kind == TextKind::plain) return raw.kind;
    const std::string& text = is_encoded(raw) ? decoded : raw.value;
    return looks_like_html(text) ? TextKind::html : TextKind::plain;
}

/// The longest of the texts. None is made plain that cannot win: markup only adds to the length.
std::string longest_text(const std::vector<RawText>& texts, std::vector<std::string>& links) {
    std::vector<const RawText*> by_size;
    for (const RawText& raw : texts) by_size.push_back(&raw);
    std::sort(by_size.begin(), by_size.end(), [](const RawText* a, const RawText* b) {
        return a->value.size() != b->value.size() ? a->value.size() > b->value.size() : a < b;
    });
    std::string best;
    for (const RawText* raw : by_size) {
        if (raw->value.size() <= best.size()) break;
        std::vector<std::string> its_links;
        std::string text = text_of(*raw, &its_links);
        if (text.size() <= best.size() && !(best.empty() && links.empty())) continue;
        best = std::move(text);
        links = std::move(its_links);
    }
    return best;
}

void set_dates(FeedItem& item, const RawItem& raw) {
    constexpr auto kUpdated = static_cast<std::size_t>(DateRole::updated);
    item.updated = parse_feed_date(raw.dates[kUpdated]);
    for (std::size_t role = 0; role < kDateRoles && !item.published; ++role) {
        item.published = parse_feed_date(raw.dates[role]);
    }
}

/// A guid is an address only where it could be one: "1559104147038" is not.
bool could_be_path(std::string_view id) {
    return id.find('/') != std::string_view::npos &&
           id.find_first_of(" \t\n") == std::string_view::npos;
}

std::string address_of(const RawItem& raw) {
    if (is_web_link(raw.origin_link)) return raw.origin_link;
    if (!raw.link.empty()) return raw.link;
    if (raw.id_is_link && is_web_link(raw.id)) return raw.id;
    return raw.other_link;
}

}  // namespace

std::string text_of(const RawText& raw, std::vector<std::string>* links) {
    std::string decoded;
    const TextKind kind = settled_kind(raw, decoded);
    const std::string& source = is_encoded(raw) ? decoded : raw.value;
    if (kind != TextKind::html) return plain_lines(source);
    return html_to_text(source, base_of(raw), links);
}

std::string line_of(const RawText& raw, std::vector<std::string>* links) {
    std::string decoded;
    const TextKind kind = settled_kind(raw, decoded);
    const std::string& source = is_encoded(raw) ? decoded : raw.value;
    return one_line(kind == TextKind::html ? html_to_text(source, base_of(raw), links) : source);
}

std::string items_beyond_limit() {
    return "only the first " + std::to_string(kMostItems) + " items were kept";
}

void keep_text(RawItem& item, RawText text) {
    constexpr std::size_t kMostTexts = 16;
    if (item.texts.size() < kMostTexts) {
        item.texts.push_back(std::move(text));
        return;
    }
    const auto shortest = std::min_element(
        item.texts.begin(), item.texts.end(),
        [](const RawText& a, const RawText& b) { return a.value.size() < b.value.size(); });
    if (text.value.size() > shortest->value.size()) *shortest = std::move(text);
}

FeedItem finish_item(RawItem&& raw) {
    FeedItem item;
    const bool relative = !raw.id.empty() && !has_scheme(raw.id);
    if (relative && (raw.id_is_path || (raw.id_is_link && could_be_path(raw.id)))) {
        raw.id = resolve_link(raw.base, raw.id);
    }
    item.url = address_of(raw);
    item.id = std::move(raw.id);
    std::vector<std::string> title_links;
    item.title = line_of(raw.title, &title_links);
    if (item.title.empty()) item.title = line_of(raw.low_title);
    item.text = longest_text(raw.texts, item.links);
    if (item.text.empty() && !raw.low_text.empty()) item.text = text_of(raw.low_text, &item.links);
    for (std::string& link : title_links) {
        const bool known =
            std::find(item.links.begin(), item.links.end(), link) != item.links.end();
        if (!known) item.links.push_back(std::move(link));
    }
    set_dates(item, raw);
    return item;
}

}  // namespace narvaro
