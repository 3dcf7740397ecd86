#include "connectors/html_tag.h"

#include <array>

#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct Element {
    std::string_view name;
    HtmlEffect effect;
};

using enum HtmlEffect;

/// In byte order.
constexpr auto kElements = std::to_array<Element>({
    {"a", link},
    {"abbr", inline_text},
    {"acronym", inline_text},
    {"address", paragraph},
    {"applet", dropped},
    {"area", link},
    {"article", paragraph},
    {"aside", paragraph},
    {"audio", inline_text},
    {"b", inline_text},
    {"bdi", inline_text},
    {"bdo", inline_text},
    {"big", inline_text},
    {"blockquote", paragraph},
    {"body", paragraph},
    {"br", line_break},
    {"button", inline_text},
    {"canvas", inline_text},
    {"caption", line},
    {"center", line},
    {"cite", inline_text},
    {"code", inline_text},
    {"col", inline_text},
    {"colgroup", inline_text},
    {"data", inline_text},
    {"dd", line},
    {"del", inline_text},
    {"details", paragraph},
    {"dfn", inline_text},
    {"dir", paragraph},
    {"div", line},
    {"dl", paragraph},
    {"dt", line},
    {"em", inline_text},
    {"embed", inline_text},
    {"fieldset", paragraph},
    {"figcaption", paragraph},
    {"figure", paragraph},
    {"font", inline_text},
    {"footer", paragraph},
    {"form", paragraph},
    {"h1", paragraph},
    {"h2", paragraph},
    {"h3", paragraph},
    {"h4", paragraph},
    {"h5", paragraph},
    {"h6", paragraph},
    {"head", inline_text},
    {"header", paragraph},
    {"hr", paragraph},
    {"html", inline_text},
    {"i", inline_text},
    {"iframe", inline_text},
    {"img", inline_text},
    {"input", inline_text},
    {"ins", inline_text},
    {"kbd", inline_text},
    {"label", inline_text},
    {"legend", line},
    {"li", list_item},
    {"link", inline_text},
    {"main", paragraph},
    {"map", inline_text},
    {"mark", inline_text},
    {"math", inline_text},
    {"menu", paragraph},
    {"meta", inline_text},
    {"meter", inline_text},
    {"nav", paragraph},
    {"noscript", inline_text},
    {"object", inline_text},
    {"ol", paragraph},
    {"optgroup", inline_text},
    {"option", line},
    {"p", paragraph},
    {"param", inline_text},
    {"picture", inline_text},
    {"pre", paragraph},
    {"progress", inline_text},
    {"q", inline_text},
    {"s", inline_text},
    {"samp", inline_text},
    {"script", dropped},
    {"section", paragraph},
    {"select", inline_text},
    {"small", inline_text},
    {"source", inline_text},
    {"span", inline_text},
    {"strike", inline_text},
    {"strong", inline_text},
    {"style", dropped},
    {"sub", inline_text},
    {"summary", line},
    {"sup", inline_text},
    {"svg", inline_text},
    {"table", paragraph},
    {"tbody", inline_text},
    {"td", cell},
    {"template", dropped},
    {"textarea", inline_text},
    {"tfoot", inline_text},
    {"th", cell},
    {"thead", inline_text},
    {"time", inline_text},
    {"title", line},
    {"tr", line},
    {"track", inline_text},
    {"tt", inline_text},
    {"u", inline_text},
    {"ul", paragraph},
    {"var", inline_text},
    {"video", inline_text},
    {"wbr", inline_text},
});

/// Where the names with each first letter begin in kElements.
constexpr std::array<std::size_t, 27> first_letters() {
    std::array<std::size_t, 27> firsts{};
    for (std::size_t letter = 0; letter < 27; ++letter) {
        std::size_t at = 0;
        while (at < kElements.size() && kElements[at].name[0] < static_cast<char>('a' + letter))
            ++at;
        firsts[letter] = at;
    }
    return firsts;
}
constexpr std::array<std::size_t, 27> kFirstLetters = first_letters();

