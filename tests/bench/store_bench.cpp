// What Store::apply costs beside the bare statements that write the same columns: 10,000 posts in
// one transaction, a fresh database each time. Run both in one go and compare CPU times.
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "storage/store.h"

namespace narvaro {
namespace {

constexpr int kPosts = 10'000;
constexpr sys_seconds kRead{seconds{1'700'000'000}};

void require(bool good, const std::string& what) {
    if (!good) throw std::runtime_error(what);
}

Observations ten_thousand_posts() {
    Observations read;
    for (int i = 0; i < kPosts; ++i) {
        Post post;
        post.remote_id = "https://a.example/?p=" + std::to_string(1'000'000 + i);
        post.kind = PostKind::article;
        post.published = kRead - seconds{60 * i};
        post.title = "Rubrik nummer " + std::to_string(i) + " om klimatet i Vallentuna kommun";
        post.text = std::string(480, 'x') + std::to_string(i);
        post.url = "https://a.example/2021/03/rubrik-" + std::to_string(i) + "/";
        post.media_type = "text";
        post.links = {"https://mitti.example/nyhet/" + std::to_string(i)};
        post.second_key = "a.example/2021/03/rubrik-" + std::to_string(i);
        read.posts.push_back(std::move(post));
    }
    return read;
}

/// A database with the schema and one source, in a folder that goes with it.
class Scratch {
  public:
    Scratch() {
        std::string pattern = std::filesystem::temp_directory_path() / "narvaro-bench-XXXXXX";
        require(::mkdtemp(pattern.data()) != nullptr, "no scratch folder");
        folder_ = pattern;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::filesystem::path file() const { return folder_ / "narvaro.db"; }

    Store open() const {
        auto store = Store::open(file(), OpenMode::read_write);
        require(store.has_value(), "no store");
        const Source web{"web", SourceKind::website, "https://a.example/feed/", {}, {}};
        require(store->sync_sources(std::span{&web, 1}).has_value(), "no source");
        return std::move(*store);
    }

  private:
    std::filesystem::path folder_;
};

void BM_ApplyNewPosts(benchmark::State& state) {
    const Observations read = ten_thousand_posts();
    for (auto _ : state) {
        state.PauseTiming();
        auto scratch = std::make_unique<Scratch>();
        auto store = std::make_unique<Store>(scratch->open());
        state.ResumeTiming();
        const auto counts = store->apply("web", read, {kRead, {}, true, kRead});
        state.PauseTiming();
        require(counts && counts->posts_added == kPosts, "not all posts were stored");
        store.reset();
        scratch.reset();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * kPosts);
}

void BM_ApplyUnchangedPosts(benchmark::State& state) {
    const Observations read = ten_thousand_posts();
    const Scratch scratch;
    Store store = scratch.open();
    require(store.apply("web", read, {kRead, {}, true, kRead}).has_value(), "not stored");
    for (auto _ : state) {
        const auto counts = store.apply("web", read, {kRead, {}, true, kRead});
        require(counts && *counts == ApplyCounts{}, "something changed");
    }
    state.SetItemsProcessed(state.iterations() * kPosts);
}

struct CloseBare {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using BareDatabase = std::unique_ptr<sqlite3, CloseBare>;
using BareStatement = std::unique_ptr<sqlite3_stmt, CloseBare>;

void execute(sqlite3* db, const char* sql) {
    require(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
}

BareDatabase open_bare(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    require(sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                            nullptr) == SQLITE_OK,
            "cannot open");
    BareDatabase db{opened};
    execute(opened,
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    return db;
}

void bind_text(sqlite3_stmt* insert, int index, std::string_view text) {
    sqlite3_bind_text64(insert, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void insert_bare(sqlite3_stmt* insert, const Post& post, const std::string& links) {
    const std::int64_t published = post.published->time_since_epoch().count();
    sqlite3_bind_int64(insert, 1, 1);
    bind_text(insert, 2, post.remote_id);
    bind_text(insert, 3, "article");
    sqlite3_bind_int64(insert, 4, published);
    sqlite3_bind_int64(insert, 5, published);
    sqlite3_bind_int64(insert, 6, kRead.time_since_epoch().count());
    bind_text(insert, 7, post.title);
    bind_text(insert, 8, post.text);
    bind_text(insert, 9, post.url);
    bind_text(insert, 10, post.media_type);
    bind_text(insert, 11, links);
    bind_text(insert, 12, "[]");
    for (int nothing = 13; nothing <= 16; ++nothing) sqlite3_bind_null(insert, nothing);
    bind_text(insert, 17, post.second_key);
    sqlite3_bind_int64(insert, 18, published * 0x9e3779b9);
    sqlite3_bind_int64(insert, 19, published * 0x85ebca6b);
    sqlite3_bind_int64(insert, 20, 0);
    require(sqlite3_step(insert) == SQLITE_DONE, "not stored");
    sqlite3_reset(insert);
}

void BM_BareStatements(benchmark::State& state) {
    const Observations read = ten_thousand_posts();
    std::vector<std::string> links;
    links.reserve(read.posts.size());
    for (const Post& post : read.posts) links.push_back("[\"" + post.links.front() + "\"]");
    for (auto _ : state) {
        state.PauseTiming();
        auto scratch = std::make_unique<Scratch>();
        scratch->open();
        BareDatabase db = open_bare(scratch->file());
        state.ResumeTiming();
        {
            sqlite3_stmt* made = nullptr;
            require(sqlite3_prepare_v2(
                        db.get(),
                        "INSERT INTO post (source_id, remote_id, kind, published, counts_at,"
                        " first_seen, revised_at, title, text, url, media_type, links, mentions,"
                        " parent_id, reactions, comments, shares, second_key, content_hash,"
                        " input_hash, judged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, ?10,"
                        " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
                        -1, &made, nullptr) == SQLITE_OK,
                    sqlite3_errmsg(db.get()));
            const BareStatement insert{made};
            execute(db.get(), "BEGIN IMMEDIATE");
            for (std::size_t i = 0; i < read.posts.size(); ++i) {
                insert_bare(insert.get(), read.posts[i], links[i]);
            }
            execute(db.get(), "COMMIT");
        }
        state.PauseTiming();
        db.reset();
        scratch.reset();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * kPosts);
}

BENCHMARK(BM_BareStatements)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ApplyNewPosts)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ApplyUnchangedPosts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace narvaro
