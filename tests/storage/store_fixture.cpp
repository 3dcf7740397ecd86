#include "store_fixture.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <unistd.h>

#include <sqlite3.h>

namespace narvaro {
namespace {

using Row = std::vector<std::string>;

void each_row(const std::filesystem::path& file, const std::string& sql,
              const std::function<void(const Row&)>& take) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        Row row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
            row.push_back(bytes == nullptr ? "-" : std::string{bytes, size});
        }
        take(row);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

std::vector<std::string> tables(const std::filesystem::path& file) {
    std::vector<std::string> names;
    each_row(file, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
             [&](const Row& row) { names.push_back(row[0]); });
    return names;
}

}  // namespace

sys_seconds utc(const char* text) {
    const auto instant = parse_instant(text);
    if (!instant) ADD_FAILURE() << text << " is no instant";
    return instant.value_or(sys_seconds{});
}

std::string dump(const std::filesystem::path& file) {
    std::string all;
    for (const std::string& table : tables(file)) {
        all += "== " + table + "\n";
        std::vector<Row> rows;
        each_row(file, "SELECT * FROM " + table, [&](const Row& row) { rows.push_back(row); });
        std::sort(rows.begin(), rows.end());
        for (const Row& row : rows) {
            for (const std::string& cell : row) all += cell + "|";
            all += "\n";
        }
    }
    return all;
}

std::map<std::string, std::int64_t> row_counts(const std::filesystem::path& file) {
    std::map<std::string, std::int64_t> counts;
    for (const std::string& table : tables(file)) {
        counts[table] = number_from(file, "SELECT count(*) FROM " + table);
    }
    return counts;
}

void run_sql(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << (message == nullptr ? "" : message);
    sqlite3_free(message);
    sqlite3_close(db);
}

std::string text_from(const std::filesystem::path& file, const std::string& sql) {
    std::string text;
    each_row(file, sql, [&](const Row& row) { text = row[0]; });
    return text;
}

std::int64_t number_from(const std::filesystem::path& file, const std::string& sql) {
    return std::strtoll(text_from(file, sql).c_str(), nullptr, 10);
}

void StoreTest::SetUp() {
    std::string pattern = testing::TempDir() + "narvaro-store-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    file_ = folder_ / "narvaro.db";
    reopen();
    const std::array<Source, 5> sources{
        Source{"web", SourceKind::website, "https://a.example/feed", {}, {}},
        Source{"fb", SourceKind::facebook, "1000", {}, {}},
        Source{"ig", SourceKind::instagram, "1784", {}, {}},
        Source{"ads", SourceKind::meta_ads, "act_1", {}, {}},
        Source{"mitti", SourceKind::press, "https://mitti.example/rss", {}, {}}};
    ASSERT_TRUE(store().sync_sources(sources));
}

void StoreTest::TearDown() {
    store_.reset();
    std::filesystem::remove_all(folder_);
}

void StoreTest::reopen() {
    store_.reset();
    auto opened = Store::open(file_, OpenMode::read_write);
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
}

ApplyCounts StoreTest::apply(const std::string& source, const Observations& read, const char* at) {
    const auto counts = store().apply(source, read, outcome(at));
    EXPECT_TRUE(counts) << counts.error().what;
    return counts.value_or(ApplyCounts{});
}

void StoreTest::judge(const std::string& id, const std::string& label, bool value, const char* at,
                      double score) {
    PostVerdict put{id, stored(id).input_version, {}};
    put.verdict.label = label;
    put.verdict.value = value;
    put.verdict.score = score;
    put.verdict.threshold = 0.8;
    put.verdict.reasons = {{"klimat", score}};
    put.verdict.rules_version = label + " 1";
    const auto added = store().put_verdicts(std::span{&put, 1}, utc(at));
    EXPECT_TRUE(added) << added.error().what;
}

void StoreTest::decide(const std::string& id, const std::string& label, std::optional<bool> value,
                       const char* at) {
    const auto done = store().add_decision(id, {label, value, "Kim", utc(at), "sett"});
    EXPECT_TRUE(done) << done.error().what;
}

StoredPost StoreTest::stored(const std::string& id, AsOf as_of) {
    const auto found = store().post(id, as_of);
    EXPECT_TRUE(found) << found.error().what;
    if (!found || !*found) {
        ADD_FAILURE() << "no post " << id;
        return {};
    }
    return **found;
}

Post post_of(const std::string& id, const char* published, const std::string& text, PostKind kind) {
    Post post;
    post.remote_id = id;
    post.kind = kind;
    if (published != nullptr) post.published = utc(published);
    post.text = text;
    post.url = "https://a.example/" + id;
    post.media_type = "text";
    return post;
}

Observations posts(std::vector<Post> list) {
    Observations read;
    read.posts = std::move(list);
    return read;
}

Observations samples(std::vector<Sample> list) {
    Observations read;
    read.samples = std::move(list);
    return read;
}

PollOutcome outcome(const char* at) { return {utc(at), {}, true, utc(at) + std::chrono::hours{1}}; }

}  // namespace narvaro
