#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "config/settings.h"

namespace narvaro {

/// A sound configuration without a plan: a website, a Page, an Instagram account, an ads account.
/// 16 lines, so that what is added below begins on line 17.
inline constexpr char kSound[] = R"([meta]
token = "credential:meta-token"
[places]
local = ["Vallentuna"]
[source.web]
kind = "website"
url = "https://v.example/feed/"
[source.fb]
kind = "facebook"
page = "100"
[source.ig]
kind = "instagram"
account = "178"
watch = ["ungvanster"]
[source.ads]
kind = "meta-ads"
account = "act_1"
)";

/// The mistakes as a person reads them, one a line, with the directory's name left out.
inline std::string as_lines(const std::vector<Problem>& problems,
                            const std::filesystem::path& directory) {
    std::string out;
    const std::string prefix = directory.string() + "/";
    for (const Problem& problem : problems) {
        std::string line = to_string(problem);
        for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
            line.erase(at, prefix.size());
        }
        out += line + "\n";
    }
    return out;
}

/// A directory with configuration files of the test's own making.
class ConfigTest : public testing::Test {
  protected:
    ConfigTest() {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        std::string name = std::string{info->test_suite_name()} + "-" + info->name();
        std::replace(name.begin(), name.end(), '/', '-');
        directory_ = std::filesystem::path{testing::TempDir()} / ("narvaro-" + name);
        std::filesystem::remove_all(directory_);
        std::filesystem::create_directories(directory_ / "conf.d");
        std::filesystem::create_directories(directory_ / "rules");
    }
    ~ConfigTest() override { std::filesystem::remove_all(directory_); }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream{directory_ / name, std::ios::binary} << text;
        return directory_ / name;
    }

    /// What is wrong with a narvaro.toml of this text, together with what was written before.
    std::string mistakes(const std::string& text) const {
        const auto settings = load_settings(write("narvaro.toml", text));
        return settings ? "" : as_lines(settings.error(), directory_);
    }

    std::filesystem::path directory_;
};

}  // namespace narvaro
