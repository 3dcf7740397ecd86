#include <sqlite3.h>

#include "storage/label_table.h"
#include "storage/open.h"
#include "storage/post_count.h"
#include "storage/sample_table.h"
#include "store_fixture.h"

namespace narvaro {
namespace {

class Count : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        int n = 0;
        for (const PostKind kind :
             {PostKind::post, PostKind::article, PostKind::story, PostKind::collaboration,
              PostKind::tag, PostKind::watched, PostKind::press}) {
            const std::string id = name_of(kind);
            apply("ig", posts({post_of(id, "2021-03-10T10:00:00Z", "x", kind)}),
                  "2021-03-10T12:00:00Z");
            judge("ig/" + id, kUngVanster, true, "2021-03-10T13:00:00Z");
            judge("ig/" + id, kClimate, ++n % 2 == 1, "2021-03-10T13:00:00Z");
        }
    }

    std::int64_t count(const PostFilter& filter, AsOf as_of = kNow) {
        const Span march{utc("2021-03-01T00:00:00Z"), utc("2021-04-01T00:00:00Z")};
        const auto counts = store().count_posts(filter, std::span{&march, 1}, as_of);
        EXPECT_TRUE(counts) << counts.error().what;
        return counts ? counts->front() : -1;
    }
};

struct KindCase {
    PostFilter filter;
    std::int64_t count;
};

TEST_F(Count, FollowsTheRuleOfKinds) {
    const KindCase cases[] = {
        {{{"ig"}, {}, false}, 2},                          // post, article
        {{{"ig"}, {}, true}, 3},                           // and the story
        {{{"ig"}, {kUngVanster}, false}, 5},               // and collaboration, tag
        {{{"ig"}, {kUngVanster}, true}, 5},                //
        {{{"ig"}, {kClimate}, false}, 1},                  // post
        {{{"ig"}, {kClimate}, true}, 2},                   // post, story
        {{{"ig"}, {kClimate, kUngVanster}, false}, 3},     // post, story, tag
        {{{"ig"}, {kUngVanster, kClimate}, false}, 3},     //
        {{{"ig", "ig"}, {kClimate, kClimate}, false}, 1},  //
        {{{"fb"}, {}, false}, 0},
        {{{"nobody"}, {}, false}, 0},
        {{{}, {}, false}, 2},
        {{{"ig"}, {kYouth}, false}, 0},
    };
    for (const KindCase& c : cases) {
        for (const AsOf as_of : {kNow, as_known_at(utc("2021-03-11T00:00:00Z"))}) {
            EXPECT_EQ(count(c.filter, as_of), c.count)
                << testing::PrintToString(c.filter.labels) << c.filter.stories << as_of.by_then();
        }
    }
}

TEST_F(Count, TakesTheStartOfASpanAndLeavesItsEnd) {
    const Span spans[] = {{utc("2021-03-10T10:00:00Z"), utc("2021-03-10T10:00:01Z")},
                          {utc("2021-03-10T09:00:00Z"), utc("2021-03-10T10:00:00Z")},
                          {utc("2021-03-10T10:00:01Z"), utc("2021-03-11T10:00:00Z")},
                          {utc("2021-03-11T00:00:00Z"), utc("2021-03-01T00:00:00Z")}};
    const auto counts = store().count_posts({{"ig"}, {}, false}, spans, kNow);
    ASSERT_TRUE(counts);
    EXPECT_EQ(*counts, (std::vector<std::int64_t>{2, 0, 0, 0}));
}

TEST_F(Count, SeesNothingDatedAfterTheAsOfInstant) {
    EXPECT_EQ(count({{"ig"}, {}, false}, {utc("2021-03-10T10:00:00Z")}), 2);
    EXPECT_EQ(count({{"ig"}, {}, false}, {utc("2021-03-10T09:59:59Z")}), 0);
}

TEST_F(Count, LeavesOutWhatWasStoredLaterWhenAskedWhatWasKnownThen) {
    apply("ig", posts({post_of("late", "2021-03-05T10:00:00Z")}), "2021-06-01T12:00:00Z");
    EXPECT_EQ(count({{"ig"}, {}, false}, {utc("2021-04-01T00:00:00Z")}), 3);
    EXPECT_EQ(count({{"ig"}, {}, false}, as_known_at(utc("2021-04-01T00:00:00Z"))), 2);
    EXPECT_EQ(count({{"ig"}, {kClimate}, false}, as_known_at(utc("2021-03-10T12:30:00Z"))), 0)
        << "not judged yet";
}

TEST_F(Count, FormerLabelsAndPeoplesWordsHoldAsTheyWereKnownThen) {
    const PostFilter climate{{"ig"}, {kClimate}, false};
    judge("ig/post", kClimate, false, "2021-04-01T00:00:00Z");
    EXPECT_EQ(count(climate), 0);
    decide("ig/post", kClimate, true, "2021-05-01T00:00:00Z");
    EXPECT_EQ(count(climate), 1);
    decide("ig/post", kClimate, std::nullopt, "2021-06-01T00:00:00Z");
    EXPECT_EQ(count(climate), 0);
    EXPECT_EQ(count(climate, as_known_at(utc("2021-03-20T00:00:00Z"))), 1) << "the first verdict";
    EXPECT_EQ(count(climate, as_known_at(utc("2021-04-20T00:00:00Z"))), 0) << "the second";
    EXPECT_EQ(count(climate, as_known_at(utc("2021-05-20T00:00:00Z"))), 1) << "a person's";
    EXPECT_EQ(count(climate, as_known_at(utc("2021-06-20T00:00:00Z"))), 0) << "handed back";
    EXPECT_EQ(count(climate, {utc("2021-03-20T00:00:00Z")}), 0) << "today's knowledge";
}

