// What reading a feed costs beside the bare XML parser on the same bytes. Compare CPU times and
// their ratios within one run: the machine is shared.
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include <benchmark/benchmark.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "connectors/feed.h"

namespace narvaro {
namespace {

/// FEED_BENCH_ITEMS=50000 measures a feed of 113 MB.
std::size_t items_asked() {
    const char* asked = std::getenv("FEED_BENCH_ITEMS");
    const long items = asked == nullptr ? 0 : std::atol(asked);
    return items > 0 ? static_cast<std::size_t>(items) : 5000;
}

const std::size_t kItems = items_asked();
constexpr std::size_t kChunk = 64 * 1024;

std::string item_html(std::size_t number) {
    std::string html;
    for (std::size_t paragraph = 0; paragraph < 6; ++paragraph) {
        html +=
            "<p>Kommunstyrelsen i Vallentuna beslutade på måndagen att buss 665 går kvar också "
            "efter sommaren, säger <a href=\"https://vallentuna.example/politik/" +
            std::to_string(number) + "/" + std::to_string(paragraph) +
            "\" rel=\"noopener\">gruppledaren</a>. &#8211; Det är en <strong>stor "
            "lättnad</strong> för alla som åker till skolan, häromkring finns ingen annan "
            "väg&nbsp;&hellip;</p>\n";
    }
    html += "<ul>\n<li>Avgångar varje halvtimme</li>\n<li>Även på lördagar</li>\n</ul>\n";
    return html;
}

std::string wordpress_feed() {
    std::string feed =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"\n"
        "\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
        "\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        "\txmlns:atom=\"http://www.w3.org/2005/Atom\"\n\t>\n<channel>\n"
        "\t<title>Vänsterpartiet Vallentuna</title>\n"
        "\t<atom:link href=\"https://vallentuna.example/feed/\" rel=\"self\"/>\n"
        "\t<link>https://vallentuna.example</link>\n";
    for (std::size_t i = 0; i < kItems; ++i) {
        const std::string n = std::to_string(i);
        feed += "\t<item>\n\t\t<title>Buss 665 räddad &#8211; för " + n + ":e gången</title>\n" +
                "\t\t<link>https://vallentuna.example/2021/03/buss-665-" + n + "/</link>\n" +
                "\t\t<dc:creator><![CDATA[redaktionen]]></dc:creator>\n" +
                "\t\t<pubDate>Tue, 09 Mar 2021 12:36:27 +0000</pubDate>\n" +
                "\t\t<category><![CDATA[Kollektivtrafik]]></category>\n" +
                "\t\t<guid isPermaLink=\"false\">https://vallentuna.example/?p=" + n + "</guid>\n" +
                "\t\t<description><![CDATA[Kommunstyrelsen i Vallentuna beslutade på måndagen att "
                "buss 665 går kvar också efter sommaren [&#8230;]]]></description>\n"
                "\t\t<content:encoded><![CDATA[" +
                item_html(i) + "]]></content:encoded>\n\t</item>\n";
    }
    return feed + "</channel>\n</rss>\n";
}

const std::string& feed_bytes() {
    static const std::string kBytes = wordpress_feed();
    return kBytes;
}

std::string_view view(const xmlChar* text) {
    // libxml2's characters are unsigned
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

/// The six fields of an item, as the bare parser gives them.
using BareItem = std::array<std::string, 6>;
struct Bare {
    std::vector<BareItem> items;
    std::string* field = nullptr;
};

std::string* field_of(Bare& bare, std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames{"title",       "link",    "guid",
                                                     "description", "pubDate", "encoded"};
    if (bare.items.empty()) return nullptr;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) return &bare.items.back()[i];
    }
    return nullptr;
}

xmlSAXHandler bare_handler() {
    xmlSAXHandler sax{};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = [](void* user, const xmlChar* local, const xmlChar*, const xmlChar*, int,
                            const xmlChar**, int, int, const xmlChar**) {
        Bare& bare = *static_cast<Bare*>(user);
        if (view(local) == "item") bare.items.emplace_back();
        bare.field = field_of(bare, view(local));
    };
    sax.endElementNs = [](void* user, const xmlChar*, const xmlChar*, const xmlChar*) {
        static_cast<Bare*>(user)->field = nullptr;
    };
    sax.characters = [](void* user, const xmlChar* text, int length) {
        std::string* field = static_cast<Bare*>(user)->field;
        if (field != nullptr) {
            field->append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
        }
    };
    sax.cdataBlock = sax.characters;
    return sax;
}

void say_rates(benchmark::State& state, std::size_t items, std::size_t bytes) {
    const auto rounds = static_cast<std::int64_t>(state.iterations());
    state.SetItemsProcessed(rounds * static_cast<std::int64_t>(items));
    state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);  // of the whole program: run one benchmark alone to compare
    state.counters["peak_MB"] = static_cast<double>(used.ru_maxrss) / 1024;
}

