#include "connectors/feed_repair.h"

#include <algorithm>
#include <array>

#include "connectors/feed_references.h"
#include "connectors/feed_tag.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kDeepest = 256;
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kPiece = std::size_t{32} * 1024;
constexpr std::string_view kCdata = "<![CDATA[";

/// Items never hold items: a second one means that the first was not closed.
bool is_item(std::string_view name) {
    const std::string_view local = name.substr(name.find(':') + 1);
    return same_ascii(local, "item") || same_ascii(local, "entry");
}

/// Elements of an item that hold text alone: another one within it means that it was not closed.
bool holds_text(std::string_view name) {
    constexpr auto kNames = std::to_array<std::string_view>(
        {"title", "link", "guid", "id", "pubDate", "pubdate", "published", "updated", "issued",
         "created", "modified", "category", "comments", "dc:date", "dc:creator", "dc:title"});
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view known) {
        return known.size() == name.size() && known[0] == name[0] && known == name;
    });
}

bool is_field(std::string_view name) {
    return holds_text(name) || name == "description" || name == "summary" || name == "content" ||
           name == "content:encoded" || name == "author";
}

class XmlRepair {
  public:
    XmlRepair(std::string_view text, XmlSink& sink) : text_(text), sink_(sink) {}

    RepairCount run() {
        while (at_ < text_.size()) {
            const std::size_t open = std::min(text_.find('<', at_), text_.size());
            text_until(open);
            at_ = open;
            if (open < text_.size()) markup();
            if (at_ - kept_ > kPiece) flush();
        }
        flush();
        if (!root_closed_) ++count_.tags;  // the file was cut off
        close_down_to(0);
        return count_;
    }

  private:
    /// Hands on what was read and needs no change.
    void flush() {
        if (at_ > kept_) sink_.write(text_.substr(kept_, at_ - kept_));
        kept_ = at_;
    }

    /// Writes `with` in place of [from, to).
    void replace(std::size_t from, std::size_t to, std::string_view with) {
        if (from > kept_) sink_.write(text_.substr(kept_, from - kept_));
        if (!with.empty()) sink_.write(with);
        kept_ = std::max(kept_, to);
        at_ = std::max(at_, to);
    }

    /// Text from at_ to `end`; around the root there is none.
    void text_until(std::size_t end) {
        if (open_.empty()) {
            replace(at_, end, {});
            return;
        }
        references_in(at_, end);
    }

    void references_in(std::size_t from, std::size_t end) {
        if (ampersand_ < from || !ampersand_known_) find_ampersand(from);
        while (ampersand_ < end) {
            const std::size_t length = mend_reference(ampersand_, end);
            find_ampersand(ampersand_ + length);
        }
    }

    void find_ampersand(std::size_t from) {
        ampersand_ = text_.find('&', from);
        ampersand_known_ = true;
    }

    /// @return the length of what stands at `at`, which begins with "&"
    std::size_t mend_reference(std::size_t at, std::size_t end) {
        const Reference found = reference_front(text_.substr(at, end - at));
        mended_.clear();
        if (references_.mend(found, mended_, count_)) {
            replace(at, at + std::max<std::size_t>(found.closed ? found.length : 1, 1), mended_);
        }
        return found.closed ? found.length : 1;
    }

    void markup() {
        const std::string_view rest = text_.substr(at_);
        const char next = rest.size() > 1 ? rest[1] : '\0';
        if (next == '/') {
            end_tag();
        } else if (next == '!') {
            declaration(rest);
        } else if (next == '?') {
            leave_out("?>", no_more_instructions_);
        } else {
            start_tag(rest);
        }
    }

    void escape_bracket() {
        if (!open_.empty()) ++count_.tags;
        replace(at_, at_ + 1, open_.empty() ? "" : "&lt;");
    }

    /// Leaves out what stands from here to `close`; when that never comes, to the next ">".
    /// `never` remembers that it will not come, so that nothing is searched twice.
    void leave_out(std::string_view close, bool& never) {
        std::size_t end = never ? kNone : text_.find(close, at_ + 2);
        std::size_t length = close.size();
        if (end == kNone) {
            never = true;
            ++count_.tags;
            end = text_.find('>', at_);
            length = 1;
        }
        replace(at_, end == kNone ? text_.size() : end + length, {});
    }

    void declaration(std::string_view rest) {
        if (rest.starts_with("<!--")) {
            leave_out("-->", no_more_comments_);
        } else if (rest.starts_with(kCdata)) {
            cdata();
        } else if (rest.size() > 9 && same_ascii(rest.substr(2, 7), "DOCTYPE")) {
            replace(at_,
                    at_ + (open_.empty() ? references_.read_doctype(rest) : doctype_length(rest)),
                    {});
        } else {
            escape_bracket();
        }
    }

    /// A DOCTYPE in the midst of things is someone's unescaped HTML.
    static std::size_t doctype_length(std::string_view rest) {
        const std::size_t close = rest.find('>');
        return close == kNone ? rest.size() : close + 1;
    }

    void cdata() {
        const std::size_t inside = at_ + kCdata.size();
        std::size_t end =
            cdata_end_known_ && cdata_end_ >= inside ? cdata_end_ : find_cdata_end(inside);
        if (open_.empty()) {
            replace(at_, end == kNone ? text_.size() : end + 3, {});
            return;
        }
        const std::string closing = "</" + std::string{open_.back()};
        const std::size_t again = nested_cdata(inside, end);
        if (end == kNone || again != kNone) {
            // "]]>" was forgotten: what follows belongs to the elements after this one
            const std::size_t close = text_.substr(0, again).find(closing, inside);
            if (close != kNone) {
                ++count_.tags;
                replace(close, close, "]]>");
                return;
            }
        }
        if (end == kNone) {
            ++count_.tags;
            replace(text_.size(), text_.size(), "]]>");
            return;
        }
        at_ = end + 3;
    }

