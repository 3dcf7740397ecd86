#include <array>
#include <cassert>
#include <cstdlib>

#include "connectors/connector.h"

namespace narvaro {
namespace {

/// Stories live for a day and have no archive.
constexpr std::array<Beat, 1> kInstagramBeats{{{kStoriesBeat, std::chrono::hours{3}}}};

constexpr std::array<Connector, 5> kConnectors{{
    {SourceKind::website, poll_website, backfill_website, {}},
    {SourceKind::press, poll_press, nullptr, {}},
    {SourceKind::facebook, poll_facebook, backfill_facebook, {}},
    {SourceKind::instagram, poll_instagram, backfill_instagram, kInstagramBeats},
    {SourceKind::meta_ads, poll_meta_ads, nullptr, {}},
}};

}  // namespace

const Connector& connector_for(SourceKind kind) {
    for (const Connector& connector : kConnectors) {
        if (connector.kind == kind) return connector;
    }
    assert(false && "a kind of source without a connector");
    std::abort();
}

}  // namespace narvaro
