#include "connectors/feed_xml.h"

#include "connectors/feed_reader.h"
#include "connectors/feed_repair.h"

namespace narvaro {

Result<Feed> parse_xml_feed(std::string_view text, const std::string& base, std::string& home) {
    FeedReader reader{base};
    SaxParser parser{reader};
    const RepairCount repaired = repair_xml(text, parser);
    parser.finish();
    if (reader.is_page()) return fail(Fault::bad_reply, "no feed but an HTML page");
    if (reader.root().empty()) return fail(Fault::bad_reply, "no feed: no XML element in it");
    if (!reader.is_feed()) {
        return fail(Fault::bad_reply, "no feed but XML of another kind, <" + reader.root() + ">");
    }
    Feed feed = std::move(reader.feed());
    for (std::string& line : repaired.warnings()) feed.warnings.push_back(std::move(line));
    if (!parser.first_error().empty()) {
        feed.warnings.push_back("ill-formed XML: " + parser.first_error());
    }
    if (reader.too_many()) feed.warnings.push_back(items_beyond_limit());
    home = reader.home();
    return feed;
}

}  // namespace narvaro
