#include "connectors/opml.h"

#include <memory>
#include <set>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "connectors/feed_links.h"

namespace narvaro {
namespace {

constexpr std::size_t kMostBytes = 16U << 20U;

struct FreeDocument {
    void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
};
struct FreeContext {
    void operator()(xmlParserCtxt* context) const noexcept { xmlFreeParserCtxt(context); }
};
struct FreeText {
    void operator()(xmlChar* text) const noexcept { xmlFree(text); }
};

bool is_named(const xmlNode& node, const char* name) {
    return node.type == XML_ELEMENT_NODE && xmlStrcasecmp(node.name, BAD_CAST name) == 0;
}

/// The attribute with its blanks drawn together; case of its name as OPML writers please.
std::string attribute(const xmlNode& node, const char* name) {
    for (xmlAttr* a = node.properties; a != nullptr; a = a->next) {
        if (xmlStrcasecmp(a->name, BAD_CAST name) != 0) continue;
        const std::unique_ptr<xmlChar, FreeText> text{
            xmlNodeListGetString(node.doc, a->children, 1)};
        if (!text) return {};
        std::string out;
        for (const xmlChar* c = text.get(); *c != 0; ++c) {
            if (*c > 0x20 && *c != 0x7f) {
                out += static_cast<char>(*c);
            } else if (!out.empty() && out.back() != ' ') {
                out += ' ';
            }
        }
        if (out.ends_with(' ')) out.pop_back();
        return out;
    }
    return {};
}

/// libxml2 has bounded the depth of the document, and with it this recursion.
void collect(const xmlNode* first, std::set<std::string>& seen, std::vector<OpmlFeed>& feeds) {
    for (const xmlNode* node = first; node != nullptr; node = node->next) {
        if (!is_named(*node, "outline")) continue;
        OpmlFeed feed{attribute(*node, "title"), attribute(*node, "xmlUrl")};
        if (feed.title.empty()) feed.title = attribute(*node, "text");
        if (is_web_link(feed.url) && seen.insert(feed.url).second) feeds.push_back(std::move(feed));
        collect(node->children, seen, feeds);
    }
}

tl::unexpected<Error> no_opml(const std::string& why) {
    return fail(Fault::bad_reply, "this is no OPML: " + why,
                "export the subscriptions of your feed reader as OPML");
}

}  // namespace

Result<std::vector<OpmlFeed>> parse_opml(std::string_view bytes) {
    if (bytes.empty()) return no_opml("it is empty");
    if (bytes.size() > kMostBytes) return no_opml("it is larger than 16 MiB");
    const std::unique_ptr<xmlParserCtxt, FreeContext> context{xmlNewParserCtxt()};
    if (!context) return no_opml("libxml2 could not be set up");
    const std::unique_ptr<xmlDoc, FreeDocument> document{
        xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr,
                          nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)};
    if (!document) {
        const xmlError* error = xmlCtxtGetLastError(context.get());
        if (error == nullptr || error->line == 0) return no_opml("it is no XML");
        return no_opml("the XML breaks off in line " + std::to_string(error->line));
    }
    const xmlNode* root = xmlDocGetRootElement(document.get());
    if (root == nullptr || !is_named(*root, "opml")) return no_opml("its root is another element");
    std::vector<OpmlFeed> feeds;
    std::set<std::string> seen;
    for (const xmlNode* part = root->children; part != nullptr; part = part->next) {
        if (is_named(*part, "body")) collect(part->children, seen, feeds);
    }
    return feeds;
}

}  // namespace narvaro
