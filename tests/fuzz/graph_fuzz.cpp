// Any bytes as an answer of Meta, read by every parser of the Graph.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "connectors/facebook_parse.h"
#include "connectors/graph_error.h"
#include "connectors/graph_json.h"
#include "connectors/instagram_parse.h"
#include "connectors/meta_ads_parse.h"

namespace {

using narvaro::Json;

const narvaro::Organisations& organisations() {
    static const narvaro::Organisations kOrganisations{{"vansterpartiet*", "123", "rival"}};
    return kOrganisations;
}

void read_page(const Json& answer) {
    const auto page = narvaro::parse_page(answer, "1").identity;
    int unreadable = 0;
    for (const auto& post : narvaro::parse_page_posts(narvaro::list_at(answer, "data"), page,
                                                      organisations(), unreadable)) {
        if (post.remote_id.empty()) std::abort();
    }
    if (unreadable < 0) std::abort();
}

void read_account(const Json& answer) {
    (void)narvaro::parse_account(answer);
    (void)narvaro::accepted_organisations(answer, organisations());
    const Json& items = narvaro::list_at(answer, "data");
    narvaro::MediaReader reader{organisations(), "vansterpartiet_vallentuna"};
    for (const auto& posts :
         {reader.own_media(items), reader.stories(items), reader.collaborations(items),
          reader.tags(items), reader.watched(items, "rival")}) {
        for (const auto& post : posts) {
            if (post.remote_id.empty()) std::abort();
        }
    }
}

void read_ads(const Json& answer) {
    const auto account = narvaro::parse_ad_account(answer);
    const narvaro::sys_seconds now{std::chrono::seconds{1'623'744'000}};
    (void)narvaro::day_of(account, now);
    (void)narvaro::places_in(answer);
    for (const Json& item : narvaro::list_at(answer, "data")) {
        (void)narvaro::parse_ad_set(item);
        (void)narvaro::parse_saved_audience(item);
        (void)narvaro::parse_custom_audience(item);
        for (const auto& sample : narvaro::parse_region_row(item, account, now)) {
            if (sample.at > now) std::abort();  // a day that is not over has no figure
        }
    }
}

void read_error(const Json& answer) {
    const auto body = narvaro::graph_error_in(answer);
    if (!body) return;
    const std::string secret = "EAABsecretsecret";
    const auto failure =
        narvaro::judge_graph_error(*body, {"the posts", "pages_read_engagement"}, {}, {secret});
    if (failure.error.what.find(secret) != std::string::npos) std::abort();
    if (failure.retries < 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto answer = narvaro::parse_graph_json(bytes);
    if (!answer) return 0;
    (void)answer->dump();  // throws when a text is not valid UTF-8
    read_page(*answer);
    read_account(*answer);
    read_ads(*answer);
    read_error(*answer);
    return 0;
}
