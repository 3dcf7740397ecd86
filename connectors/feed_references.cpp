#include "connectors/feed_references.h"

#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::size_t kMostGrowth = std::size_t{1024} * 1024;

bool is_xml_char(char32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c < 0xD800 || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF && c < 0x110000);
}

/// Half of a surrogate pair, or beyond Unicode: something stood here that cannot be told.
bool is_no_character(char32_t c) { return (c >= 0xD800 && c <= 0xDFFF) || c >= 0x110000; }

bool is_xml_name(std::string_view name) {
    return name == "lt" || name == "gt" || name == "amp" || name == "quot" || name == "apos";
}

/// A character as it stands in XML text or between quotes.
void append_escaped(std::string& out, char32_t c) {
    switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            append_utf8(out, c);
    }
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) {
            out.push_back(c);
        } else {
            append_escaped(out, static_cast<unsigned char>(c));
        }
    }
}

}  // namespace

bool References::mend(const Reference& found, std::string& out, RepairCount& count) {
    if (!found.closed) {
        ++count.references;
        out += "&amp;";
        return true;
    }
    if (!found.name.empty()) {
        if (is_xml_name(found.name)) return false;
        append_name(found.name, out, count);
        return true;
    }
    if (!is_xml_char(found.value)) {
        ++count.characters;
        if (is_no_character(found.value)) append_utf8(out, kReplacement);
        return true;
    }
    if (!found.mapped) return false;
    append_escaped(out, found.value);
    return true;
}

void References::append_name(std::string_view name, std::string& out, RepairCount& count) {
    const std::string_view word = doctype_.word(name);
    if (!word.empty() && grown_ < kMostGrowth) {
        grown_ += word.size();
        append_escaped(out, word);
        return;
    }
    ++count.references;
    if (const char32_t meant = html_entity(name); meant != 0) {
        append_escaped(out, meant);
        return;
    }
    out += "&amp;";
    out += name;
    out += ';';
}

void References::append_value(std::string_view value, std::string& out, RepairCount& count) {
    while (!value.empty()) {
        if (value[0] != '&') {
            append_escaped(out, value.substr(0, 1));
            value.remove_prefix(1);
            continue;
        }
        const Reference found = reference_front(value);
        const std::size_t length = found.closed ? found.length : 1;
        if (!mend(found, out, count)) out += value.substr(0, length);
        value.remove_prefix(length);
    }
}

}  // namespace narvaro
