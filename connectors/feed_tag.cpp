#include "connectors/feed_tag.h"

#include <algorithm>

#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kMostAttributes = 256;
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestValue = std::size_t{1024} * 1024;
constexpr std::size_t kNone = std::string_view::npos;

bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool in_name(char c) {
    return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

/// Whether a namespace-aware parser takes the name: one colon at most, and not at an end.
bool is_name(std::string_view name) {
    if (name.empty() || name.size() > kLongestName || !starts_name(name[0])) return false;
    if (!std::all_of(name.begin(), name.end(), in_name)) return false;
    const std::size_t colon = name.find(':');
    return colon == kNone || (colon + 1 < name.size() && starts_name(name[colon + 1]) &&
                              name.find(':', colon + 1) == kNone);
}

class TagReader {
  public:
    TagReader(std::string_view text, std::vector<TagAttribute>& attributes)
        : text_(text), attributes_(attributes) {}

    StartTag read() {
        while (at_ < text_.size() && in_name(text_[at_])) ++at_;
        const std::string_view name = text_.substr(1, at_ - 1);
        const bool delimited = at_ == text_.size() || is_space(text_[at_]) || text_[at_] == '>' ||
                               text_[at_] == '/' || text_[at_] == '<';
        if (!is_name(name) || !delimited) return {};
        tag_.name = name;
        while (!tag_.ended && at_ < text_.size()) part();
        tag_.length = at_;
        return tag_;
    }

  private:
    void part() {
        const std::size_t before = at_;
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        if (at_ == text_.size()) return;
        const char c = text_[at_];
        if (c == '>') {
            ++at_;
            tag_.ended = true;
        } else if (c == '<') {  // ">" was forgotten
            tag_.ended = tag_.malformed = true;
        } else if (c == '/') {
            ++at_;
            tag_.closed = at_ < text_.size() && text_[at_] == '>';
            if (!tag_.closed) tag_.malformed = true;
        } else {
            if (before == at_) tag_.malformed = true;  // no space between two attributes
            attribute();
        }
    }

    void attribute() {
        const std::size_t start = at_;
        while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '=' &&
               text_[at_] != '>' && text_[at_] != '/' && text_[at_] != '<') {
            ++at_;
        }
        const std::string_view name = text_.substr(start, at_ - start);
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        std::string_view value;
        if (at_ < text_.size() && text_[at_] == '=') {
            ++at_;
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            value = read_value();
        } else {
            tag_.malformed = true;
        }
        add(name, value);
    }

    std::string_view read_value() {
        if (at_ == text_.size()) return {};
        const char quote = text_[at_];
        if (quote != '"' && quote != '\'') return bare_value();
        const std::size_t open = at_ + 1;
        std::size_t close = text_.find(quote, open);
        const std::size_t bracket = text_.substr(0, close).find('<', open);
        if (bracket != kNone || close == kNone) {
            tag_.malformed = true;
            // "<" within a value is rare, a forgotten quote is not: look at what follows the quote
            const bool believable =
                close != kNone && close + 1 < text_.size() &&
                (is_space(text_[close + 1]) || text_[close + 1] == '>' || text_[close + 1] == '/');
            if (!believable) close = std::min(text_.find('>', open), text_.size());
        }
        at_ = close < text_.size() && text_[close] == quote ? close + 1 : close;
        return text_.substr(open, close - open);
    }

    std::string_view bare_value() {
        tag_.malformed = true;
        const std::size_t start = at_;
        while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '>' &&
               text_[at_] != '<') {
            ++at_;
        }
        std::string_view value = text_.substr(start, at_ - start);
        if (value.ends_with('/') && at_ < text_.size() && text_[at_] == '>') {
            value.remove_suffix(1);
            --at_;
        }
        return value;
    }

    void add(std::string_view name, std::string_view value) {
        if (!is_name(name)) {
            tag_.malformed = true;
            return;
        }
        if (attributes_.size() >= kMostAttributes || value.size() > kLongestValue) {
            tag_.malformed = true;
            ++tag_.left_out;
            return;
        }
        attributes_.push_back({name, value});
    }

    std::string_view text_;
    std::vector<TagAttribute>& attributes_;
    std::size_t at_ = 1;
    StartTag tag_;
};

}  // namespace

StartTag read_start_tag(std::string_view text, std::vector<TagAttribute>& attributes) {
    attributes.clear();
    return TagReader{text, attributes}.read();
}

}  // namespace narvaro
