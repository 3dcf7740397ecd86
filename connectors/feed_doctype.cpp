#include "connectors/feed_doctype.h"

#include <algorithm>

#include "connectors/feed_entities.h"
#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostWords = 512;

/// The word with its numeric references resolved; empty when it is no plain word.
std::string plain_word(std::string_view value) {
    if (value.size() > kLongestWord) return {};
    std::string word;
    while (!value.empty()) {
        if (value[0] == '<' || value[0] == '%') return {};
        if (value[0] != '&') {
            word.push_back(value[0]);
            value.remove_prefix(1);
            continue;
        }
        const Reference reference = reference_front(value);
        if (!reference.closed) return {};
        const char32_t meant =
            reference.name.empty() ? reference.value : html_entity(reference.name);
        if (meant < 0x20) return {};
        append_utf8(word, meant);
        value.remove_prefix(reference.length);
    }
    return word;
}

std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>[]"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

}  // namespace

std::size_t Doctype::read(std::string_view text) {
    const std::size_t first = std::min(text.find('>'), text.size() - 1);
    const std::size_t subset = text.find('[');
    if (subset > first) return first + 1;
    const std::size_t end = read_subset(text, subset + 1);
    if (end == std::string_view::npos) return first + 1;  // cut off: leave out what is sure
    return std::min(text.find('>', end), text.size() - 1) + 1;
}

/// Reads the declarations between "[" and "]". @return where "]" stands; npos: it is missing
std::size_t Doctype::read_subset(std::string_view text, std::size_t at) {
    std::size_t declaration = std::string_view::npos;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '<' && text.substr(at).starts_with("<!--")) {
            const std::size_t close = text.find("-->", at + 4);
            if (close == std::string_view::npos) return close;
            at = close + 2;
        } else if (c == '"' || c == '\'') {
            at = text.find(c, at + 1);
            if (at == std::string_view::npos) return at;
        } else if (c == '<') {
            declaration = at;
        } else if (c == '>' && declaration != std::string_view::npos) {
            declare(text.substr(declaration, at - declaration));
            declaration = std::string_view::npos;
        } else if (c == ']') {
            return at;
        }
    }
    return std::string_view::npos;
}

void Doctype::declare(std::string_view declaration) {
    constexpr std::string_view kEntity = "<!ENTITY";
    if (!declaration.starts_with(kEntity) || words_.size() >= kMostWords) return;
    declaration.remove_prefix(kEntity.size());
    const std::string_view name = take_word(declaration);
    declaration = trimmed(declaration);
    if (name.empty() || declaration.size() < 2) return;
    const char quote = declaration.front();
    if ((quote != '"' && quote != '\'') || declaration.find(quote, 1) != declaration.size() - 1) {
        return;  // SYSTEM and PUBLIC stand without a quote here: never fetched
    }
    std::string word = plain_word(declaration.substr(1, declaration.size() - 2));
    if (!word.empty()) words_.emplace_back(name, std::move(word));
}

std::string_view Doctype::word(std::string_view name) const {
    const auto found = std::find_if(words_.begin(), words_.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    return found == words_.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace narvaro
