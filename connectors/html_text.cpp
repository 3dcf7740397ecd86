#include "connectors/html_text.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include "connectors/feed.h"
#include "connectors/feed_entities.h"
#include "connectors/feed_links.h"
#include "connectors/feed_utf8.h"
#include "connectors/html_tag.h"

namespace narvaro {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMostLinks = 1000;

enum class Kind : unsigned char { other, space, less, ampersand };

constexpr std::array<Kind, 256> make_kinds() {
    std::array<Kind, 256> kinds{};
    for (const char c : {' ', '\t', '\n', '\r', '\f'}) {
        kinds[static_cast<unsigned char>(c)] = Kind::space;
    }
    kinds['<'] = Kind::less;
    kinds['&'] = Kind::ampersand;
    return kinds;
}
constexpr std::array<Kind, 256> kKinds = make_kinds();

Kind kind_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }

/// Where the run of text from `at` ends: at markup, a reference, or white space that is more than
/// one blank between two words.
std::size_t end_of_run(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        if (kind_of(text[at]) == Kind::other) {
            ++at;
        } else if (text[at] == ' ' && at + 1 < text.size() &&
                   kind_of(text[at + 1]) == Kind::other) {
            at += 2;
        } else {
            break;
        }
    }
    return at;
}

/// Plain text in the making. White space and breaks are owed until text follows.
class TextWriter {
  public:
    explicit TextWriter(std::size_t size) { out_.reserve(size); }

    void space() { space_ = true; }
    void breaks(unsigned wanted) { breaks_ = std::max(breaks_, wanted); }
    void item(bool begins) {
        breaks(1);
        bullet_ = begins;
    }
    void line_break() { breaks_ = std::min(breaks_ + 1, 2u); }

    void text(std::string_view run) {
        settle();
        out_ += run;
    }
    void character(char32_t c) {
        if (c < 0x80 && kind_of(static_cast<char>(c)) == Kind::space) {
            space();
            return;
        }
        if (c < 0x20 || c == 0x7F) return;  // an entity must not smuggle in what text may not hold
        settle();
        append_utf8(out_, c);
    }
    std::string take() { return std::move(out_); }

  private:
    void settle() {
        if (!out_.empty()) {
            if (breaks_ > 0) {
                out_.append(breaks_, '\n');
            } else if (space_) {
                out_ += ' ';
            }
        }
        if (bullet_) out_ += "- ";
        breaks_ = 0;
        space_ = bullet_ = false;
    }

    std::string out_;
    unsigned breaks_ = 0;
    bool space_ = false;
    bool bullet_ = false;
};

/// Resolves references in an attribute's value.
std::string unescaped(std::string_view value) {
    std::string out;
    while (!value.empty()) {
        const Reference found = value[0] == '&' ? reference_front(value) : Reference{};
        const char32_t meant =
            found.closed ? (found.name.empty() ? found.value : html_entity(found.name)) : 0;
        if (meant == 0) {
            out += value[0];
            value.remove_prefix(1);
        } else {
            append_utf8(out, meant);
            value.remove_prefix(found.length);
        }
    }
    return out;
}

class HtmlReader {
  public:
    HtmlReader(std::string_view html, std::string_view base, std::vector<std::string>* links)
        : html_(html), base_(base), links_(links), tags_(html), out_(html.size()) {}

    std::string run() {
        while (at_ < html_.size()) {
            switch (kind_of(html_[at_])) {
                case Kind::other:
                    run_of_text();
                    break;
                case Kind::space:
                    out_.space();
                    ++at_;
                    break;
                case Kind::less:
                    markup();
                    break;
                case Kind::ampersand:
                    reference();
                    break;
            }
        }
        return out_.take();
    }

  private:
    void run_of_text() {
        const std::size_t end = end_of_run(html_, at_);
        out_.text(html_.substr(at_, end - at_));
        at_ = end;
    }

    void reference() {
        const Reference found = reference_front(html_.substr(at_));
        char32_t meant = found.value;
        if (!found.name.empty()) {
            meant = html_entity(found.name);
            // only the oldest names do without ";": "&copy 2021", but not "?a=1&sigma=2"
            if (!found.closed && meant > 0xFF) meant = 0;
        }
        if (found.length == 0 || meant == 0) {
            out_.text("&");
            ++at_;
            return;
        }
        out_.character(meant);
        at_ += found.length;
    }