void BareSaxPush(benchmark::State& state) {
    const std::string& bytes = feed_bytes();
    xmlSAXHandler sax = bare_handler();
    for (auto _ : state) {
        Bare bare;
        xmlParserCtxt* context = xmlCreatePushParserCtxt(&sax, &bare, nullptr, 0, nullptr);
        xmlCtxtUseOptions(context, XML_PARSE_RECOVER | XML_PARSE_NONET);
        for (std::size_t at = 0; at < bytes.size(); at += kChunk) {
            const std::size_t size = std::min(kChunk, bytes.size() - at);
            xmlParseChunk(context, bytes.data() + at, static_cast<int>(size), 0);
        }
        xmlParseChunk(context, nullptr, 0, 1);
        xmlFreeParserCtxt(context);
        if (bare.items.size() != kItems) state.SkipWithError("items are missing");
        benchmark::DoNotOptimize(bare.items);
    }
    say_rates(state, kItems, bytes.size());
}
BENCHMARK(BareSaxPush)->Unit(benchmark::kMillisecond);

void ParseFeed(benchmark::State& state) {
    const std::string& bytes = feed_bytes();
    const FeedContext context{"application/rss+xml; charset=UTF-8", "",
                              "https://vallentuna.example/feed/"};
    for (auto _ : state) {
        const auto feed = parse_feed(bytes, context);
        if (!feed || feed->items.size() != kItems) state.SkipWithError("items are missing");
        benchmark::DoNotOptimize(feed);
    }
    say_rates(state, kItems, bytes.size());
}
BENCHMARK(ParseFeed)->Unit(benchmark::kMillisecond);

/// What of ParseFeed is spent on HTML: the same contents, text and links.
void HtmlToText(benchmark::State& state) {
    std::vector<std::string> contents;
    std::size_t size = 0;
    for (std::size_t i = 0; i < kItems; ++i) {
        contents.push_back(item_html(i));
        size += contents.back().size();
    }
    for (auto _ : state) {
        for (const std::string& html : contents) {
            std::vector<std::string> links;
            benchmark::DoNotOptimize(html_to_text(html, "https://vallentuna.example/", &links));
        }
    }
    say_rates(state, kItems, size);
}
BENCHMARK(HtmlToText)->Unit(benchmark::kMillisecond);

/// libxml2's own HTML parser on the same contents, gathering nothing but the characters.
void BareHtmlSax(benchmark::State& state) {
    std::vector<std::string> contents;
    std::size_t size = 0;
    for (std::size_t i = 0; i < kItems; ++i) {
        contents.push_back(item_html(i));
        size += contents.back().size();
    }
    htmlSAXHandler sax{};
    sax.startElement = [](void*, const xmlChar*, const xmlChar**) {};
    sax.characters = [](void* user, const xmlChar* text, int length) {
        static_cast<std::string*>(user)->append(reinterpret_cast<const char*>(text),
                                                static_cast<std::size_t>(length));
    };
    for (auto _ : state) {
        for (const std::string& html : contents) {
            std::string text;
            htmlParserCtxt* context =
                htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size()));
            htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                            HTML_PARSE_NOIMPLIED);
            *context->sax = sax;
            context->userData = &text;
            htmlParseDocument(context);
            htmlFreeParserCtxt(context);
            benchmark::DoNotOptimize(text);
        }
    }
    say_rates(state, kItems, size);
}
BENCHMARK(BareHtmlSax)->Unit(benchmark::kMillisecond);

/// Text without markup, as press feeds have it.
void HtmlToTextWithoutMarkup(benchmark::State& state) {
    const std::string text =
        "Kommunstyrelsen i Vallentuna beslutade på måndagen att buss 665 går kvar också efter "
        "sommaren. Beslutet fattades efter omröstning.";
    for (auto _ : state) benchmark::DoNotOptimize(html_to_text(text));
    say_rates(state, 1, text.size());
}
BENCHMARK(HtmlToTextWithoutMarkup);

}  // namespace
}  // namespace narvaro
