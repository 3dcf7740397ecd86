// How SQLite goes about the questions that targets ask: by the indexes, so that an answer costs
// what it reads and not what is stored.
#include <algorithm>
#include <string>

#include <sqlite3.h>

#include "storage/audience_table.h"
#include "storage/gap_table.h"
#include "storage/open.h"
#include "storage/poll_table.h"
#include "storage/post_count.h"
#include "storage/record_table.h"
#include "storage/sample_table.h"
#include "storage/sqlite.h"
#include "store_fixture.h"

namespace narvaro {
namespace {

constexpr Span kYear{sys_seconds{seconds{1609455600}}, sys_seconds{seconds{1640991600}}};

/// Every question that targets and their evidence put to the store.
void ask_everything(Database& db, AsOf as_of) {
    const std::vector<Span> spans{kYear};
    for (const std::vector<std::string>& labels :
         {std::vector<std::string>{}, {"news_hook"}, {"climate", "youth"}, {"a", "b", "c"}}) {
        const PostFilter filter{{"fb", "ig"}, labels, true};
        count_posts(db, filter, spans, as_of);
        post_times(db, filter, kYear, as_of);
        evidence(db, filter, kYear, as_of);
        near_misses(db, filter, kYear, as_of, 0.5);
    }
    const SeriesRef followers{"fb", "followers", "", ""};
    sample_at(db, followers, kYear.to, as_of);
    sample_after(db, followers, kYear.from, as_of);
    samples_within(db, followers, kYear, as_of);
    restatements_within(db, followers, kYear, as_of);
    last_reading(db, "fb", as_of);
    last_success(db, "fb");
    was_observed(db, "fb", as_of);
    open_gaps_of(db, "fb", as_of);
    records_within(db, "meeting", kYear, as_of);
    record_at(db, "members", kYear.to, as_of);
    record_after(db, "members", kYear.from, as_of);
    record_samples(db, "members", kYear, as_of);
    audiences_within(db, "ads", kYear, as_of);
}

/// How the statement is run, a line a step: "SEARCH p USING INDEX post_counts (…)".
std::vector<std::string> plan_of(sqlite3* db, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(
        sqlite3_prepare_v2(db, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &statement, nullptr),
        SQLITE_OK)
        << sql;
    std::vector<std::string> steps;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char* step = sqlite3_column_text(statement, 3);
        steps.emplace_back(reinterpret_cast<const char*>(step));
    }
    sqlite3_finalize(statement);
    return steps;
}

/// All posts, or labels, of a source, whatever their date.
bool walks_a_source(const std::string& step) {
    const bool of_posts = step.find("INDEX post_") != std::string::npos ||
                          step.find("INDEX label_now") != std::string::npos;
    return of_posts && step.find("counts_at>") == std::string::npos &&
           step.find("post_id=") == std::string::npos;
}

/// The steps that walk through a whole table, rather than through a list that is bound, or through
/// what another step ("CO-ROUTINE m") has just found.
std::vector<std::string> walks(const std::vector<std::string>& steps) {
    std::vector<std::string> through_tables;
    for (const std::string& step : steps) {
        if (walks_a_source(step)) through_tables.push_back(step);
        if (!step.starts_with("SCAN ") || step.find("VIRTUAL TABLE") != std::string::npos) continue;
        const std::string name = step.substr(5, step.find(' ', 5) - 5);
        const bool found_before = std::any_of(steps.begin(), steps.end(), [&](const auto& other) {
            return other == "CO-ROUTINE " + name || other == "MATERIALIZE " + name;
        });
        if (!found_before && name != "CONSTANT") through_tables.push_back(step);
    }
    return through_tables;
}

using QueryPlans = StoreTest;

TEST_F(QueryPlans, OfTargetsWalkThroughNoTable) {
    apply("fb", samples({{"followers", "", utc("2021-02-01T06:00:00Z"), 400}}),
          "2021-02-01T06:00:00Z");
    apply("ig", posts({post_of("1", "2021-02-01T06:00:00Z")}), "2021-02-01T07:00:00Z");
    const auto db = open_to_read(file());
    ask_everything(*db, {kYear.to});
    ask_everything(*db, as_known_at(kYear.to));
    int statements = 0;
    std::vector<std::string> asked;
    for (sqlite3_stmt* one = sqlite3_next_stmt(db->handle(), nullptr); one != nullptr;
         one = sqlite3_next_stmt(db->handle(), one)) {
        asked.emplace_back(sqlite3_sql(one));
    }
    for (const std::string& sql : asked) {
        if (sql.find("sqlite_schema") != std::string::npos) continue;  // a look whether it is ours
        ++statements;
        for (const std::string& step : walks(plan_of(db->handle(), sql))) {
            // Whether anything was read stops at the first post that had been seen.
            if (step.starts_with("SEARCH post USING") && sql.find("EXISTS") != sql.npos) continue;
            ADD_FAILURE() << step << "\n" << sql;
        }
    }
    EXPECT_GE(statements, 20);
}

}  // namespace
}  // namespace narvaro
