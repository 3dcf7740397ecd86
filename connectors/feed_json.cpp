#include "connectors/feed_json.h"

#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

#include "connectors/feed_item.h"
#include "connectors/feed_links.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestComplaint = 200;

/// Listens to the JSON parser and gathers a feed; nothing else is kept, so that memory stays small.
class JsonReader final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit JsonReader(const std::string& base) : base_(base) {}

    bool null() override { return scalar({}); }
    bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
    bool number_integer(std::int64_t value) override { return scalar(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) override { return scalar(std::to_string(value)); }
    bool number_float(double, const std::string& written) override { return scalar(written); }
    bool binary(nlohmann::json::binary_t&) override { return true; }
    bool string(std::string& value) override {
        is_string_ = true;
        const bool more = scalar(std::move(value));
        is_string_ = false;
        return more;
    }
    bool key(std::string& value) override {
        keys_.back() = std::move(value);
        return true;
    }
    bool start_object(std::size_t) override {
        const bool item = keys_.size() == 2 && in_items_;
        if (!open(false)) return false;
        if (item) item_ = RawItem{};
        return true;
    }
    bool end_object() override {
        keys_.pop_back();
        if (keys_.size() == 2 && in_items_) {
            if (items_.size() < kMostItems)
                items_.push_back(std::move(item_));
            else
                too_many_ = true;
        }
        return true;
    }
    bool start_array(std::size_t) override {
        if (keys_.size() == 1 && keys_.back() == "items") in_items_ = has_items_ = true;
        return open(true);
    }
    bool end_array() override {
        keys_.pop_back();
        if (keys_.size() == 1) in_items_ = false;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::json::exception&) override {
        broken_at_ = position;
        return false;
    }

    Result<Feed> take(bool whole, std::string& home);

  private:
    bool open(bool array) {
        if (keys_.empty()) is_list_ = array;
        keys_.emplace_back();
        too_deep_ = keys_.size() > kDeepest;
        return !too_deep_;
    }
    bool scalar(std::string value);
    void of_feed(const std::string& key, std::string& value);
    void of_item(const std::string& key, std::string& value);
    tl::unexpected<Error> refuse() const;

    std::string base_;
    std::vector<std::string> keys_;  ///< of the open objects; empty for arrays
    std::vector<RawItem> items_;
    RawItem item_;
    std::string title_;
    std::string home_;
    std::string feed_url_;
    std::string complaint_;
    bool is_string_ = false;
    bool is_list_ = false;
    bool is_feed_ = false;  ///< says that it is JSON Feed
    bool has_items_ = false;
    bool in_items_ = false;
    bool too_deep_ = false;
    bool too_many_ = false;
    std::size_t broken_at_ = 0;
};

bool JsonReader::scalar(std::string value) {
    if (keys_.size() == 3 && in_items_) {
        of_item(keys_.back(), value);
    } else if (!keys_.empty() && keys_.size() <= 2 && !in_items_ && !is_list_) {
        of_feed(keys_.back(), value);
    }
    return true;
}

void JsonReader::of_feed(const std::string& key, std::string& value) {
    if (key == "message" || key == "error" || key == "detail" || key == "error_description") {
        if (complaint_.empty() && is_string_) complaint_ = value.substr(0, kLongestComplaint);
    }
    if (keys_.size() != 1 || !is_string_) return;
    if (key == "version" && value.find("jsonfeed.org") != std::string::npos) is_feed_ = true;
    if (key == "title") title_ = line_of({value, TextKind::guess, {}});
    if (key == "home_page_url") home_ = resolve_link(base_, value);
    if (key == "feed_url") feed_url_ = resolve_link(base_, value);
}