TEST_F(Count, AMovedDateCountsWhereItStandsAndThenWhereItStood) {
    const PostFilter plain{{"ig"}, {}, false};
    const PostFilter climate{{"ig"}, {kClimate}, false};
    apply("ig", posts({post_of("post", "2021-02-10T10:00:00Z", "x")}), "2021-05-01T12:00:00Z");
    EXPECT_EQ(count(plain), 1);
    EXPECT_EQ(count(climate), 0);
    const Span february{utc("2021-02-01T00:00:00Z"), utc("2021-03-01T00:00:00Z")};
    EXPECT_EQ(store().count_posts(climate, std::span{&february, 1}, kNow)->front(), 1);
    EXPECT_EQ(count(plain, as_known_at(utc("2021-04-01T00:00:00Z"))), 2);
    EXPECT_EQ(count(climate, as_known_at(utc("2021-04-01T00:00:00Z"))), 1);
}

TEST_F(Count, GonePostsWerePublished) {
    store_.reset();
    run_sql(file(), "UPDATE post SET gone_since = 1700000000");
    reopen();
    EXPECT_EQ(count({{"ig"}, {}, false}), 2);
}

TEST_F(Count, TimesAndEvidenceNameTheSamePosts) {
    apply("ig", posts({post_of("early", "2021-03-02T10:00:00Z")}), "2021-03-12T12:00:00Z");
    judge("ig/early", kUngVanster, true, "2021-03-12T13:00:00Z");
    const Span march{utc("2021-03-01T00:00:00Z"), utc("2021-04-01T00:00:00Z")};
    const PostFilter filter{{"ig"}, {kUngVanster}, false};
    const auto times = store().post_times(filter, march, kNow);
    ASSERT_TRUE(times);
    ASSERT_EQ(times->size(), 6U);
    EXPECT_EQ(times->front(), utc("2021-03-02T10:00:00Z"));
    const auto found = store().evidence(filter, march, kNow);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 6U);
    EXPECT_EQ(found->front().post.id, "ig/early");
    EXPECT_EQ(found->front().verdicts.front().verdict.reasons.front().text, "klimat");
    EXPECT_EQ((*found)[1].post.id, "ig/article");
}

TEST_F(Count, NearMissesLackOneLabelByLittle) {
    apply("ig",
          posts({post_of("near", "2021-03-02T10:00:00Z"), post_of("far", "2021-03-03T10:00:00Z"),
                 post_of("neither", "2021-03-04T10:00:00Z")}),
          "2021-03-12T12:00:00Z");
    judge("ig/near", kClimate, false, "2021-03-12T13:00:00Z", 0.5);
    judge("ig/near", kYouth, true, "2021-03-12T13:00:00Z");
    judge("ig/far", kClimate, false, "2021-03-12T13:00:00Z", 0.1);
    judge("ig/far", kYouth, true, "2021-03-12T13:00:00Z");
    judge("ig/neither", kClimate, false, "2021-03-12T13:00:00Z", 0.7);
    judge("ig/neither", kYouth, false, "2021-03-12T13:00:00Z", 0.7);
    const Span march{utc("2021-03-01T00:00:00Z"), utc("2021-04-01T00:00:00Z")};
    const auto near = store().near_misses({{"ig"}, {kClimate, kYouth}, false}, march, kNow);
    ASSERT_TRUE(near) << near.error().what;
    ASSERT_EQ(near->size(), 1U);
    EXPECT_EQ(near->front().post.id, "ig/near");
}

TEST_F(Count, RunsOverIndexesAlone) {
    store_.reset();
    const auto db = open_to_write(file());
    const Span march{utc("2021-03-01T00:00:00Z"), utc("2021-04-01T00:00:00Z")};
    for (const PostFilter& filter :
         {PostFilter{{"ig"}, {}, true}, PostFilter{{"ig"}, {kClimate}, false},
          PostFilter{{"ig"}, {kClimate, kUngVanster}, false}}) {
        count_posts(*db, filter, std::span{&march, 1}, kNow);
        post_times(*db, filter, march, kNow);
        count_posts(*db, filter, std::span{&march, 1}, as_known_at(march.to));
    }
    const LabelVersion versions[] = {{kClimate, "climate 1"}, {kUngVanster, "ung_vanster 1"}};
    unjudged(*db, versions, 0, 10);
    sample_at(*db, {"ig", "followers", "", ""}, march.to, kNow);
    int statements = 0;
    for (sqlite3_stmt* s = sqlite3_next_stmt(db->handle(), nullptr); s != nullptr;
         s = sqlite3_next_stmt(db->handle(), s)) {
        if (std::string_view{sqlite3_sql(s)}.find("FROM post") == std::string_view::npos &&
            std::string_view{sqlite3_sql(s)}.find("FROM label_now") == std::string_view::npos) {
            continue;
        }
        ++statements;
        EXPECT_EQ(sqlite3_stmt_status(s, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0), 0) << sqlite3_sql(s);
    }
    EXPECT_GE(statements, 7);
}

}  // namespace
}  // namespace narvaro
