#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace narvaro {

/// A directory with configuration files of the test's own making.
class ConfigTest : public testing::Test {
  protected:
    ConfigTest() {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        std::string name = std::string{info->test_suite_name()} + "-" + info->name();
        for (char& c : name) c = c == '/' ? '-' : c;
        directory_ = std::filesystem::path{testing::TempDir()} / ("narvaro-" + name);
        std::filesystem::remove_all(directory_);
        std::filesystem::create_directories(directory_ / "conf.d");
    }
    ~ConfigTest() override { std::filesystem::remove_all(directory_); }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream{directory_ / name} << text;
        return directory_ / name;
    }
    std::filesystem::path directory_;
};

}  // namespace narvaro
