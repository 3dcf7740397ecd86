// What the targets of a year cost as of one instant, over a thousand, a hundred thousand and a
// million stored posts and ten years of hourly samples; beside them the same counts by one
// statement each, written by hand. Range 0: how many posts; range 1: how many of them lie in 2020
// and 2021. A thousand there, whatever is stored elsewhere, should cost the same in each; a million
// there shows what each counted post costs.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <unistd.h>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "analytics/targets.h"
#include "config/settings.h"
#include "daemon/stored_facts.h"

namespace narvaro {
namespace {

void require(bool good, const std::string& what) {
    if (!good) throw std::runtime_error(what);
}

sys_seconds utc(const char* text) { return parse_instant(text).value(); }

struct CloseBare {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using BareDatabase = std::unique_ptr<sqlite3, CloseBare>;
using BareStatement = std::unique_ptr<sqlite3_stmt, CloseBare>;

BareDatabase open_bare(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    require(sqlite3_open(file.c_str(), &opened) == SQLITE_OK, "cannot open");
    return BareDatabase{opened};
}

void execute(sqlite3* db, const std::string& sql) {
    require(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK,
            sqlite3_errmsg(db));
}

const Plan& plan_2021() {
    static const Plan plan = [] {
        const auto settings = load_settings(std::filesystem::path{NARVARO_CONFIG_FILE});
        require(settings.has_value(), "the shipped configuration is not sound");
        return settings->plans.front();
    }();
    return plan;
}

const Places kPlaces{{{"local", {"Vallentuna"}}, {"regional", {"Täby"}}}};

/// A database of so many posts; made once, and gone with the program.
class Filled {
  public:
    Filled(std::int64_t posts, std::int64_t of_the_years) {
        std::string pattern = std::filesystem::temp_directory_path() / "narvaro-bench-XXXXXX";
        require(::mkdtemp(pattern.data()) != nullptr, "no scratch folder");
        folder_ = pattern;
        {
            auto store = Store::open(file(), OpenMode::read_write);
            require(store.has_value(), "no store");
            const std::vector<Source> sources{{"web", SourceKind::website, "1", {}, {}},
                                              {"fb", SourceKind::facebook, "2", {}, {}},
                                              {"ig", SourceKind::instagram, "3", {}, {}},
                                              {"ads", SourceKind::meta_ads, "4", {}, {}}};
            require(store->sync_sources(sources).has_value(), "no sources");
        }
        fill(posts, of_the_years);
        auto store = Store::open(file(), OpenMode::read_write);
        store_ = std::make_unique<Store>(std::move(store.value()));
    }
    Filled(const Filled&) = delete;
    Filled& operator=(const Filled&) = delete;
    ~Filled() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::filesystem::path file() const { return folder_ / "narvaro.db"; }
    const Store& store() const { return *store_; }

