#include <cmath>

#include "store_fixture.h"

namespace narvaro {
namespace {

/// One read that touches every table which a poll writes.
Observations everything() {
    Observations read = posts({post_of("1000_1", "2021-03-01T10:00:00Z", "Klimat nu"),
                               post_of("1000_2", nullptr, "Utan datum"),
                               post_of("1000_3", "2021-03-01T11:00:00Z", "Bild")});
    read.posts[0].links = {"https://mitti.example/a"};
    read.posts[0].mentions = {"ungvanster"};
    read.posts[0].reactions = 3;
    read.posts[2].parent_id = "77_1";
    read.samples = {{"followers", "", utc("2021-03-01T12:00:00Z"), 400},
                    {"followers_city", "Vallentuna", utc("2021-03-01T12:00:00Z"), 120}};
    read.gaps = {{"stories", "", GapReason::forbidden, "permission instagram_basic is missing"}};
    read.audiences = {{"a1",
                       "adset",
                       "Vår",
                       "ACTIVE",
                       utc("2021-02-01T00:00:00Z"),
                       {},
                       18,
                       25,
                       {{"Vallentuna", "Stockholm County", "SE"}, {"Täby", "", "SE"}}}};
    read.complete_audiences = {"adset"};
    read.complete = {{PostKind::post, utc("2021-01-01T00:00:00Z")}};
    read.validators = Validators{"\"abc\"", "Mon, 01 Mar 2021 10:00:00 GMT"};
    read.warnings = {"item 4 was unreadable"};
    return read;
}

class Apply : public StoreTest {};

TEST_F(Apply, StoresAllThatOnePollBroughtHome) {
    const ApplyCounts counts = apply("fb", everything(), "2021-03-01T12:00:00Z");
    EXPECT_EQ(counts, (ApplyCounts{3, 0, 0, 2, 1, 0, 1, 0}));
    const StoredPost post = stored("fb/1000_1");
    EXPECT_EQ(post.post, everything().posts[0]);
    EXPECT_EQ(post.source_kind, SourceKind::facebook);
    EXPECT_EQ(post.first_seen, utc("2021-03-01T12:00:00Z"));
    EXPECT_EQ(stored("fb/1000_3").post.parent_id, "77_1");
}

TEST_F(Apply, TheSameReadTwiceGivesTheSameTables) {
    apply("fb", everything(), "2021-03-01T12:00:00Z");
    const std::string once = dump(file());
    EXPECT_EQ(apply("fb", everything(), "2021-03-01T12:00:00Z"), ApplyCounts{});
    EXPECT_EQ(dump(file()), once);
}

TEST_F(Apply, AnUnchangedSourceAddsNoRowHoweverOftenItIsPolled) {
    apply("fb", everything(), "2021-03-01T12:00:00Z");
    const auto rows = row_counts(file());
    const std::string posts_once =
        text_from(file(),
                  "SELECT group_concat(id || text || revision || input_version || revised_at) "
                  "FROM post");
    for (const char* later : {"2021-03-01T18:00:00Z", "2021-03-02T00:00:00Z",
                              "2021-03-09T12:00:00Z", "2021-05-01T12:00:00Z"}) {
        Observations read = everything();
        for (Sample& sample : read.samples) sample.at = utc(later);
        EXPECT_EQ(apply("fb", read, later), ApplyCounts{}) << later;
    }
    EXPECT_EQ(row_counts(file()), rows);
    EXPECT_EQ(text_from(file(),
                        "SELECT group_concat(id || text || revision || input_version || "
                        "revised_at) FROM post"),
              posts_once);
}

TEST_F(Apply, LeavesNothingWhenItFailsMidway) {
    apply("fb", everything(), "2021-03-01T12:00:00Z");
    store_.reset();
    run_sql(file(),
            "CREATE TRIGGER full BEFORE UPDATE ON poll_state "
            "BEGIN SELECT raise(ABORT, 'injected'); END");
    reopen();
    const std::string before = dump(file());
    Observations more = everything();
    more.posts.push_back(post_of("1000_9", "2021-03-02T10:00:00Z"));
    more.samples = {{"followers", "", utc("2021-03-02T12:00:00Z"), 500}};
    more.posts[0].text = "ändrad";
    const auto failed = store().apply("fb", more, outcome("2021-03-02T12:00:00Z"));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::storage);
    EXPECT_NE(failed.error().what.find("source fb"), std::string::npos) << failed.error().what;
    EXPECT_NE(failed.error().what.find("UPDATE poll_state"), std::string::npos);
    EXPECT_EQ(dump(file()), before);

    store_.reset();
    run_sql(file(), "DROP TRIGGER full");
    reopen();
    EXPECT_EQ(apply("fb", more, "2021-03-02T12:00:00Z").posts_added, 1);
}

TEST_F(Apply, AnUnknownSourceIsToldAndNothingIsStored) {
    const auto failed = store().apply("nobody", everything(), outcome("2021-03-01T12:00:00Z"));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::not_found);
    EXPECT_EQ(row_counts(file())["post"], 0);
}

TEST_F(Apply, LeavesOutWhatNamesNothingAndTellsSo) {
    Observations read =
        posts({post_of("", "2021-03-01T10:00:00Z"), post_of("1", "2021-03-01T10:00:00Z")});
    read.samples = {{"followers", "", utc("2021-03-01T12:00:00Z"), std::nan("")},
                    {"fans", "", utc("2021-03-01T12:00:00Z"), INFINITY},
                    {"following", "", utc("2021-03-01T12:00:00Z"), 0}};
    const ApplyCounts counts = apply("fb", read, "2021-03-01T12:00:00Z");
    EXPECT_EQ(counts.posts_added, 1);
    EXPECT_EQ(counts.samples_added, 1);
    EXPECT_EQ(counts.left_out, 3);
    EXPECT_EQ(store().status("fb")->warnings.size(), 3U);
}

TEST_F(Apply, HostileBytesAreStoredAsTheyAre) {
    const std::string hostile{"'); DROP TABLE post; --\0\xff\xfe<script>\x1b[2J", 38};
    Observations read = posts({post_of("1'; --", "2021-03-01T10:00:00Z", hostile)});
    read.posts[0].links = {"https://a.example/\xff"};
    apply("fb", read, "2021-03-01T12:00:00Z");
    EXPECT_EQ(stored("fb/1'; --").post.text, hostile);
    EXPECT_EQ(apply("fb", read, "2021-03-01T13:00:00Z"), ApplyCounts{});
    EXPECT_EQ(row_counts(file())["post"], 1);
}

TEST_F(Apply, TheSchemaHasNoPlaceForPrivatePersons) {
    const std::string schema =
        text_from(file(), "SELECT lower(group_concat(sql)) FROM sqlite_schema");
    for (const char* word : {"author", "commenter", "reactor", "follower_id", "user", "profile"}) {
        EXPECT_EQ(schema.find(word), std::string::npos) << word;
    }
}

}  // namespace
}  // namespace narvaro