const Element* find_element(std::string_view name) {
    const char first = name.empty() ? '\0' : ascii_lower(name[0]);
    if (first < 'a' || first > 'z') return nullptr;
    const auto letter = static_cast<std::size_t>(first - 'a');
    for (std::size_t at = kFirstLetters[letter]; at < kFirstLetters[letter + 1]; ++at) {
        const std::string_view known = kElements[at].name;
        if (known.size() == name.size() && same_ascii(known, name)) return &kElements[at];
    }
    return nullptr;
}

bool is_letter(char c) {
    const char low = ascii_lower(c);
    return low >= 'a' && low <= 'z';
}

}  // namespace

HtmlEffect html_effect(std::string_view name) {
    if (name.size() == 1) {  // the most frequent ones by far
        const char low = ascii_lower(name[0]);
        return low == 'p' ? paragraph : low == 'a' ? link : inline_text;
    }
    const Element* element = find_element(name.substr(name.find(':') + 1));
    return element == nullptr ? inline_text : element->effect;
}

bool is_html_element(std::string_view name) { return find_element(name) != nullptr; }

HtmlTag HtmlTagReader::read(std::size_t at) {
    std::size_t start = at + 1;
    const bool end = start < html_.size() && html_[start] == '/';
    if (end) ++start;
    if (start >= html_.size() || !is_letter(html_[start])) return {};
    std::size_t stop = start;
    while (stop < html_.size() && !is_space(html_[stop]) && html_[stop] != '>' &&
           html_[stop] != '/' && html_[stop] != '<') {
        ++stop;
    }
    HtmlTag tag;
    tag.name = html_.substr(start, stop - start);
    tag.end = end;
    tag.effect = html_effect(tag.name);
    const bool wants_href = !end && tag.effect == link;
    tag.length = after_attributes(stop, wants_href ? &tag.href : nullptr) - at;
    return tag;
}

/// @return behind the ">" of a tag whose name ends at `at`
std::size_t HtmlTagReader::after_attributes(std::size_t at, std::string_view* href) {
    while (at < html_.size()) {
        const char c = html_[at];
        if (c == '>') return at + 1;
        if (c == '<') return at;  // ">" was forgotten
        if (is_space(c) || c == '/' || c == '"' || c == '\'') {
            ++at;
            continue;
        }
        const std::size_t name_start = at;
        while (at < html_.size() && !is_space(html_[at]) && html_[at] != '=' && html_[at] != '>' &&
               html_[at] != '<') {
            ++at;
        }
        const std::string_view name = html_.substr(name_start, at - name_start);
        while (at < html_.size() && is_space(html_[at])) ++at;
        if (at >= html_.size() || html_[at] != '=') continue;
        ++at;
        while (at < html_.size() && is_space(html_[at])) ++at;
        if (at >= html_.size()) break;
        const char quote = html_[at];
        std::size_t close = kNone;
        if (quote == '"' || quote == '\'') close = closing_quote(quote, ++at);
        const std::size_t value_start = at;
        if (close == kNone) {
            while (at < html_.size() && !is_space(html_[at]) && html_[at] != '>') ++at;
            close = at;
        } else {
            at = close + 1;
        }
        if (href != nullptr && href->empty() && same_ascii(name, "href")) {
            *href = html_.substr(value_start, close - value_start);
        }
    }
    return html_.size();
}

std::size_t HtmlTagReader::closing_quote(char quote, std::size_t from) {
    std::size_t& no_more_after = quote == '"' ? no_double_after_ : no_single_after_;
    if (from >= no_more_after) return kNone;
    const std::size_t close = html_.find(quote, from);
    if (close == kNone) no_more_after = from;
    return close;
}

std::size_t HtmlTagReader::after_end_tag(std::string_view name, std::size_t at) const {
    for (std::size_t open = html_.find("</", at); open != kNone;
         open = html_.find("</", open + 2)) {
        if (same_ascii(html_.substr(open + 2, name.size()), name)) {
            const std::size_t close = html_.find('>', open);
            return close == kNone ? html_.size() : close + 1;
        }
    }
    return html_.size();
}

}  // namespace narvaro