void JsonReader::of_item(const std::string& key, std::string& value) {
    if (key == "id") {
        item_.id = trimmed(value);
        return;
    }
    if (!is_string_ || trimmed(value).empty()) return;
    const auto date = [&](DateRole role) -> std::string& {
        return item_.dates[static_cast<std::size_t>(role)];
    };
    if (key == "url") {
        item_.link = std::move(value);
    } else if (key == "external_url") {
        item_.other_link = std::move(value);
    } else if (key == "title") {
        item_.title = {std::move(value), TextKind::guess, {}};
    } else if (key == "content_html") {
        keep_text(item_, {std::move(value), TextKind::html, {}});
    } else if (key == "content_text" || key == "summary") {
        keep_text(item_, {std::move(value), TextKind::plain, {}});
    } else if (key == "date_published") {
        date(DateRole::published) = std::move(value);
    } else if (key == "date_modified") {
        date(DateRole::updated) = std::move(value);
    }
}

tl::unexpected<Error> JsonReader::refuse() const {
    const std::string said = complaint_.empty() ? "" : ": " + complaint_;
    if (is_list_) return fail(Fault::bad_reply, "no feed but a JSON list");
    return fail(
        Fault::bad_reply,
        (complaint_.empty() ? "no feed but other JSON" : "no feed but a JSON error") + said);
}

Result<Feed> JsonReader::take(bool whole, std::string& home) {
    if (too_deep_) return fail(Fault::bad_reply, "JSON more than 64 levels deep");
    if (!is_feed_ && !has_items_) return refuse();
    if (base_.empty()) base_ = has_scheme(feed_url_) ? feed_url_ : home_;
    const auto base = std::make_shared<const std::string>(base_);
    Feed feed;
    feed.title = std::move(title_);
    for (RawItem& raw : items_) {
        raw.base = base_;
        for (RawText& text : raw.texts) text.base = base;
        for (std::string* link : {&raw.link, &raw.other_link}) {
            if (!link->empty()) *link = resolve_link(base_, *link);
        }
        feed.items.push_back(finish_item(std::move(raw)));
    }
    if (!whole) {
        feed.warnings.push_back("ill-formed JSON: what follows byte " + std::to_string(broken_at_) +
                                " is lost");
    }
    if (too_many_) feed.warnings.push_back(items_beyond_limit());
    home = home_;
    return feed;
}

/// Half of a surrogate pair alone ("\ud83d") would end the parser: becomes U+FFFD.
std::string with_whole_surrogates(std::string_view text) {
    const auto unit = [&](std::size_t at) -> unsigned {
        unsigned value = 0;
        if (text.substr(at, 2) != "\\u" || at + 6 > text.size()) return 0;
        for (const char c : text.substr(at + 2, 4)) {
            const char low = ascii_lower(c);
            const bool digit = low >= '0' && low <= '9';
            if (!digit && (low < 'a' || low > 'f')) return 0;
            value = value * 16 + static_cast<unsigned>(digit ? low - '0' : low - 'a' + 10);
        }
        return value;
    };
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const bool escape = text[at] == '\\' && at + 1 < text.size();
        const unsigned first = escape ? unit(at) : 0;
        std::size_t length = escape ? (first > 0 ? 6 : 2) : 1;
        const bool high = first >= 0xD800 && first <= 0xDBFF;
        const bool pair = high && unit(at + 6) >= 0xDC00 && unit(at + 6) <= 0xDFFF;
        if (pair) length = 12;
        if (!pair && first >= 0xD800 && first <= 0xDFFF) {
            out += "\\ufffd";
        } else {
            out += text.substr(at, length);
        }
        at += length;
    }
    return out;
}

}  // namespace

Result<Feed> parse_json_feed(std::string_view text, const std::string& base, std::string& home) {
    std::string mended;
    if (text.find("\\ud") != std::string_view::npos ||
        text.find("\\uD") != std::string_view::npos) {
        mended = with_whole_surrogates(text);
        text = mended;
    }
    JsonReader reader{base};
    const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    return reader.take(whole, home);
}

}  // namespace narvaro
