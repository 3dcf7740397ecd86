// narvaro import FILE.opml: prints the configuration that adds the press feeds of a feed reader.
#include <iostream>
#include <set>

#include "config/address.h"
#include "daemon/commands/commands.h"
#include "daemon/file.h"
#include "daemon/press_config.h"
#include "digest/plain_text.h"

namespace narvaro {

int import_opml(const std::string& file, const App& app) {
    const auto bytes = read_file(file);
    if (!bytes) return complain(bytes.error());
    auto feeds = parse_opml(*bytes);
    if (!feeds) {
        Error error = feeds.error();
        error.what = file + ": " + error.what;
        return complain(error);
    }
    std::set<std::string> ids;
    std::set<std::string> addresses;
    for (const ConfiguredSource& s : app.settings.sources) {
        ids.insert(s.source.id);
        addresses.insert(s.source.address);
    }
    std::erase_if(*feeds, [&](OpmlFeed& feed) {
        feed.title = harmless_line(feed.title);
        const bool known = addresses.contains(feed.url);
        if (!known && is_web_address(feed.url)) return false;
        std::cerr << "narvaro: " << harmless_line(feed.url)
                  << (known ? " is configured already\n" : " is no address; it is left out\n");
        return true;
    });
    std::cout << press_configuration(*feeds, ids);
    std::cerr << "narvaro: " << feeds->size()
              << " feeds; put them into a file of /etc/narvaro/conf.d/, then: narvaro check\n";
    return kExitWell;
}

}  // namespace narvaro