    void markup() {
        const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
        if (next == '!' || next == '?') {
            declaration();
            return;
        }
        const HtmlTag tag = tags_.read(at_);
        if (tag.name.empty()) {
            out_.text("<");
            ++at_;
            return;
        }
        at_ += tag.length;
        apply(tag);
    }

    void declaration() {
        constexpr std::string_view kCdata = "<![CDATA[";
        if (html_.substr(at_, kCdata.size()) == kCdata) {  // its text is text
            at_ += kCdata.size();
            return;
        }
        std::size_t end = kNone;
        if (html_.substr(at_, 4) == "<!--" && !no_more_comments_) {
            end = html_.find("-->", at_ + 2);
            no_more_comments_ = end == kNone;
            if (end != kNone) end += 2;
        }
        if (end == kNone) end = html_.find('>', at_);
        at_ = end == kNone ? html_.size() : end + 1;
    }

    void apply(const HtmlTag& tag) {
        switch (tag.effect) {
            case HtmlEffect::inline_text:
                break;
            case HtmlEffect::line:
                out_.breaks(1);
                break;
            case HtmlEffect::paragraph:
                out_.breaks(2);
                break;
            case HtmlEffect::line_break:
                out_.line_break();
                break;
            case HtmlEffect::cell:
                out_.space();
                break;
            case HtmlEffect::link:
                keep_link(tag.href);
                break;
            case HtmlEffect::list_item:
                out_.item(!tag.end);
                break;
            case HtmlEffect::dropped:
                if (!tag.end) at_ = tags_.after_end_tag(tag.name, at_);
                break;
        }
    }

    void keep_link(std::string_view href) {
        if (links_ == nullptr || href.empty() || href[0] == '#') return;
        std::string address = href.find('&') == kNone ? resolve_link(base_, href)
                                                      : resolve_link(base_, unescaped(href));
        if (is_web_link(address) && is_new(address)) links_->push_back(std::move(address));
    }

    /// Few links are compared with each other, many are looked up.
    bool is_new(const std::string& address) {
        constexpr std::size_t kFew = 16;
        if (links_->size() >= kMostLinks) return false;
        if (links_->size() < kFew) {
            return std::find(links_->begin(), links_->end(), address) == links_->end();
        }
        if (known_.empty()) known_.insert(links_->begin(), links_->end());
        return known_.insert(address).second;
    }

    std::string_view html_;
    std::string_view base_;
    std::vector<std::string>* links_;
    HtmlTagReader tags_;
    TextWriter out_;
    std::unordered_set<std::string> known_;
    std::size_t at_ = 0;
    bool no_more_comments_ = false;
};

}  // namespace

std::string html_to_text(std::string_view html, std::string_view base,
                         std::vector<std::string>* links) {
    return HtmlReader{html, base, links}.run();
}

bool looks_like_html(std::string_view text) {
    if (text.find_first_of("<&") == kNone) return false;
    bool proof = false;
    HtmlTagReader tags{text};
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '<') {
            const HtmlTag tag = tags.read(at);
            if (tag.name.empty()) continue;
            if (!is_html_element(tag.name)) return false;
            const std::string_view written = text.substr(at, tag.length);
            proof = proof || tag.end || written.ends_with("/>") || tag.name == "br";
        } else if (text[at] == '&') {
            const Reference found = reference_front(text.substr(at));
            if (!found.closed) continue;
            if (!found.name.empty() && html_entity(found.name) == 0) return false;
            proof = true;
        }
    }
    return proof;
}

std::string one_line(std::string_view text) {
    TextWriter out{text.size()};
    std::size_t at = 0;
    while (at < text.size()) {
        const Kind kind = kind_of(text[at]);
        if (kind == Kind::space) {
            out.space();
            ++at;
        } else if (kind == Kind::other) {
            const std::size_t end = end_of_run(text, at);
            out.text(text.substr(at, end - at));
            at = end;
        } else {
            out.text(text.substr(at++, 1));
        }
    }
    return out.take();
}

std::string plain_lines(std::string_view text) {
    TextWriter out{text.size()};
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') {
            out.line_break();
        } else if (kind_of(c) == Kind::space) {
            out.space();
        } else {
            out.text(text.substr(at, 1));
        }
    }
    return out.take();
}

}  // namespace narvaro
