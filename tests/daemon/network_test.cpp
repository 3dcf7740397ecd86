#include "daemon/network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace narvaro {
namespace {

using ::testing::UnorderedElementsAre;

TEST(HttpOptionsOfAConfiguration, LeaveAGapAtEveryHostButMetasAndThisMachine) {
    Settings settings;
    settings.meta.api = "https://graph.facebook.com/v26.0";
    for (const char* address : {"https://site.example/feed/", "http://127.0.0.1:8080/press/mitti",
                                "http://localhost/rss", "http://[::1]:80/rss"}) {
        ConfiguredSource source;
        source.source.kind = SourceKind::press;
        source.source.address = address;
        settings.sources.push_back(source);
    }
    const HttpOptions options = http_options(settings);
    EXPECT_EQ(options.host_gap, std::chrono::seconds{1});
    EXPECT_THAT(options.hosts_without_gap,
                UnorderedElementsAre("graph.facebook.com", "127.0.0.1", "localhost", "::1"));
    EXPECT_TRUE(options.private_hosts.contains("site.example"));
}

}  // namespace
}  // namespace narvaro
