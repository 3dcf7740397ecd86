#include "store_fixture.h"

namespace narvaro {
namespace {

class Polls : public StoreTest {
  protected:
    SourceStatus status(const std::string& id) { return *store().status(id); }
    PollOutcome failure(const char* at, const char* next) {
        return {utc(at), Error{Fault::network, "no route", "look at the cable", {}}, false,
                utc(next)};
    }
};

TEST_F(Polls, FailuresAreCountedUntilASuccess) {
    apply("web", {}, "2021-03-01T10:00:00Z");
    ASSERT_TRUE(
        store().poll_failed("web", failure("2021-03-01T11:00:00Z", "2021-03-01T12:00:00Z")));
    ASSERT_TRUE(
        store().poll_failed("web", failure("2021-03-01T12:00:00Z", "2021-03-01T14:00:00Z")));
    SourceStatus web = status("web");
    EXPECT_EQ(web.consecutive_failures, 2);
    EXPECT_EQ(web.failing_since, utc("2021-03-01T11:00:00Z"));
    EXPECT_EQ(web.last_success, utc("2021-03-01T10:00:00Z"));
    EXPECT_EQ(web.last_attempt, utc("2021-03-01T12:00:00Z"));
    EXPECT_EQ(web.next_poll, utc("2021-03-01T14:00:00Z"));
    EXPECT_EQ(web.error, (Error{Fault::network, "no route", "look at the cable", {}}));
    apply("web", {}, "2021-03-01T14:00:00Z");
    web = status("web");
    EXPECT_EQ(web.consecutive_failures, 0);
    EXPECT_FALSE(web.error);
    EXPECT_FALSE(web.failing_since);
}

TEST_F(Polls, APartialFailureIsASuccessWithAnError) {
    PollOutcome partial = outcome("2021-03-01T10:00:00Z");
    partial.error = Error{Fault::rate_limited, "stories: too often", "", seconds{90}};
    ASSERT_TRUE(store().apply("ig", {}, partial));
    EXPECT_EQ(status("ig").error, partial.error);
    EXPECT_EQ(status("ig").consecutive_failures, 0);
    EXPECT_EQ(status("ig").last_success, utc("2021-03-01T10:00:00Z"));
}

TEST_F(Polls, ValidatorsAreOneSetAndOutliveA304) {
    Observations read;
    read.validators = Validators{"\"a\"", "Mon"};
    apply("web", read, "2021-03-01T10:00:00Z");
    Observations same;
    same.not_modified = true;
    apply("web", same, "2021-03-01T11:00:00Z");
    apply("web", same, "2021-03-01T12:00:00Z");
    EXPECT_EQ(status("web").validators, (Validators{"\"a\"", "Mon"}));
    EXPECT_EQ(status("web").not_modified, 2);
    EXPECT_EQ(status("web").last_read, utc("2021-03-01T10:00:00Z"));
    ASSERT_TRUE(
        store().poll_failed("web", failure("2021-03-01T13:00:00Z", "2021-03-01T14:00:00Z")));
    EXPECT_EQ(status("web").validators.etag, "\"a\"");
    read.validators = Validators{"\"b\"", ""};
    apply("web", read, "2021-03-01T14:00:00Z");
    EXPECT_EQ(status("web").validators, (Validators{"\"b\"", ""}));
    EXPECT_EQ(status("web").not_modified, 0);
}

TEST_F(Polls, ABackfillResumesAtItsCursorUntilItIsFinished) {
    Observations page;
    page.cursor = "page-2";
    apply("web", page, "2021-03-01T10:00:00Z");
    apply("web", {}, "2021-03-01T11:00:00Z");
    EXPECT_EQ(status("web").cursor, "page-2");
    ASSERT_TRUE(store().backfill_finished("web", utc("2020-01-01T00:00:00Z")));
    EXPECT_FALSE(status("web").cursor);
    EXPECT_EQ(status("web").backfilled_since, utc("2020-01-01T00:00:00Z"));
    ASSERT_TRUE(store().backfill_finished("web", utc("2020-06-01T00:00:00Z")));
    EXPECT_EQ(status("web").backfilled_since, utc("2020-01-01T00:00:00Z"));
}

TEST_F(Polls, ASourceThatLeftTheConfigurationKeepsItsData) {
    apply("web", posts({post_of("1", "2021-03-01T10:00:00Z")}), "2021-03-01T10:00:00Z");
    const Source fb{"fb", SourceKind::facebook, "1000", {}, {}};
    ASSERT_TRUE(store().sync_sources(std::span{&fb, 1}));
    EXPECT_FALSE(status("web").configured);
    EXPECT_TRUE(status("fb").configured);
    EXPECT_EQ(store().statuses()->front().id, "fb");
    EXPECT_EQ(stored("web/1").source, "web");
    EXPECT_EQ(
        *store().count_posts(
            {{"web"}, {}, false},
            std::vector<Span>{{utc("2021-01-01T00:00:00Z"), utc("2022-01-01T00:00:00Z")}}, kNow),
        std::vector<std::int64_t>{1});
}

TEST_F(Polls, AnotherAddressIsAskedFromTheBeginning) {
    Observations read;
    read.validators = Validators{"\"a\"", "Mon"};
    read.cursor = "page-2";
    apply("web", read, "2021-03-01T10:00:00Z");
    Source web{"web", SourceKind::website, "https://a.example/feed", {}, {}};
    ASSERT_TRUE(store().sync_sources(std::span{&web, 1}));
    EXPECT_FALSE(status("web").validators.empty());
    web.address = "https://b.example/feed";
    ASSERT_TRUE(store().sync_sources(std::span{&web, 1}));
    EXPECT_TRUE(status("web").validators.empty());
    EXPECT_FALSE(status("web").cursor);
}

TEST_F(Polls, ASourceIsObservedOnceAnythingWasReadFromIt) {
    EXPECT_FALSE(*store().observed("web", kNow));
    EXPECT_FALSE(*store().observed("nobody", kNow));
    ASSERT_TRUE(
        store().poll_failed("web", failure("2021-03-01T11:00:00Z", "2021-03-01T12:00:00Z")));
    EXPECT_FALSE(*store().observed("web", kNow));
    apply("web", {}, "2021-03-01T12:00:00Z");
    EXPECT_TRUE(*store().observed("web", kNow));
    EXPECT_FALSE(*store().observed("web", as_known_at(utc("2021-03-01T11:00:00Z"))));
    apply("fb", samples({{"fans", "", utc("2021-03-01T10:00:00Z"), 1}}), "2021-03-01T12:00:00Z");
    EXPECT_TRUE(*store().observed("fb", as_known_at(utc("2021-03-02T00:00:00Z"))));
}

TEST_F(Polls, TheNextPollOutlivesARestart) {
    ASSERT_TRUE(store().set_next_poll("web", utc("2021-03-05T10:00:00Z")));
    reopen();
    EXPECT_EQ(status("web").next_poll, utc("2021-03-05T10:00:00Z"));
    EXPECT_EQ(store().set_next_poll("nobody", {}).error().fault, Fault::not_found);
}

class Gaps : public StoreTest {
  protected:
    Observations gap(const char* metric, const char* dimension, GapReason reason) {
        Observations read;
        read.gaps = {{metric, dimension, reason, "detail"}};
        return read;
    }
    std::string open(AsOf as_of = kNow) {
        std::string all;
        const auto gaps = store().open_gaps(as_of);
        for (const StoredGap& gap : gaps.value()) {
            all += gap.source + ":" + gap.gap.metric + "{" + gap.gap.dimension +
                   "}=" + name_of(gap.gap.reason) + "@" + format_utc(gap.since).substr(8, 2) + "-" +
                   format_utc(gap.last_seen).substr(8, 2) + " ";
        }
        return all;
    }
};

TEST_F(Gaps, AreToldInTheWordsOfTheirFirstDayToWhoAsksAsKnownThen) {
    Observations missing = gap("followers", "", GapReason::failed);
    apply("ig", missing, "2021-03-01T10:00:00Z");
    missing.gaps[0].detail = "another detail";
    apply("ig", missing, "2021-03-02T10:00:00Z");
    EXPECT_EQ(store().open_gaps(kNow)->at(0).gap.detail, "another detail");
    EXPECT_EQ(store().open_gaps(as_known_at(utc("2021-03-03T10:00:00Z")))->at(0).gap.detail,
              "detail");
}

TEST_F(Gaps, StayOneRowWhileTheyLastAndCloseWhenTheNumberComes) {
    const Observations missing = gap("followers", "", GapReason::below_threshold);
    EXPECT_EQ(apply("ig", missing, "2021-03-01T10:00:00Z").gaps_opened, 1);
    EXPECT_EQ(apply("ig", missing, "2021-03-02T10:00:00Z"), ApplyCounts{});
    EXPECT_EQ(open(), "ig:followers{}=below_threshold@01-02 ");
    apply("ig", {}, "2021-03-03T10:00:00Z");
    EXPECT_EQ(open(), "ig:followers{}=below_threshold@01-02 ") << "silence is no number";
    EXPECT_EQ(apply("ig", samples({{"followers", "", utc("2021-03-04T10:00:00Z"), 101}}),
                    "2021-03-04T10:00:00Z")
                  .gaps_closed,
              1);
    EXPECT_EQ(open(), "");
    EXPECT_EQ(open({utc("2021-03-03T00:00:00Z")}), "ig:followers{}=below_threshold@01-02 ");
    EXPECT_EQ(open({utc("2021-02-03T00:00:00Z")}), "");
}

TEST_F(Gaps, OfAnEdgeCloseWhenAPollComesWithoutThem) {
    apply("ig", gap("stories", "", GapReason::forbidden), "2021-03-01T10:00:00Z");
    Observations page;
    page.cursor = "2";
    apply("ig", page, "2021-03-01T11:00:00Z");
    EXPECT_EQ(open(), "ig:stories{}=forbidden@01-01 ") << "a back-fill asks for no edges";
    apply("fb", {}, "2021-03-01T11:00:00Z");
    EXPECT_EQ(open(), "ig:stories{}=forbidden@01-01 ") << "another source";
    EXPECT_EQ(apply("ig", {}, "2021-03-02T10:00:00Z").gaps_closed, 1);
    EXPECT_EQ(open(), "");
}

TEST_F(Gaps, OfADimensionedMetricCloseByAnyOfItsNumbers) {
    apply("ig", gap("followers_city", "", GapReason::failed), "2021-03-01T10:00:00Z");
    apply("fb", gap("followers_city", "Täby", GapReason::failed), "2021-03-01T10:00:00Z");
    for (const char* source : {"ig", "fb"}) {
        apply(source, samples({{"followers_city", "Vallentuna", utc("2021-03-02T10:00:00Z"), 1}}),
              "2021-03-02T10:00:00Z");
    }
    EXPECT_EQ(open(), "fb:followers_city{Täby}=failed@01-01 ");
}

TEST_F(Gaps, WithANewReasonReplaceTheFormer) {
    apply("ig", gap("reach", "", GapReason::failed), "2021-03-01T10:00:00Z");
    apply("ig", gap("reach", "", GapReason::retired), "2021-03-02T10:00:00Z");
    EXPECT_EQ(open(), "ig:reach{}=retired@02-02 ");
}

class Audiences : public StoreTest {
  protected:
    Audience adset(const char* id, std::vector<AudiencePlace> places) {
        return {id, "adset", "Vår", "ACTIVE",         utc("2021-02-01T00:00:00Z"),
                {}, 18,      25,    std::move(places)};
    }
    Observations read(std::vector<Audience> list, bool complete = true) {
        Observations all;
        all.audiences = std::move(list);
        if (complete) all.complete_audiences = {"adset", "saved", "custom"};
        return all;
    }
    std::string live(const char* from, const char* to, AsOf as_of = kNow) {
        std::string all;
        const auto audiences = store().audiences("ads", {utc(from), utc(to)}, as_of);
        for (const Audience& audience : audiences.value()) {
            all += audience.remote_id + "(";
            for (const AudiencePlace& place : audience.places) all += place.name + ",";
            all += ") ";
        }
        return all;
    }
    const AudiencePlace vallentuna{"Vallentuna", "Stockholm County", "SE"};
    const AudiencePlace taby{"Täby", "Stockholm County", "SE"};
};

TEST_F(Audiences, AreLiveFromTheirStartOrFromWhenTheyWereSeen) {
    Audience saved = adset("s", {taby});
    saved.kind = "saved";
    saved.live_from = {};
    Audience custom = adset("c", {taby});
    custom.kind = "custom";
    apply("ads", read({adset("a", {vallentuna}), saved, custom}), "2021-06-01T00:00:00Z");
    EXPECT_EQ(live("2021-01-01T00:00:00Z", "2021-02-01T00:00:00Z"), "");
    EXPECT_EQ(live("2021-01-01T00:00:00Z", "2021-02-01T00:00:01Z"), "a(Vallentuna,) ");
    EXPECT_EQ(live("2021-06-01T00:00:00Z", "2021-07-01T00:00:00Z"), "a(Vallentuna,) s(Täby,) ");
    EXPECT_EQ(live("2021-06-01T00:00:00Z", "2021-07-01T00:00:00Z",
                   as_known_at(utc("2021-05-01T00:00:00Z"))),
              "");
    EXPECT_EQ(live("2021-01-01T00:00:00Z", "2021-07-01T00:00:00Z", {utc("2021-05-01T00:00:00Z")}),
              "a(Vallentuna,) ");
    EXPECT_EQ((*store().audiences("ads", {utc("2021-06-01T00:00:00Z"), utc("2021-07-01T00:00:00Z")},
                                  kNow))[1]
                  .live_from,
              utc("2021-06-01T00:00:00Z"));
}

TEST_F(Audiences, AreNoLongerLiveWhenACompleteReadLacksThem) {
    apply("ads", read({adset("a", {taby}), adset("b", {taby})}), "2021-06-01T00:00:00Z");
    EXPECT_EQ(apply("ads", read({adset("a", {taby})}, false), "2021-06-02T00:00:00Z"),
              ApplyCounts{});
    EXPECT_EQ(apply("ads", read({}), "2021-06-03T00:00:00Z"), ApplyCounts{}) << "suddenly empty";
    EXPECT_EQ(apply("ads", read({adset("a", {taby})}), "2021-06-04T00:00:00Z").audiences_changed,
              1);
    EXPECT_EQ(apply("ads", read({adset("a", {taby})}), "2021-06-05T00:00:00Z"), ApplyCounts{});
    EXPECT_EQ(live("2021-06-04T00:00:00Z", "2021-07-01T00:00:00Z"), "a(Täby,) ");
    EXPECT_EQ(live("2021-06-03T00:00:00Z", "2021-07-01T00:00:00Z"), "a(Täby,) b(Täby,) ");
    EXPECT_EQ(live("2021-06-03T12:00:00Z", "2021-07-01T00:00:00Z",
                   as_known_at(utc("2021-06-03T18:00:00Z"))),
              "a(Täby,) b(Täby,) ");
    apply("ads", read({adset("a", {taby}), adset("b", {taby})}), "2021-06-10T00:00:00Z");
    EXPECT_EQ(live("2021-06-05T00:00:00Z", "2021-06-06T00:00:00Z"), "a(Täby,) ");
    EXPECT_EQ(live("2021-06-11T00:00:00Z", "2021-06-12T00:00:00Z"), "a(Täby,) b(Täby,) ");
}

TEST_F(Audiences, EndByTheListOfTheirOwnKindAlone) {
    Audience saved = adset("s", {taby});
    saved.kind = "saved";
    apply("ads", read({adset("a", {taby}), adset("b", {taby}), saved}), "2021-06-01T00:00:00Z");
    Observations forbidden = read({adset("a", {taby})}, false);  // no list of saved ones was read
    forbidden.complete_audiences = {"adset"};
    EXPECT_EQ(apply("ads", forbidden, "2021-06-02T00:00:00Z").audiences_changed, 1) << "b";
    EXPECT_EQ(live("2021-06-03T00:00:00Z", "2021-07-01T00:00:00Z"), "a(Täby,) s(Täby,) ");
    EXPECT_EQ(apply("ads", read({adset("a", {taby})}), "2021-06-04T00:00:00Z"), ApplyCounts{})
        << "the list of saved ones is suddenly empty";
}

TEST_F(Audiences, ChangedPlacesAreANewVersionAndTheFormerWereLiveUntilThen) {
    apply("ads", read({adset("a", {vallentuna})}), "2021-06-01T00:00:00Z");
    apply("ads", read({adset("a", {taby, vallentuna})}), "2021-06-10T00:00:00Z");
    EXPECT_EQ(apply("ads", read({adset("a", {vallentuna, taby})}), "2021-06-11T00:00:00Z"),
              ApplyCounts{})
        << "the order of places says nothing";
    EXPECT_EQ(live("2021-06-01T00:00:00Z", "2021-07-01T00:00:00Z"),
              "a(Vallentuna,) a(Täby,Vallentuna,) ");
    EXPECT_EQ(live("2021-06-01T00:00:00Z", "2021-06-10T00:00:00Z"), "a(Vallentuna,) ");
    EXPECT_EQ(live("2021-06-10T00:00:00Z", "2021-07-01T00:00:00Z"), "a(Täby,Vallentuna,) ");
    EXPECT_EQ(live("2021-06-01T00:00:00Z", "2021-07-01T00:00:00Z",
                   as_known_at(utc("2021-06-09T00:00:00Z"))),
              "a(Vallentuna,) ");
}

TEST_F(Audiences, AChangedNameIsKnownThenAsItWas) {
    apply("ads", read({adset("a", {taby})}), "2021-06-01T00:00:00Z");
    Audience renamed = adset("a", {taby});
    renamed.name = "Sommar";
    apply("ads", read({renamed}), "2021-06-10T00:00:00Z");
    const Span june{utc("2021-06-01T00:00:00Z"), utc("2021-07-01T00:00:00Z")};
    const auto now = *store().audiences("ads", june, kNow);
    ASSERT_EQ(now.size(), 1U);
    EXPECT_EQ(now[0].name, "Sommar");
    EXPECT_EQ((*store().audiences("ads", june, as_known_at(utc("2021-06-05T00:00:00Z"))))[0].name,
              "Vår");
}

class Service : public StoreTest {};

TEST_F(Service, StateIsKeptReplacedAndForgotten) {
    EXPECT_EQ(*store().service_state("config_error"), std::nullopt);
    ASSERT_TRUE(store().set_service_state("config_error", "line 3"));
    ASSERT_TRUE(store().set_service_state("config_error", "line 4"));
    EXPECT_EQ(*store().service_state("config_error"), "line 4");
    ASSERT_TRUE(store().set_service_state("config_error", {}));
    EXPECT_EQ(*store().service_state("config_error"), std::nullopt);
}

}  // namespace
}  // namespace narvaro
