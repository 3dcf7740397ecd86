#include "connectors/feed_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "connectors/feed_utf8.h"

namespace narvaro {
namespace {

enum class Space : std::uint8_t {
    core,
    content,
    dc,
    dcterms,
    media,
    burner,
    itunes,
    xhtml,
    rdf,
    other
};

struct Known {
    std::string_view name;
    Space space;
};

/// Namespaces in lower case, without "http://" and a slash or "#" at the end.
constexpr auto kSpaces = std::to_array<Known>({
    {"www.w3.org/2005/atom", Space::core},
    {"purl.org/atom/ns", Space::core},
    {"purl.org/atom/app", Space::core},
    {"purl.org/rss/1.0", Space::core},
    {"purl.org/rss/1.0/modules/rss091", Space::core},
    {"purl.org/net/rss1.1", Space::core},
    {"my.netscape.com/rdf/simple/0.9", Space::core},
    {"channel.netscape.com/rdf/simple/0.9", Space::core},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Space::core},
    {"blogs.law.harvard.edu/tech/rss", Space::core},
    {"cyber.law.harvard.edu/rss/rss.html", Space::core},
    {"example.com/newformat", Space::core},
    {"example.com/necho", Space::core},
    {"purl.org/echo", Space::core},
    {"uri/of/echo/namespace", Space::core},
    {"purl.org/pie", Space::core},
    {"purl.org/rss/1.0/modules/content", Space::content},
    {"purl.org/dc/elements/1.1", Space::dc},
    {"purl.org/dc/elements/1.0", Space::dc},
    {"purl.org/dc/terms", Space::dcterms},
    {"search.yahoo.com/mrss", Space::media},
    {"rssnamespace.org/feedburner/ext/1.0", Space::burner},
    {"www.itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
    {"example.com/dtds/podcast-1.0.dtd", Space::itunes},
    {"www.w3.org/1999/xhtml", Space::xhtml},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", Space::rdf},
});

constexpr auto kPrefixes = std::to_array<Known>({
    {"", Space::core},
    {"rss", Space::core},
    {"atom", Space::core},
    {"a", Space::core},
    {"atom10", Space::core},
    {"atom03", Space::core},
    {"a10", Space::core},
    {"feed", Space::core},
    {"content", Space::content},
    {"dc", Space::dc},
    {"dcterms", Space::dcterms},
    {"dct", Space::dcterms},
    {"media", Space::media},
    {"feedburner", Space::burner},
    {"itunes", Space::itunes},
    {"xhtml", Space::xhtml},
    {"rdf", Space::rdf},
});

template <class Table>
Space look_up(const Table& table, std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Known& known) { return known.name == name; });
    return found == table.end() ? Space::other : found->space;
}

Space space_of(std::string_view prefix, std::string_view uri) {
    std::string low = ascii_lowered(trimmed(uri));
    if (low.find("backend.userland.com/rss") != std::string::npos) return Space::core;
    std::string_view bare = low;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (bare.starts_with(scheme)) bare.remove_prefix(scheme.size());
    }
    while (bare.ends_with('/') || bare.ends_with('#')) bare.remove_suffix(1);
    const Space space = bare.empty() ? Space::other : look_up(kSpaces, bare);
    return space != Space::other ? space : look_up(kPrefixes, ascii_lowered(prefix));
}

struct Name {
    std::string_view local;
    Element element;
};

constexpr auto kCore = std::to_array<Name>({
    {"rss", Element::feed},
    {"feed", Element::feed},
    {"rdf", Element::feed},
    {"channel", Element::channel},
    {"html", Element::html},
    {"item", Element::item},
    {"entry", Element::item},
    {"title", Element::title},
    {"link", Element::link},
    {"guid", Element::id},
    {"id", Element::id},
    {"description", Element::description},
    {"summary", Element::summary},
    {"abstract", Element::summary},
    {"content", Element::content},
    {"fullitem", Element::encoded},
    {"encoded", Element::encoded},
    {"body", Element::encoded},
    {"pubdate", Element::published},
    {"published", Element::published},
    {"issued", Element::issued},
    {"date", Element::dc_date},
    {"created", Element::created},
    {"updated", Element::updated},
    {"modified", Element::updated},
    {"lastbuilddate", Element::updated},
    {"ttl", Element::ttl},
});
constexpr auto kDc = std::to_array<Name>({
    {"title", Element::low_title},
    {"description", Element::description},
    {"date", Element::dc_date},
    {"issued", Element::dc_issued},
    {"created", Element::created},
    {"modified", Element::updated},
    {"abstract", Element::summary},
});
constexpr auto kMedia = std::to_array<Name>({
    {"title", Element::low_title},
    {"description", Element::low_text},
    {"group", Element::media},
    {"content", Element::media},
});
constexpr auto kItunes = std::to_array<Name>({
    {"summary", Element::low_text},
    {"subtitle", Element::low_text},
    {"title", Element::low_title},
});
constexpr auto kContent = std::to_array<Name>({{"encoded", Element::encoded}});
constexpr auto kBurner = std::to_array<Name>({{"origlink", Element::origin_link}});
constexpr auto kXhtml = std::to_array<Name>({{"body", Element::body}, {"html", Element::html}});
constexpr auto kRdf = std::to_array<Name>({{"rdf", Element::feed}});

template <class Table>
Element element_in(const Table& table, std::string_view local) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Name& name) { return name.local == local; });
    return found == table.end() ? Element::other : found->element;
}

}  // namespace

Element element_named(std::string_view local, std::string_view prefix, std::string_view uri) {
    const std::string low = ascii_lowered(local);
    switch (space_of(prefix, uri)) {
        case Space::core:
            return element_in(kCore, low);
        case Space::content:
            return element_in(kContent, low);
        case Space::dc:
        case Space::dcterms:
            return element_in(kDc, low);
        case Space::media:
            return element_in(kMedia, low);
        case Space::burner:
            return element_in(kBurner, low);
        case Space::itunes:
            return element_in(kItunes, low);
        case Space::xhtml:
            return element_in(kXhtml, low);
        case Space::rdf:
            return element_in(kRdf, low);
        case Space::other:
            return Element::other;
    }
    return Element::other;
}

}  // namespace narvaro
