#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/store.h"

namespace narvaro {

/// "2021-03-01T12:00:00Z"
sys_seconds utc(const char* text);

/// Every row of every table as one text, for comparing two states of a database.
std::string dump(const std::filesystem::path& file);
/// How many rows each table holds.
std::map<std::string, std::int64_t> row_counts(const std::filesystem::path& file);
/// Runs SQL behind the store's back.
void run_sql(const std::filesystem::path& file, const std::string& sql);
std::int64_t number_from(const std::filesystem::path& file, const std::string& sql);
std::string text_from(const std::filesystem::path& file, const std::string& sql);

/// An open store in a folder of its own, with the sources web, fb, ig, ads and mitti.
class StoreTest : public testing::Test {
  protected:
    void SetUp() override;
    void TearDown() override;

    Store& store() { return *store_; }
    void reopen();
    const std::filesystem::path& file() const { return file_; }
    const std::filesystem::path& folder() const { return folder_; }

    /// Applies at `at`; the test fails when that fails.
    ApplyCounts apply(const std::string& source, const Observations& read, const char* at);
    /// One verdict of the rules "LABEL 1" on a post as it stands.
    void judge(const std::string& id, const std::string& label, bool value, const char* at,
               double score = 1.0);
    void decide(const std::string& id, const std::string& label, std::optional<bool> value,
                const char* at);
    StoredPost stored(const std::string& id, AsOf as_of = {sys_seconds::max()});

    std::filesystem::path folder_;
    std::filesystem::path file_;
    std::optional<Store> store_;
};

inline constexpr AsOf kNow{sys_seconds::max()};

Post post_of(const std::string& id, const char* published, const std::string& text = "text",
             PostKind kind = PostKind::post);
Observations posts(std::vector<Post> list);
Observations samples(std::vector<Sample> list);
PollOutcome outcome(const char* at);

}  // namespace narvaro