    /// Where CDATA begins within CDATA; npos: nowhere. "!" is rarer than "<".
    std::size_t nested_cdata(std::size_t from, std::size_t end) const {
        const std::size_t found = text_.substr(0, end).find(kCdata.substr(1), from);
        return found != kNone && text_[found - 1] == '<' ? found - 1 : kNone;
    }

    std::size_t find_cdata_end(std::size_t from) {
        cdata_end_ = text_.find("]]>", from);
        cdata_end_known_ = true;
        return cdata_end_;
    }

    void start_tag(std::string_view rest) {
        mended_.clear();
        StartTag tag = read_start_tag(rest, attributes_);
        if (tag.name.empty()) {
            escape_bracket();
            return;
        }
        if (!tag.ended) {  // the file was cut within the tag
            ++count_.tags;
            replace(at_, text_.size(), {});
            return;
        }
        const std::size_t end = at_ + tag.length;
        if (tag.closed && open_.empty()) {  // the root stays open to the end
            tag.closed = false;
            tag.malformed = true;
            root_closed_ = true;
        }
        if (root_closed_ && open_.size() == 1) ++count_.tags;
        if (is_item(tag.name)) close_open_item(tag.name);
        if (in_text_ && is_field(tag.name)) close_innermost();
        if (open_.size() >= kDeepest) {
            ++count_.left_out;
            replace(at_, end, {});
            return;
        }
        count_.left_out += tag.left_out;
        if (tag.malformed) {
            ++count_.tags;
            rewrite(tag);
            replace(at_, end, mended_);
        } else {
            references_in(at_, end);
            at_ = end;
        }
        if (tag.closed) return;
        open_.push_back(tag.name);
        in_text_ = holds_text(tag.name);
    }

    /// The tag as it should have been written.
    void rewrite(const StartTag& tag) {
        mended_ = '<';
        mended_ += tag.name;
        for (const TagAttribute& attribute : attributes_) {
            mended_ += ' ';
            mended_ += attribute.name;
            mended_ += "=\"";
            references_.append_value(attribute.value, mended_, count_);
            mended_ += '"';
        }
        mended_ += tag.closed ? "/>" : ">";
    }

    void close_open_item(std::string_view name) {
        const auto open = std::find(open_.rbegin(), open_.rend(), name);
        if (open == open_.rend() || open + 1 == open_.rend()) return;
        ++count_.tags;
        flush();
        close_down_to(static_cast<std::size_t>(open_.rend() - open) - 1);
    }

    void close_innermost() {
        ++count_.tags;
        flush();
        close_down_to(open_.size() - 1);
    }

    /// Writes the end tags of all open elements from the innermost down to number `depth`.
    void close_down_to(std::size_t depth) {
        std::string tags;
        while (open_.size() > depth) {
            tags += "</";
            tags += open_.back();
            tags += '>';
            open_.pop_back();
        }
        in_text_ = !open_.empty() && holds_text(open_.back());
        if (!tags.empty()) sink_.write(tags);
    }

    void end_tag() {
        std::size_t end = at_ + 2;
        while (end < text_.size() && text_[end] != '>' && text_[end] != '<') ++end;
        const std::string_view name = trimmed(text_.substr(at_ + 2, end - at_ - 2));
        const bool ended = end < text_.size() && text_[end] == '>';
        const std::size_t after = end + (ended ? 1 : 0);
        if (ended && open_.size() > 1 && open_.back() == name) {
            open_.pop_back();
            in_text_ = !in_text_ && holds_text(open_.back());
            at_ = after;
            return;
        }
        const auto open = std::find_if(open_.rbegin(), open_.rend(),
                                       [&](std::string_view o) { return same_ascii(o, name); });
        const std::size_t depth =
            open == open_.rend() ? kNone : static_cast<std::size_t>(open_.rend() - open) - 1;
        // The root stays open to the end: what stands after it is read too.
        const bool expected = depth == 0 && open_.size() == 1 && !root_closed_;
        if (!expected) ++count_.tags;
        if (depth == 0) root_closed_ = true;
        replace(at_, after, {});
        if (depth != kNone) close_down_to(std::max<std::size_t>(depth, 1));
    }

    std::string_view text_;
    XmlSink& sink_;
    std::size_t at_ = 0;    ///< read up to here
    std::size_t kept_ = 0;  ///< written up to here
    std::size_t ampersand_ = 0;
    bool ampersand_known_ = false;
    bool root_closed_ = false;           ///< its end tag was read
    bool no_more_comments_ = false;      ///< no "-->" stands further on
    bool no_more_instructions_ = false;  ///< no "?>" stands further on
    std::size_t cdata_end_ = 0;
    bool cdata_end_known_ = false;
    std::vector<std::string_view> open_;
    bool in_text_ = false;  ///< the innermost open element holds text alone
    std::vector<TagAttribute> attributes_;
    std::string mended_;
    References references_;
    RepairCount count_;
};

}  // namespace

RepairCount repair_xml(std::string_view text, XmlSink& sink) {
    std::string storage;
    std::size_t dropped = 0;
    const std::string_view clean = without_forbidden(text, storage, dropped);
    RepairCount count = XmlRepair{clean, sink}.run();
    count.characters += dropped;
    return count;
}

}  // namespace narvaro
