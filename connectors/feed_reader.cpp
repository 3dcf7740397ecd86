#include "connectors/feed_reader.h"

#include <algorithm>

#include "connectors/feed_links.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

std::string_view view(const char* text) { return text == nullptr ? std::string_view{} : text; }

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
    if (element == Element::title || element == Element::low_title || element == Element::link ||
        element == Element::ttl) {
        capture_.of_feed = true;
        capture(element, attributes);
    }
}

void FeedReader::field_of_item(Element element, const SaxAttributes& attributes) {
    const bool child = depth_ == item_depth_ + 1;
    const bool in_media = element == Element::low_title || element == Element::low_text;
    if (element == Element::media) {
        if (media_depth_ == 0) media_depth_ = depth_;
    } else if (element == Element::ttl) {
        return;  // of the feed only
    } else if (child || (media_depth_ > 0 && in_media)) {
        capture_.of_feed = false;
        capture(element, attributes);
    }
}

void FeedReader::link(const SaxAttributes& attributes) {
    if (relation(attributes.word("rel")) != "alternate") return;
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

}  // namespace narvaro
