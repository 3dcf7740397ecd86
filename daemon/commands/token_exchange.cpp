// narvaro token exchange: a short-lived user token, read from standard input, becomes a Page's
// token without an end.
#include <iostream>

#include "connectors/http_client.h"
#include "connectors/meta_token.h"
#include "daemon/commands/commands.h"
#include "daemon/environment.h"
#include "daemon/file.h"
#include "daemon/meta_access.h"
#include "daemon/poller.h"
#include "daemon/run_loop.h"
#include "digest/plain_text.h"

namespace narvaro {
namespace {

/// The Page that the configuration polls, or the only one there is.
Result<PageToken> chosen_page(std::vector<PageToken> pages, const Settings& settings) {
    std::string known;
    for (PageToken& page : pages) {
        known += (known.empty() ? "" : ", ") + page.page + " " + page.name;
        for (const ConfiguredSource& s : settings.sources) {
            const bool same =
                s.source.kind == SourceKind::facebook && s.source.address == page.page;
            if (same) return std::move(page);
        }
    }
    return fail(Fault::config,
                pages.empty() ? "the token opens no Page"
                              : "none of the token's Pages is configured; it opens: " + known,
                pages.empty() ? "select the Page in the login dialog, with pages_show_list"
                              : "write the Page's id as `page` of a facebook source");
}

Result<PageToken> exchanged(const App& app, Secret short_token) {
    auto meta = meta_app(app.settings, process_environment());
    if (!meta) return tl::unexpected{meta.error()};
    if (!meta->known()) {
        return fail(Fault::config, "the app is not configured",
                    "write app_id and app_secret in [meta]");
    }
    asio::io_context loop;
    HttpOptions options;
    options.private_hosts = configured_hosts(app.settings);
    HttpClient http{loop, options};
    MetaAccess access{app.settings.meta.api, std::move(short_token), meta->secret,
                      app.settings.meta.pace};
    auto lasting = run_on(loop, exchange_token(http, access, *meta));
    if (!lasting) return tl::unexpected{lasting.error()};
    access.token = std::move(*lasting);
    auto pages = run_on(loop, page_tokens(http, access));
    if (!pages) return tl::unexpected{pages.error()};
    return chosen_page(std::move(*pages), app.settings);
}

}  // namespace

int run(const TokenExchangeCommand& command, App& app) {
    std::string line;
    std::getline(std::cin, line);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.empty()) {
        return complain({Fault::usage,
                         "no token came on standard input",
                         "narvaro token exchange, then paste the short-lived token and Enter",
                         {}});
    }
    const auto page = exchanged(app, Secret{std::move(line)});
    if (!page) return complain(page.error());
    if (command.store.empty()) {
        std::cout << "install -m 600 /dev/stdin /etc/narvaro/credentials/meta-token <<'TOKEN'\n"
                  << page->token.reveal() << "\nTOKEN\n";
        return kExitWell;
    }
    const auto written = write_secret(command.store, page->token);
    if (!written) return complain(written.error());
    std::cout << command.store << " holds the token of Page " << page->page << " "
              << harmless_line(page->name)
              << "; next: systemctl restart narvarod, narvaro token check\n";
    return kExitWell;
}

}  // namespace narvaro
