// The part of FeedReader that gathers the text of one element.
#include <algorithm>
#include <charconv>
#include <cstdint>

#include "connectors/feed_reader.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

std::string_view view(const char* text) { return text == nullptr ? std::string_view{} : text; }

bool is_markup_type(std::string_view type) {
    return type == "xhtml" || type.ends_with("+xml") || type.ends_with("/xml");
}

/// How the `type` and `mode` of a text element say that it is meant.
TextKind kind_of(const std::string& type, std::string_view mode, TextKind otherwise) {
    if (mode == "base64") {
        const bool html = type == "html" || type == "text/html" || is_markup_type(type);
        return html ? TextKind::base64_html : TextKind::base64;
    }
    if (type.empty()) {
        return otherwise == TextKind::plain && mode == "escaped" ? TextKind::guess : otherwise;
    }
    if (type == "html" || type == "text/html") return TextKind::html;
    if (is_markup_type(type)) return TextKind::html;
    if (type == "text" || type == "plain" || type.starts_with("text/")) {
        return otherwise == TextKind::html ? TextKind::guess : otherwise;
    }
    return TextKind::base64;
}

void append_escaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("<>&"), text.size());
        out += text.substr(0, end);
        if (end == text.size()) return;
        out += text[end] == '<' ? "&lt;" : text[end] == '>' ? "&gt;" : "&amp;";
        text.remove_prefix(end + 1);
    }
}

/// @return empty for what is no whole number above zero
std::optional<std::chrono::minutes> minutes_in(std::string_view text) {
    constexpr std::int64_t kYear = std::int64_t{60} * 24 * 366;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = end == text.data() + text.size();
    if (error == std::errc::result_out_of_range) return std::chrono::minutes{kYear};
    if (error != std::errc{} || !whole || value <= 0) return std::nullopt;
    return std::chrono::minutes{std::min(value, kYear)};
}

}  // namespace

void FeedReader::text(std::string_view piece) {
    if (capture_.depth == 0) return;
    if (capture_.escaped) {
        append_escaped(capture_.raw.value, piece);
    } else {
        capture_.raw.value += piece;
    }
}

void FeedReader::capture(Element element, const SaxAttributes& attributes) {
    capture_.is_text = capture_.escaped = false;
    switch (element) {
        case Element::link:
            link(attributes);
            return;
        case Element::title:
        case Element::low_title:
        case Element::low_text:
        case Element::description:
        case Element::summary:
        case Element::content:
        case Element::encoded:
        case Element::body:
            capture_text(element, attributes);
            break;
        case Element::id:
            item_.id_is_link = !same_ascii(attributes.word("isPermaLink"), "false");
            item_.id_is_path = same_ascii(attributes.word("isPermaLink"), "true");
            break;
        default:
            break;
    }
    capture_.element = element;
    capture_.depth = depth_;
    capture_.raw.value.clear();
    nested_.clear();
}

void FeedReader::capture_text(Element element, const SaxAttributes& attributes) {
    TextKind otherwise = is_atom_ ? TextKind::plain : TextKind::guess;
    const bool html = element == Element::description || element == Element::encoded ||
                      element == Element::body || element == Element::low_text;
    if (html) otherwise = TextKind::html;
    const std::string type = ascii_lowered(trimmed(attributes.word("type")));
    const bool of_media = element == Element::low_text || element == Element::low_title;
    capture_.is_text = true;
    capture_.raw.kind = of_media ? TextKind::guess
                                 : kind_of(type, ascii_lowered(attributes.word("mode")), otherwise);
    capture_.escaped =
        element == Element::body || (is_markup_type(type) && capture_.raw.kind == TextKind::html);
    capture_.raw.base = base();
    if (element == Element::content && !capture_.of_feed) {
        const std::string source = attributes.address("src");
        if (item_.other_link.empty() && !source.empty()) item_.other_link = resolved(source);
    }
}

/// Markup that is not escaped, as in Atom's XHTML or in careless RSS: written down as HTML.
void FeedReader::nested_start(const SaxName& name, const SaxAttributes& attributes) {
    if (!capture_.is_text) return;
    RawText& raw = capture_.raw;
    if (raw.kind == TextKind::plain) {
        std::string escaped;
        append_escaped(escaped, raw.value);
        raw.value = std::move(escaped);
        capture_.escaped = true;
    }
    raw.kind = TextKind::html;
    nested_.emplace_back(view(name.local));
    raw.value += '<';
    raw.value += nested_.back();
    if (const std::string href = attributes.address("href"); !href.empty()) {
        raw.value += " href=\"";
        for (const char c : resolved(href)) {
            raw.value += c == '"' ? "&quot;" : c == '&' ? "&amp;" : std::string(1, c);
        }
        raw.value += '"';
    }
    raw.value += '>';
}

void FeedReader::nested_end() {
    if (!capture_.is_text || nested_.empty()) return;
    const std::string& name = nested_.back();
    if (!same_ascii(name, "br") && !same_ascii(name, "hr") && !same_ascii(name, "img")) {
        capture_.raw.value += "</" + name + ">";
    }
    nested_.pop_back();
}

void FeedReader::end_capture() {
    capture_.depth = 0;
    if (capture_.of_feed) {
        keep_in_feed();
    } else {
        keep_in_item();
    }
}

void FeedReader::keep_in_feed() {
    if (capture_.element == Element::link) {
        if (home_.empty()) keep_home(capture_.raw.value);
    } else if (capture_.element == Element::ttl) {
        feed_.ttl = minutes_in(trimmed(capture_.raw.value));
    } else if (feed_.title.empty()) {
        feed_.title = line_of(capture_.raw);
    }
}

void FeedReader::keep_in_item() {
    RawText& raw = capture_.raw;
    const auto keep_first = [&](RawText& place) {
        if (place.empty()) std::swap(place, raw);
    };
    const auto keep_date = [&](DateRole role) {
        std::string& place = item_.dates[static_cast<std::size_t>(role)];
        if (place.empty()) place = trimmed(raw.value);
    };
    switch (capture_.element) {
        case Element::title:
            keep_first(item_.title);
            break;
        case Element::low_title:
            keep_first(item_.low_title);
            break;
        case Element::low_text:
            if (raw.value.size() > item_.low_text.value.size()) std::swap(item_.low_text, raw);
            break;
        case Element::link:
            if (item_.link.empty()) keep_link(item_.link, raw.value);
            break;
        case Element::origin_link:
            keep_link(item_.origin_link, raw.value);
            break;
        case Element::id:
            item_.id = trimmed(raw.value);
            break;
        case Element::published:
            keep_date(DateRole::published);
            break;
        case Element::issued:
            keep_date(DateRole::issued);
            break;
        case Element::dc_date:
            keep_date(DateRole::dc_date);
            break;
        case Element::dc_issued:
            keep_date(DateRole::dc_issued);
            break;
        case Element::created:
            keep_date(DateRole::created);
            break;
        case Element::updated:
            keep_date(DateRole::updated);
            break;
        default:
            if (!trimmed(raw.value).empty()) keep_text(item_, std::move(raw));
            raw = RawText{};
    }
}

}  // namespace narvaro
