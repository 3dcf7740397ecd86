#include "store_fixture.h"

namespace narvaro {
namespace {

class Posts : public StoreTest {
  protected:
    Observations complete(std::vector<Post> list, PostKind kind = PostKind::post) {
        Observations read = posts(std::move(list));
        read.complete = {{kind, utc("2021-01-01T00:00:00Z")}};
        return read;
    }
};

struct DateCase {
    const char* name;
    const char* published;
    bool counts;
};

TEST_F(Posts, CountOnlyWhereTheirDateProvesIt) {
    const DateCase cases[] = {
        {"none", nullptr, false},
        {"past", "2019-01-01T00:00:00Z", true},
        {"clock-skew", "2021-03-02T12:00:00Z", true},
        {"just-too-far", "2021-03-02T12:00:01Z", false},
        {"far", "2099-01-01T00:00:00Z", false},
    };
    for (const DateCase& c : cases) {
        apply("web", posts({post_of(c.name, c.published, "x", PostKind::article)}),
              "2021-03-01T12:00:00Z");
        const StoredPost post = stored(std::string{"web/"} + c.name);
        EXPECT_EQ(post.counts_at.has_value(), c.counts) << c.name;
        EXPECT_EQ(post.post.published.has_value(), c.published != nullptr) << c.name;
        EXPECT_EQ(post.first_seen, utc("2021-03-01T12:00:00Z")) << c.name;
    }
}

TEST_F(Posts, AFutureDateStaysUnprovenWhenItComes) {
    const Observations read = posts({post_of("1", "2021-06-01T00:00:00Z", "x")});
    apply("web", read, "2021-03-01T12:00:00Z");
    apply("web", read, "2021-07-01T12:00:00Z");
    EXPECT_FALSE(stored("web/1").counts_at);
}

TEST_F(Posts, AChangedTextIsANewRevisionAndTheOldOneStaysReadable) {
    apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z", "först")}), "2021-03-01T12:00:00Z");
    EXPECT_EQ(
        apply("fb", posts({post_of("1", "2021-03-01T10:00:00Z", "sedan")}), "2021-03-03T12:00:00Z")
            .posts_revised,
        1);
    EXPECT_EQ(stored("fb/1").post.text, "sedan");
    EXPECT_EQ(stored("fb/1").revision, 2);
    const auto revisions = store().revisions("fb/1", kNow);
    ASSERT_TRUE(revisions);
    ASSERT_EQ(revisions->size(), 2U);
    EXPECT_EQ((*revisions)[0].text, "först");
    EXPECT_EQ((*revisions)[0].seen_from, utc("2021-03-01T12:00:00Z"));
    EXPECT_EQ((*revisions)[0].seen_until, utc("2021-03-03T12:00:00Z"));
    EXPECT_EQ((*revisions)[1].text, "sedan");
    EXPECT_FALSE((*revisions)[1].seen_until);

    const StoredPost then = stored("fb/1", as_known_at(utc("2021-03-02T00:00:00Z")));
    EXPECT_EQ(then.post.text, "först");
    EXPECT_EQ(then.revision, 1);
    EXPECT_EQ(stored("fb/1", {utc("2021-03-02T00:00:00Z")}).post.text, "sedan");
}

TEST_F(Posts, APartialReadAddsItsMentionsToThoseStored) {
    Post post = post_of("1", "2021-03-01T10:00:00Z", "x");
    post.mentions = {"ungvanster"};
    apply("ig", posts({post}), "2021-03-01T12:00:00Z");
    post.mentions = {"other"};
    post.mentions_partial = true;
    apply("ig", posts({post}), "2021-03-20T12:00:00Z");
    EXPECT_EQ(stored("ig/1").post.mentions, (std::vector<std::string>{"ungvanster", "other"}));
    post.mentions = {};
    apply("ig", posts({post}), "2021-03-21T12:00:00Z");
    EXPECT_EQ(stored("ig/1").post.mentions, (std::vector<std::string>{"ungvanster", "other"}));
    post.mentions_partial = false;
    apply("ig", posts({post}), "2021-03-22T12:00:00Z");
    EXPECT_TRUE(stored("ig/1").post.mentions.empty());
}

TEST_F(Posts, OtherChangesAreNoRevision) {
    Post post = post_of("1", "2021-03-01T10:00:00Z");
    post.reactions = 1;
    apply("fb", posts({post}), "2021-03-01T12:00:00Z");
    post.reactions = 5;
    post.shares = 2;
    post.media_type = "photo";
    EXPECT_EQ(apply("fb", posts({post}), "2021-03-02T12:00:00Z"), ApplyCounts{});
    EXPECT_EQ(stored("fb/1").post.reactions, 5);
    EXPECT_EQ(stored("fb/1").post.shares, 2);
    EXPECT_EQ(stored("fb/1").input_version, 1);
    post.reactions = {};
    post.published = {};
    post.url = "";
    apply("fb", posts({post}), "2021-03-03T12:00:00Z");
    EXPECT_EQ(stored("fb/1").post.reactions, 5) << "what is not told stays";
    EXPECT_EQ(stored("fb/1").post.published, utc("2021-03-01T10:00:00Z"));
    EXPECT_EQ(stored("fb/1").revision, 1);
    post.mentions = {"ungvanster"};
    apply("fb", posts({post}), "2021-03-04T12:00:00Z");
    EXPECT_EQ(stored("fb/1").revision, 1);
    EXPECT_EQ(stored("fb/1").input_version, 2) << "a rule may judge it otherwise now";
}

TEST_F(Posts, AKnownSecondKeyUnderANewIdIsTheSamePost) {
    Post post = post_of("https://a.example/?p=1", "2021-03-01T10:00:00Z", "x", PostKind::article);
    post.second_key = "a.example/klimat";
    apply("web", posts({post}), "2021-03-01T12:00:00Z");
    post.remote_id = "https://a.example/klimat";
    for (const char* at : {"2021-03-02T12:00:00Z", "2021-03-03T12:00:00Z"}) {
        EXPECT_EQ(apply("web", posts({post}), at).posts_added, 0);
    }
    EXPECT_EQ(row_counts(file())["post"], 1);
    EXPECT_EQ(stored("web/https://a.example/klimat").id, "web/https://a.example/?p=1");
    post.remote_id = "third";
    post.kind = PostKind::press;
    EXPECT_EQ(apply("web", posts({post}), "2021-03-04T12:00:00Z").posts_added, 1) << "other kind";
    post.kind = PostKind::article;
    EXPECT_EQ(apply("fb", posts({post}), "2021-03-04T12:00:00Z").posts_added, 1) << "other source";
}

TEST_F(Posts, AKnownSecondKeyUnderAnUnlikeTitleIsAnotherPost) {
    Post post = post_of("1", "2021-03-01T10:00:00Z", "x", PostKind::article);
    post.second_key = "a.example/direkt";
    post.title = "Ny skola byggs i Tumba";
    apply("web", posts({post}), "2021-03-01T12:00:00Z");
    post.remote_id = "2";
    post.title = "Rapport från årsmötet";
    EXPECT_EQ(apply("web", posts({post}), "2021-03-02T12:00:00Z").posts_added, 1);
    post.remote_id = "3";
    post.title = "Ny skola byggs inte i Tumba";
    EXPECT_EQ(apply("web", posts({post}), "2021-03-03T12:00:00Z").posts_added, 0);
    EXPECT_EQ(stored("web/3").id, "web/1") << "the first post with a like title";
    EXPECT_EQ(stored("web/3").revision, 2) << "its title has changed";
}

TEST_F(Posts, ATextThatDiffersOnEveryReadIsRevisedOnceADayAfterTwentyFourTimes) {
    Post post = post_of("1", "2021-03-01T10:00:00Z", "0 stjärnor", PostKind::article);
    post.title = "Recension";
    const sys_seconds begin = utc("2021-03-01T12:00:00Z");
    const auto read = [&](int hour) {
        post.text = std::to_string(hour) + " stjärnor";
        return apply("web", posts({post}), format_utc(begin + std::chrono::hours{hour}).c_str())
            .posts_revised;
    };
    std::int64_t revised = 0;
    for (int hour = 0; hour < 25; ++hour) revised += read(hour);
    EXPECT_EQ(revised, 24);
    for (int hour = 25; hour < 25 + 24 * 3; ++hour) revised += read(hour);
    EXPECT_EQ(revised, 24 + 3);
    post.title = "Recension: fem getingar";
    EXPECT_EQ(read(100), 1) << "another title is news at once";
}

TEST_F(Posts, TwoItemsOfOneReadWithTheSameKeyAreTwo) {
    Post one = post_of("1", "2021-03-01T10:00:00Z");
    one.second_key = "a.example/";
    Post two = post_of("2", "2021-03-02T10:00:00Z", "annat");
    two.second_key = "a.example/";
    apply("web", posts({one}), "2021-03-01T12:00:00Z");
    EXPECT_EQ(apply("web", posts({one, two}), "2021-03-02T12:00:00Z").posts_added, 1);
    const std::string once = dump(file());
    apply("web", posts({one, two}), "2021-03-02T12:00:00Z");
    EXPECT_EQ(dump(file()), once);
}

TEST_F(Posts, AFeedThatIsRebuiltBringsNothingBack) {
    const Post old = post_of("old", "2020-03-02T10:00:00Z", "gammal", PostKind::press);
    const Post recent = post_of("new", "2021-03-02T10:00:00Z", "ny", PostKind::press);
    apply("mitti", posts({old}), "2020-03-02T12:00:00Z");
    apply("mitti", posts({recent}), "2021-03-02T12:00:00Z");  // the old one has scrolled out
    EXPECT_EQ(apply("mitti", posts({old, recent}), "2021-03-03T12:00:00Z"), ApplyCounts{});
    EXPECT_EQ(stored("mitti/old").first_seen, utc("2020-03-02T12:00:00Z"));
}

TEST_F(Posts, AnArticleInTwoFeedsIsAPostOfEach) {
    Post post = post_of("https://a.example/1", "2021-03-01T10:00:00Z", "x", PostKind::press);
    post.second_key = "a.example/1";
    EXPECT_EQ(apply("web", posts({post}), "2021-03-01T12:00:00Z").posts_added, 1);
    EXPECT_EQ(apply("mitti", posts({post}), "2021-03-01T12:00:00Z").posts_added, 1);
    EXPECT_EQ(stored("web/https://a.example/1").id, "web/https://a.example/1");
    EXPECT_EQ(stored("mitti/https://a.example/1").id, "mitti/https://a.example/1");
}

TEST_F(Posts, AnIdGivenTwiceInOneReadIsTakenOnce) {
    const Observations read = posts(
        {post_of("1", "2021-03-01T10:00:00Z", "a"), post_of("1", "2021-03-01T10:00:00Z", "b")});
    EXPECT_EQ(apply("web", read, "2021-03-01T12:00:00Z").posts_added, 1);
    EXPECT_EQ(apply("web", read, "2021-03-02T12:00:00Z"), ApplyCounts{});
    EXPECT_EQ(stored("web/1").post.text, "a");
}

TEST_F(Posts, VanishAfterTwoCompleteReadsAndComeBack) {
    const Post one = post_of("1", "2021-03-01T10:00:00Z");
    const Post two = post_of("2", "2021-03-02T10:00:00Z");
    const Post old = post_of("0", "2020-03-02T10:00:00Z");
    apply("fb", posts({old, one, two}), "2021-03-03T12:00:00Z");
    EXPECT_EQ(apply("fb", complete({two}), "2021-03-04T12:00:00Z").posts_gone, 0);
    EXPECT_FALSE(stored("fb/1").gone);
    EXPECT_EQ(apply("fb", posts({two}), "2021-03-04T13:00:00Z").posts_gone, 0) << "not complete";
    EXPECT_EQ(apply("fb", complete({two}), "2021-03-05T12:00:00Z").posts_gone, 1);
    EXPECT_EQ(stored("fb/1").gone_since, utc("2021-03-05T12:00:00Z"));
    EXPECT_FALSE(stored("fb/1", {utc("2021-03-04T23:00:00Z")}).gone);
    EXPECT_FALSE(stored("fb/0").gone) << "older than the reads reached";
    EXPECT_EQ(row_counts(file())["post"], 3);
    apply("fb", complete({one, two}), "2021-03-06T12:00:00Z");
    EXPECT_FALSE(stored("fb/1").gone);
    EXPECT_EQ(apply("fb", complete({two}), "2021-03-07T12:00:00Z").posts_gone, 0) << "counts anew";
}

TEST_F(Posts, AreNotGoneWhenSeenBetweenTwoMisses) {
    const Post one = post_of("1", "2021-03-01T10:00:00Z");
    const Post two = post_of("2", "2021-03-02T10:00:00Z");
    apply("fb", complete({one, two}), "2021-03-03T12:00:00Z");
    apply("fb", complete({two}), "2021-03-04T12:00:00Z");
    apply("fb", posts({one, two}), "2021-03-05T12:00:00Z");
    EXPECT_EQ(apply("fb", complete({two}), "2021-03-06T12:00:00Z").posts_gone, 0);
}

TEST_F(Posts, AnEmptyListAndWhatEndsByItselfProveNothing) {
    apply("ig",
          posts({post_of("1", "2021-03-01T10:00:00Z"),
                 post_of("s1", "2021-03-01T10:00:00Z", "", PostKind::story),
                 post_of("p1", "2021-03-01T10:00:00Z", "", PostKind::press)}),
          "2021-03-01T12:00:00Z");
    for (const char* at :
         {"2021-03-02T12:00:00Z", "2021-03-03T12:00:00Z", "2021-03-04T12:00:00Z"}) {
        Observations read = posts({post_of("s2", "2021-03-02T10:00:00Z", "", PostKind::story),
                                   post_of("p2", "2021-03-02T10:00:00Z", "", PostKind::press)});
        for (const PostKind kind : {PostKind::post, PostKind::story, PostKind::press}) {
            read.complete.push_back({kind, utc("2021-01-01T00:00:00Z")});
        }
        EXPECT_EQ(apply("ig", read, at).posts_gone, 0);
    }
    EXPECT_EQ(number_from(file(), "SELECT count(*) FROM post WHERE missed OR gone_since"), 0);
}

TEST_F(Posts, AreListedByDateThenIdUndatedOnesLast) {
    apply("fb",
          posts({post_of("b", "2021-03-02T10:00:00Z"), post_of("a", "2021-03-02T10:00:00Z"),
                 post_of("n", nullptr), post_of("c", "2021-03-01T10:00:00Z")}),
          "2021-03-03T12:00:00Z");
    apply("web", posts({post_of("w", "2021-03-01T11:00:00Z", "x", PostKind::article)}),
          "2021-03-03T13:00:00Z");
    judge("fb/b", kClimate, true, "2021-03-03T14:00:00Z");
    const auto listed = [&](const PostListing& listing, AsOf as_of = kNow) {
        std::string ids;
        const auto done = store().each_post(listing, as_of, [&](const StoredPost& post) {
            ids += post.id + " ";
            return true;
        });
        EXPECT_TRUE(done) << done.error().what;
        return ids;
    };
    EXPECT_EQ(listed({}), "fb/c web/w fb/a fb/b fb/n ");
    EXPECT_EQ(listed({.source = "fb"}), "fb/c fb/a fb/b fb/n ");
    EXPECT_EQ(listed({.source = "nobody"}), "");
    EXPECT_EQ(listed({.label = kClimate}), "fb/b ");
    EXPECT_EQ(listed({.from = utc("2021-03-01T11:00:00Z")}), "web/w fb/a fb/b ");
    EXPECT_EQ(listed({.to = utc("2021-03-01T11:00:00Z")}), "fb/c ");
    EXPECT_EQ(listed({.kinds = {PostKind::article}}), "web/w ");
    EXPECT_EQ(listed({}, {utc("2021-03-02T00:00:00Z")}), "fb/c web/w ");
    EXPECT_EQ(listed({}, as_known_at(utc("2021-03-02T00:00:00Z"))), "");
    EXPECT_EQ(listed({}, as_known_at(utc("2021-03-03T12:30:00Z"))), "fb/c fb/a fb/b fb/n ");
    EXPECT_EQ(listed({.label = kClimate}, as_known_at(utc("2021-03-03T13:30:00Z"))), "");
    EXPECT_EQ(listed({.label = kClimate}, as_known_at(utc("2021-03-03T14:00:00Z"))), "fb/b ");
}

TEST_F(Posts, TheListStopsWhenToldTo) {
    apply("fb", posts({post_of("a", "2021-03-01T10:00:00Z"), post_of("b", "2021-03-02T10:00:00Z")}),
          "2021-03-03T12:00:00Z");
    int seen = 0;
    ASSERT_TRUE(store().each_post({}, kNow, [&](const StoredPost&) { return ++seen < 1; }));
    EXPECT_EQ(seen, 1);
}

TEST_F(Posts, ThatAreNotThereAreNoError) {
    const auto none = store().post("fb/none", kNow);
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
    EXPECT_FALSE(*store().post("noslash", kNow));
    EXPECT_EQ(store().revisions("fb/none", kNow).error().fault, Fault::not_found);
}

TEST_F(Posts, PressItemsOfAWindowComeByDateOrFirstSight) {
    apply("mitti",
          posts({post_of("2", "2021-03-02T10:00:00Z", "b", PostKind::press),
                 post_of("1", "2021-03-01T10:00:00Z", "a", PostKind::press),
                 post_of("n", nullptr, "n", PostKind::press)}),
          "2021-03-03T12:00:00Z");
    const auto ids = [&](const char* from, const char* to, AsOf as_of) {
        std::string all;
        const auto items = store().press_items({utc(from), utc(to)}, as_of);
        for (const StoredPressItem& item : *items) all += item.id + " ";
        return all;
    };
    EXPECT_EQ(ids("2021-03-01T00:00:00Z", "2021-03-04T00:00:00Z", kNow),
              "mitti/1 mitti/2 mitti/n ");
    EXPECT_EQ(ids("2021-03-01T10:00:00Z", "2021-03-02T10:00:00Z", kNow), "mitti/1 ");
    EXPECT_EQ(ids("2021-03-01T00:00:00Z", "2021-03-04T00:00:00Z",
                  as_known_at(utc("2021-03-03T00:00:00Z"))),
              "");
}

}  // namespace
}  // namespace narvaro
