#include "daemon/press_config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "config/settings.h"

namespace narvaro {
namespace {

TEST(PressConfiguration, IsReadBackAsItWasMeant) {
    const std::vector<OpmlFeed> feeds{{"Mitt i Vallentuna", "https://mitti.example/rss"},
                                      {"Mitt i Vallentuna", "https://mitti.example/rss?a=1&b=%22"},
                                      {"Åsa's \"kärlek\" ]\\ # [x]", "https://a.example/f"},
                                      {"", "https://www.norrort.example/atom"},
                                      {"新聞", "https://b.example/f"}};
    const std::string text = press_configuration(feeds, {"mitt-i-vallentuna-2"});
    char name[] = "/tmp/narvaro-press-XXXXXX";
    const std::filesystem::path folder = ::mkdtemp(name);
    std::ofstream{folder / "narvaro.toml"} << text;
    const auto settings = load_settings(folder / "narvaro.toml");
    std::filesystem::remove_all(folder);
    ASSERT_TRUE(settings) << to_string(settings.error().front()) << "\n" << text;
    std::vector<std::pair<std::string, std::string>> read;
    for (const ConfiguredSource& s : settings->sources) {
        EXPECT_EQ(s.source.kind, SourceKind::press);
        read.emplace_back(s.source.id, s.source.address);
    }
    const std::vector<std::pair<std::string, std::string>> meant{
        {"mitt-i-vallentuna", feeds[0].url},
        {"mitt-i-vallentuna-3", feeds[1].url},
        {"asa-s-karlek-x", feeds[2].url},
        {"www-norrort-example", feeds[3].url},
        {"b-example", feeds[4].url}};
    EXPECT_EQ(read, meant);
}

}  // namespace
}  // namespace narvaro