  private:
    void fill(std::int64_t posts, std::int64_t of_the_years) const {
        const BareDatabase db = open_bare(file());
        execute(db.get(), "PRAGMA synchronous = OFF; BEGIN");
        const std::string numbers =
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM "
            "n WHERE i + 1 < " +
            std::to_string(posts) + ") ";
        // The first posts lie in 2020 and 2021, evenly, the others before.
        const std::string at = "iif(i < " + std::to_string(of_the_years) +
                               ", 1577836800 + i * 63072000 / " + std::to_string(of_the_years) +
                               ", 1577000000 - i * 600)";
        execute(db.get(),
                numbers +
                    "INSERT INTO post (source_id, remote_id, kind, published, counts_at, "
                    "first_seen, revised_at, title, text, url, media_type, links, mentions, "
                    "second_key, content_hash, input_hash, judged) SELECT 1 + i % 3, 'p' || i, "
                    "iif(i % 3 = 0, 'article', 'post'), " +
                    at + ", " + at + ", " + at + ", " + at +
                    ", '', 'Ett inlägg om klimatet i Vallentuna, nummer ' || i, '', 'text', '[]', "
                    "'[]', '', i, i, 1 FROM n");
        for (const char* label : {"climate", "youth", "news_hook", "ung_vanster"}) {
            execute(db.get(), std::string{"INSERT INTO label_now (post_id, label, value, "
                                          "source_id, kind, counts_at) SELECT id, '"} +
                                  label + "', (id * " + std::to_string(label[0]) +
                                  ") % 5 = 0, source_id, kind, counts_at FROM post");
        }
        execute(db.get(),
                "INSERT INTO series (source_id, metric, dimension) VALUES (2, 'followers', ''), "
                "(2, 'followers_local', ''), (3, 'followers', ''), (3, 'following', '')");
        execute(db.get(),
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 87600) "
                "INSERT INTO sample (series_id, at, version, value, seen_until, again, stored_at) "
                "SELECT s.id, 1325376000 + i * 3600, 0, 400 + i, 1325376000 + i * 3600, x'', "
                "1325376000 + i * 3600 FROM series s, n");
        execute(db.get(),
                "INSERT INTO poll_state (source_id, last_success) SELECT id, 1640995200 FROM "
                "source WHERE true ON CONFLICT DO UPDATE SET last_success = 1640995200; COMMIT; "
                "ANALYZE");
    }

    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
};

const Filled& filled(const benchmark::State& state) {
    static std::map<std::pair<std::int64_t, std::int64_t>, std::unique_ptr<Filled>> all;
    auto& one = all[{state.range(0), state.range(1)}];
    if (!one) one = std::make_unique<Filled>(state.range(0), state.range(1));
    return *one;
}

void evaluate_plan(benchmark::State& state, bool known_then) {
    const Filled& data = filled(state);
    const Plan& plan = plan_2021();
    const sys_seconds as_of = utc("2021-06-30T21:59:59Z");
    const StoredFacts facts{data.store(), known_then ? as_known_at(as_of) : AsOf{as_of}};
    for (auto _ : state) {
        const auto results = evaluate_all(plan, kPlaces, facts, as_of);
        require(results.has_value() && results->size() == plan.targets.size(), "no results");
        benchmark::DoNotOptimize(results->data());
    }
}

void BM_TargetsAsOf(benchmark::State& state) { evaluate_plan(state, false); }
void BM_TargetsAsKnownThen(benchmark::State& state) { evaluate_plan(state, true); }

/// One statement for each figure that the plan counts from posts and samples, and nothing else: no
/// periods, forecasts or standings.
constexpr const char* kByHand[] = {
    "SELECT count(*) FROM post WHERE source_id = 1 AND counts_at >= 1609455600 AND counts_at < "
    "1625090400 AND kind IN ('post', 'article')",
    "SELECT count(*) FROM label_now a JOIN label_now b ON b.post_id = a.post_id AND b.label = "
    "'youth' AND b.value = 1 WHERE a.label = 'climate' AND a.value = 1 AND a.source_id IN (2, 3) "
    "AND a.counts_at >= 1609455600 AND a.counts_at < 1625090400",
    "SELECT count(*) FROM label_now a JOIN label_now b ON b.post_id = a.post_id AND b.label = "
    "'youth' AND b.value = 1 WHERE a.label = 'climate' AND a.value = 1 AND a.source_id IN (2, 3) "
    "AND a.counts_at >= 1577833200 AND a.counts_at < 1609455600",
    "SELECT count(*) FROM label_now WHERE label = 'ung_vanster' AND value = 1 AND source_id = 3 "
    "AND counts_at >= 1609455600 AND counts_at < 1625090400",
    "SELECT count(*) FROM label_now WHERE label = 'news_hook' AND value = 1 AND source_id IN (2, "
    "3) AND counts_at >= 1609455600 AND counts_at < 1625090400",
    "SELECT count(*) FROM post WHERE source_id IN (2, 3) AND counts_at >= 1609455600 AND "
    "counts_at < 1625090400 AND kind IN ('post', 'article')",
    "SELECT value FROM sample WHERE series_id = 1 AND at <= 1625090399 ORDER BY at DESC LIMIT 1",
    "SELECT value FROM sample WHERE series_id = 2 AND at <= 1625090399 ORDER BY at DESC LIMIT 1",
    "SELECT value FROM sample WHERE series_id = 3 AND at <= 1625090399 ORDER BY at DESC LIMIT 1",
    "SELECT value FROM sample WHERE series_id = 4 AND at <= 1625090399 ORDER BY at DESC LIMIT 1"};

void BM_BareStatements(benchmark::State& state) {
    const BareDatabase db = open_bare(filled(state).file());
    std::vector<BareStatement> statements;
    for (const char* sql : kByHand) {
        sqlite3_stmt* made = nullptr;
        require(sqlite3_prepare_v2(db.get(), sql, -1, &made, nullptr) == SQLITE_OK,
                sqlite3_errmsg(db.get()));
        statements.emplace_back(made);
    }
    for (auto _ : state) {
        for (const BareStatement& statement : statements) {
            require(sqlite3_step(statement.get()) == SQLITE_ROW, "no row");
            benchmark::DoNotOptimize(sqlite3_column_int64(statement.get(), 0));
            sqlite3_reset(statement.get());
        }
    }
}

#define NARVARO_SIZES                  \
    Args({1'000, 1'000})               \
        ->Args({100'000, 1'000})       \
        ->Args({1'000'000, 1'000})     \
        ->Args({1'000'000, 1'000'000}) \
        ->Unit(benchmark::kMillisecond)
BENCHMARK(BM_TargetsAsOf)->NARVARO_SIZES;
BENCHMARK(BM_TargetsAsKnownThen)->NARVARO_SIZES;
BENCHMARK(BM_BareStatements)->NARVARO_SIZES;
#undef NARVARO_SIZES

}  // namespace
}  // namespace narvaro
