#include "connectors/feed_reader.h"

#include <algorithm>

#include "connectors/feed_links.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

std::string_view view(const char* text) { return text == nullptr ? std::string_view{} : text; }

bool is_markup_type(std::string_view type) {
    return type == "xhtml" || type.ends_with("+xml") || type.ends_with("/xml");
}

/// How the `type` and `mode` of a text element say that it is meant.
TextKind kind_of(const std::string& type, std::string_view mode, TextKind otherwise) {
    if (mode == "base64") return TextKind::base64;
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

/// The value of `rel` without the address that it may be written as.
std::string_view relation(std::string_view rel) {
    if (rel.empty()) return "alternate";
    return rel.substr(rel.rfind('/') + 1);
}

bool is_page_type(std::string_view type) {
    return type.empty() || type == "html" || type == "xhtml" || type.starts_with("text/html") ||
           type.starts_with("application/xhtml+xml");
}

}  // namespace

void FeedReader::start(const SaxName& name, const SaxAttributes& attributes) {
    ++depth_;
    if (!attributes.empty()) {
        if (const std::string next = attributes.base(); !next.empty()) {
            bases_.push_back(
                {depth_, std::make_shared<const std::string>(nested_base(*base(), next))});
        }
    }
    if (capture_.depth > 0) {
        nested_start(name, attributes);
        return;
    }
    const Element element = element_of(name);
    if (root_.empty()) outermost(name, element);
    if (element == Element::other) return;
    if (element == Element::item) {
        begin_item(attributes);
    } else if (element == Element::feed || element == Element::channel) {
        channel_depth_ = depth_;
        if (root_depth_ == 0) root_depth_ = depth_;
        is_feed_ = true;
    } else if (item_depth_ > 0) {
        field_of_item(element, attributes);
    } else if (depth_ == channel_depth_ + 1) {
        field_of_feed(element, attributes);
    }
}

void FeedReader::end() {
    if (capture_.depth == depth_ && depth_ > 0) {
        end_capture();
    } else if (capture_.depth > 0) {
        nested_end();
    }
    if (depth_ == item_depth_ && depth_ > 0) end_item();
    if (depth_ == media_depth_) media_depth_ = 0;
    if (depth_ == channel_depth_) channel_depth_ = root_depth_;
    if (!bases_.empty() && bases_.back().depth == depth_) bases_.pop_back();
    --depth_;
}

void FeedReader::text(std::string_view piece) {
    if (capture_.depth == 0) return;
    if (capture_.escaped) {
        append_escaped(capture_.raw.value, piece);
    } else {
        capture_.raw.value += piece;
    }
}

Element FeedReader::element_of(const SaxName& name) {
    const auto end = known_.begin() + static_cast<std::ptrdiff_t>(known_count_);
    const auto found =
        std::find_if(known_.begin(), end, [&](const auto& entry) { return entry.first == name; });
    if (found != end) return found->second;
    const Element element = element_named(view(name.local), view(name.prefix), view(name.uri));
    if (known_count_ < known_.size()) known_[known_count_++] = {name, element};
    return element;
}

const FeedReader::Address& FeedReader::base() const {
    return bases_.empty() ? base_ : bases_.back().address;
}

std::string FeedReader::resolved(std::string_view address) const {
    return resolve_link(*base(), address);
}

void FeedReader::outermost(const SaxName& name, Element element) {
    root_ = view(name.local);
    is_page_ = element == Element::html;
    is_atom_ = same_ascii(root_, "feed") || same_ascii(root_, "entry");
}

void FeedReader::begin_item(const SaxAttributes& attributes) {
    if (item_depth_ > 0) end_item();
    is_feed_ = true;
    item_depth_ = depth_;
    item_ = RawItem{};
    item_.id = trimmed(attributes.address("about"));
}

void FeedReader::end_item() {
    item_.base = *base();
    if (feed_.items.size() < kMostItems) {
        feed_.items.push_back(finish_item(std::move(item_)));
    } else {
        too_many_ = true;
    }
    item_ = RawItem{};
    item_depth_ = 0;
    media_depth_ = 0;
}

void FeedReader::field_of_feed(Element element, const SaxAttributes& attributes) {
    if (element == Element::title || element == Element::low_title || element == Element::link) {
        capture_.of_feed = true;
        capture(element, attributes);
    }
}

void FeedReader::field_of_item(Element element, const SaxAttributes& attributes) {
    const bool child = depth_ == item_depth_ + 1;
    const bool in_media = element == Element::low_title || element == Element::low_text;
    if (element == Element::media) {
        if (media_depth_ == 0) media_depth_ = depth_;
    } else if (child || (media_depth_ > 0 && in_media)) {
        capture_.of_feed = false;
        capture(element, attributes);
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

void FeedReader::link(const SaxAttributes& attributes) {
    std::string href;
    for (const std::string_view name : {"href", "url", "uri", "resource"}) {
        if (href.empty() && !attributes.empty()) href = attributes.address(name);
    }
    if (trimmed(href).empty()) {
        capture_.element = Element::link;
        capture_.depth = depth_;
        capture_.raw.value.clear();
        return;
    }
    if (relation(attributes.word("rel")) != "alternate") return;
    const bool page = is_page_type(ascii_lowered(trimmed(attributes.word("type"))));
    if (capture_.of_feed) {
        if (page && home_.empty()) keep_home(href);
    } else {
        std::string& place = page ? item_.link : item_.other_link;
        if (place.empty()) keep_link(place, href);
    }
}

void FeedReader::keep_link(std::string& place, std::string_view value) const {
    std::string address{trimmed(value)};
    if (address.empty()) return;
    for (std::size_t at = address.find("&amp;"); at != std::string::npos;
         at = address.find("&amp;", at + 1)) {
        address.erase(at + 1, 4);  // escaped once too often
    }
    place = resolved(address);
}

/// The feed's own page; also the base where no other is known.
void FeedReader::keep_home(std::string_view value) {
    keep_link(home_, value);
    if (!has_base_) base_ = std::make_shared<const std::string>(home_);
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
            keep_first(item_.low_text);
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
