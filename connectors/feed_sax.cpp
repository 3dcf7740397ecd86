#include "connectors/feed_sax.h"

#include <algorithm>

#include <libxml/parser.h>

#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

constexpr std::size_t kGather = std::size_t{32} * 1024;
constexpr std::size_t kMostAtOnce = std::size_t{1024} * 1024;

const char* chars(const xmlChar* text) {
    // xmlChar is unsigned char: libxml2's own way to say UTF-8
    return reinterpret_cast<const char*>(text);
}

std::string unescaped(std::string_view value) {
    constexpr std::string_view kAmpersand = "&#38;";
    std::string out;
    while (!value.empty()) {
        const std::size_t at = value.find(kAmpersand);
        out += value.substr(0, at);
        if (at == std::string_view::npos) break;
        out += '&';
        value.remove_prefix(at + kAmpersand.size());
    }
    return out;
}

struct FreeContext {
    void operator()(xmlParserCtxt* context) const noexcept {
        if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
        context->myDoc = nullptr;
        xmlFreeParserCtxt(context);
    }
};

}  // namespace

struct SaxParser::Context {
    explicit Context(SaxHandler& listener) : handler(listener) {}

    SaxHandler& handler;
    std::string first_error;
    std::unique_ptr<xmlParserCtxt, FreeContext> parser;

    static Context& of(void* user) { return *static_cast<Context*>(user); }
    static void start(void* user, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri,
                      int, const xmlChar**, int attributes, int, const xmlChar** values) {
        of(user).handler.start({chars(local), chars(prefix), chars(uri)}, {values, attributes});
    }
    static void end(void* user, const xmlChar*, const xmlChar*, const xmlChar*) {
        of(user).handler.end();
    }
    static void text(void* user, const xmlChar* piece, int length) {
        of(user).handler.text({chars(piece), static_cast<std::size_t>(length)});
    }
    static void error(void* user, xmlErrorPtr found) {
        std::string& first = of(user).first_error;
        if (found == nullptr || found->domain == XML_FROM_NAMESPACE || !first.empty()) return;
        first = found->message == nullptr ? "unknown error" : std::string{trimmed(found->message)};
    }
};

std::string_view SaxAttributes::text_at(int attribute, int field) const {
    const unsigned char* text = values_[attribute * 5 + field];
    if (text == nullptr) return {};
    if (field < 3) return chars(text);
    return {chars(text), static_cast<std::size_t>(values_[attribute * 5 + 4] - text)};
}

std::string_view SaxAttributes::word(std::string_view local) const {
    for (int i = 0; i < count_; ++i) {
        if (same_ascii(text_at(i, 0), local)) return text_at(i, 3);
    }
    return {};
}

std::string SaxAttributes::address(std::string_view local) const { return unescaped(word(local)); }

std::string SaxAttributes::base() const {
    for (int i = 0; i < count_; ++i) {
        const std::string_view prefix = text_at(i, 1);
        if (text_at(i, 0) == "base" && (prefix.empty() || prefix == "xml")) {
            return unescaped(text_at(i, 3));
        }
    }
    return {};
}

SaxParser::SaxParser(SaxHandler& handler) : context_(std::make_unique<Context>(handler)) {
    static const bool kReady = (xmlInitParser(), true);  // once, whichever thread is first
    static_cast<void>(kReady);
    xmlSAXHandler sax{};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = &Context::start;
    sax.endElementNs = &Context::end;
    sax.characters = &Context::text;
    sax.ignorableWhitespace = &Context::text;
    sax.cdataBlock = &Context::text;
    sax.serror = &Context::error;
    context_->parser.reset(xmlCreatePushParserCtxt(&sax, context_.get(), nullptr, 0, nullptr));
    if (context_->parser) {
        xmlCtxtUseOptions(context_->parser.get(), XML_PARSE_RECOVER | XML_PARSE_NONET);
    } else {
        context_->first_error = "no memory for the parser";
    }
}

SaxParser::~SaxParser() = default;

const std::string& SaxParser::first_error() const { return context_->first_error; }

void SaxParser::write(std::string_view piece) {
    if (held_.empty() && piece.size() >= kGather) {
        parse(piece, false);
        return;
    }
    held_ += piece;
    if (held_.size() < kGather) return;
    parse(held_, false);
    held_.clear();
}

void SaxParser::finish() {
    parse(held_, true);
    held_.clear();
}

void SaxParser::parse(std::string_view bytes, bool last) {
    if (!context_->parser) return;
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, kMostAtOnce);
        xmlParseChunk(context_->parser.get(), part.data(), static_cast<int>(part.size()), 0);
        bytes.remove_prefix(part.size());
    }
    if (last) xmlParseChunk(context_->parser.get(), nullptr, 0, 1);
}

}  // namespace narvaro
