#include <algorithm>
#include <cmath>

#include "store_fixture.h"

namespace narvaro {
namespace {

const SeriesRef kFollowers{"fb", "followers", "", ""};

class Samples : public StoreTest {
  protected:
    /// A poll at `at` that reads the value.
    std::int64_t poll(const char* at, double value) {
        return apply("fb", samples({{"followers", "", utc(at), value}}), at).samples_added;
    }

    ImportCounts import(const std::vector<std::pair<const char*, double>>& list, const char* now) {
        std::vector<ImportedSample> all;
        all.reserve(list.size());
        for (const auto& [at, value] : list) {
            all.push_back({"fb", {"followers", "", utc(at), value}});
        }
        const auto counts = store().import(all, {}, utc(now));
        EXPECT_TRUE(counts) << counts.error().what;
        return counts.value_or(ImportCounts{});
    }

    std::optional<double> value(const char* t, AsOf as_of = kNow) {
        const auto sample = store().sample_at(kFollowers, utc(t), as_of);
        EXPECT_TRUE(sample) << sample.error().what;
        if (!sample || !*sample) return {};
        return (*sample)->value;
    }

    std::string list(AsOf as_of = kNow) {
        const Span all{utc("2020-01-01T00:00:00Z"), utc("2030-01-01T00:00:00Z")};
        std::string text;
        const auto readings = store().samples(kFollowers, all, as_of);
        for (const Sample& sample : readings.value()) {
            text += format_utc(sample.at).substr(5, 5) + "=" +
                    std::to_string(static_cast<int>(sample.value)) + " ";
        }
        return text;
    }
};

TEST_F(Samples, AnUnchangedValueKeepsItsRow) {
    EXPECT_EQ(poll("2021-03-01T06:00:00Z", 400), 1);
    EXPECT_EQ(poll("2021-03-01T12:00:00Z", 400), 0);
    EXPECT_EQ(poll("2021-03-02T06:00:00Z", 400), 0);
    EXPECT_EQ(poll("2021-03-02T12:00:00Z", 400), 0);
    EXPECT_EQ(row_counts(file())["sample"], 1);
    EXPECT_EQ(number_from(file(), "SELECT seen_until FROM sample"),
              utc("2021-03-02T12:00:00Z").time_since_epoch().count());
    EXPECT_EQ(poll("2021-03-03T06:00:00Z", 401), 1);
    EXPECT_EQ(poll("2021-03-04T06:00:00Z", 400), 1);
    EXPECT_EQ(list(), "03-01=400 03-02=400 03-03=401 03-04=400 ");
}

TEST_F(Samples, TheValueAtAnInstantIsTheLatestAtOrBefore) {
    poll("2021-03-01T06:00:00Z", 400);
    poll("2021-03-05T06:00:00Z", 400);
    poll("2021-03-09T06:00:00Z", 410);
    EXPECT_EQ(value("2021-03-01T05:59:59Z"), std::nullopt);
    EXPECT_EQ(value("2021-03-01T06:00:00Z"), 400);
    EXPECT_EQ(value("2021-03-09T05:59:59Z"), 400);
    EXPECT_EQ(value("2021-03-09T06:00:00Z"), 410);
    EXPECT_EQ(value("2021-03-20T00:00:00Z", {utc("2021-03-06T00:00:00Z")}), 400);
    EXPECT_EQ((*store().sample_at(kFollowers, utc("2021-03-07T00:00:00Z"), kNow))->at,
              utc("2021-03-05T06:00:00Z"));
    EXPECT_FALSE(*store().sample_at({"fb", "fans", "", ""}, utc("2021-03-07T00:00:00Z"), kNow));
}

TEST_F(Samples, TheFirstAfterAnInstantLooksIntoARunToo) {
    poll("2021-03-01T06:00:00Z", 400);
    poll("2021-03-05T06:00:00Z", 400);
    poll("2021-03-09T06:00:00Z", 410);
    const auto after = [&](const char* t, AsOf as_of = kNow) {
        const auto sample = *store().sample_after(kFollowers, utc(t), as_of);
        return sample ? format_utc(sample->at) : std::string{};
    };
    EXPECT_EQ(after("2021-02-01T00:00:00Z"), "2021-03-01T06:00:00Z");
    EXPECT_EQ(after("2021-03-01T06:00:00Z"), "2021-03-01T06:00:00Z");
    EXPECT_EQ(after("2021-03-01T06:00:01Z"), "2021-03-05T06:00:00Z");
    EXPECT_EQ(after("2021-03-05T06:00:01Z"), "2021-03-09T06:00:00Z");
    EXPECT_EQ(after("2021-03-09T06:00:01Z"), "");
    EXPECT_EQ(after("2021-03-05T06:00:01Z", {utc("2021-03-08T00:00:00Z")}), "");
}

TEST_F(Samples, ImportsFillTheHistoryInWhateverOrderTheyCome) {
    poll("2021-03-01T06:00:00Z", 400);
    poll("2021-03-09T06:00:00Z", 400);
    EXPECT_EQ(import({{"2021-02-01T00:00:00Z", 380},
                      {"2021-01-01T00:00:00Z", 370},
                      {"2021-03-05T00:00:00Z", 390}},
                     "2021-04-01T00:00:00Z"),
              (ImportCounts{3, 0}));
    EXPECT_EQ(list(), "01-01=370 02-01=380 03-01=400 03-05=390 03-09=400 ");
    EXPECT_EQ(value("2021-03-08T00:00:00Z"), 390);
    EXPECT_EQ(value("2021-03-10T00:00:00Z"), 400);
    const std::string once = dump(file());
    EXPECT_EQ(import({{"2021-02-01T00:00:00Z", 380},
                      {"2021-01-01T00:00:00Z", 370},
                      {"2021-03-05T00:00:00Z", 390}},
                     "2021-05-01T00:00:00Z"),
              (ImportCounts{0, 3}));
    EXPECT_EQ(dump(file()), once);
    EXPECT_EQ(list(as_known_at(utc("2021-03-20T00:00:00Z"))), "03-01=400 03-09=400 ")
        << "not known then";
    EXPECT_EQ(list({utc("2021-03-20T00:00:00Z")}),
              "01-01=370 02-01=380 03-01=400 03-05=390 03-09=400 ");
}

TEST_F(Samples, ACorrectionReplacesOneReadingAndTheFormerIsKept) {
    struct Case {
        const char* at;
        const char* corrected;
    };
    const Case cases[] = {{"2021-03-01T06:00:00Z", "03-01=1 03-02=400 03-03=400 "},
                          {"2021-03-02T06:00:00Z", "03-01=400 03-02=1 03-03=400 "},
                          {"2021-03-03T06:00:00Z", "03-01=400 03-02=400 03-03=1 "}};
    for (const Case& c : cases) {
        SetUp();
        for (const char* at :
             {"2021-03-01T06:00:00Z", "2021-03-02T06:00:00Z", "2021-03-03T06:00:00Z"}) {
            poll(at, 400);
        }
        EXPECT_EQ(import({{c.at, 1}}, "2021-04-01T00:00:00Z"), (ImportCounts{1, 0})) << c.at;
        EXPECT_EQ(list(), c.corrected);
        EXPECT_EQ(list(as_known_at(utc("2021-03-20T00:00:00Z"))), "03-01=400 03-02=400 03-03=400 ");
        const std::string once = dump(file());
        EXPECT_EQ(import({{c.at, 1}}, "2021-05-01T00:00:00Z"), (ImportCounts{0, 1})) << c.at;
        EXPECT_EQ(dump(file()), once);
        TearDown();
    }
    SetUp();
}

TEST_F(Samples, AnyOrderOfTheSameReadingsGivesTheSameHistory) {
    std::vector<std::pair<const char*, double>> readings{{"2021-03-01T00:00:00Z", 1},
                                                         {"2021-03-02T08:00:00Z", 1},
                                                         {"2021-03-02T12:00:00Z", 2},
                                                         {"2021-03-02T18:00:00Z", 1},
                                                         {"2021-03-05T00:00:00Z", 1}};
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    do {
        SetUp();
        std::vector<std::pair<const char*, double>> shuffled;
        shuffled.reserve(order.size());
        for (const std::size_t i : order) shuffled.push_back(readings[i]);
        import(shuffled, "2021-04-01T00:00:00Z");
        for (const auto& [at, expected] : readings) {
            EXPECT_EQ(value(at), expected) << at << testing::PrintToString(order);
        }
        TearDown();
        if (HasFailure()) break;
    } while (std::next_permutation(order.begin(), order.end()));
    SetUp();
}

TEST_F(Samples, WhatWasKnownAtAnInstantNeverChangesByLaterPolls) {
    poll("2021-03-01T06:00:00Z", 400);
    poll("2021-03-02T06:00:00Z", 400);
    poll("2021-03-02T12:00:00Z", 400);
    const AsOf then = as_known_at(utc("2021-03-02T20:00:00Z"));
    const std::string known = list(then);
    const auto at = *store().sample_at(kFollowers, then.at, then);
    poll("2021-03-02T22:00:00Z", 400);
    poll("2021-03-07T06:00:00Z", 400);
    import({{"2021-03-01T12:00:00Z", 395}}, "2021-03-08T00:00:00Z");
    poll("2021-03-09T06:00:00Z", 420);
    EXPECT_EQ(list(then), known);
    EXPECT_EQ(*store().sample_at(kFollowers, then.at, then), at);
}

TEST_F(Samples, AnImportThatConfirmsAnOldPollIsNotSeenBeforeItWasStored) {
    poll("2021-03-01T06:00:00Z", 400);
    import({{"2021-03-10T06:00:00Z", 400}}, "2021-06-01T00:00:00Z");
    EXPECT_EQ(list(as_known_at(utc("2021-04-01T00:00:00Z"))), "03-01=400 ");
    EXPECT_EQ(list({utc("2021-04-01T00:00:00Z")}), "03-01=400 03-10=400 ");
}

TEST_F(Samples, AnImportCountsEachReadingOnceThoughTheValueStays) {
    const std::vector<std::pair<const char*, double>> year{
        {"2021-01-01T00:00:00Z", 50}, {"2021-02-01T00:00:00Z", 50}, {"2021-03-01T00:00:00Z", 50}};
    EXPECT_EQ(import(year, "2021-04-01T00:00:00Z"), (ImportCounts{3, 0}));
    EXPECT_EQ(import(year, "2021-05-01T00:00:00Z"), (ImportCounts{0, 3}));
    EXPECT_EQ(row_counts(file())["sample"], 1);
    EXPECT_EQ(list(), "01-01=50 02-01=50 03-01=50 ");
}

TEST_F(Samples, AnImportIsStoredWholeOrNotAtAll) {
    const ImportedSample good{"fb", {"followers", "", utc("2021-03-01T00:00:00Z"), 1}};
    const ImportedSample stranger{"nobody", good.sample};
    ImportedSample nan = good;
    nan.sample.value = std::nan("");
    for (const auto& [bad, fault] : {std::pair{stranger, Fault::not_found}, {nan, Fault::usage}}) {
        const ImportedSample both[] = {good, bad};
        const auto failed = store().import(both, {}, utc("2021-04-01T00:00:00Z"));
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().fault, fault);
        EXPECT_EQ(row_counts(file())["sample"], 0);
    }
}

TEST_F(Samples, AllAreGivenOutForExport) {
    poll("2021-03-01T06:00:00Z", 400);
    poll("2021-03-02T06:00:00Z", 400);
    apply("ig", samples({{"followers_city", "Täby", utc("2021-03-01T06:00:00Z"), 7}}),
          "2021-03-01T06:00:00Z");
    std::string all;
    ASSERT_TRUE(store().each_sample(kNow, [&](const std::string& source, const Sample& sample) {
        all += source + "/" + sample.metric + "{" + sample.dimension + "} ";
        return true;
    }));
    EXPECT_EQ(all, "fb/followers{} fb/followers{} ig/followers_city{Täby} ");
    EXPECT_EQ(*store().series(),
              (std::vector<Series>{{"fb", "followers", ""}, {"ig", "followers_city", "Täby"}}));
}

class Records : public StoreTest {
  protected:
    Record members(const char* at, double value, const char* recorded) {
        return {0, "members", utc(at), value, "", "", "Kim", utc(recorded)};
    }
};

TEST_F(Records, TheSameRecordTwiceIsOne) {
    const Record record = members("2021-01-01T00:00:00Z", 50, "2021-01-02T00:00:00Z");
    const auto first = store().add_record(record);
    ASSERT_TRUE(first && first->added);
    EXPECT_GT(first->record.id, 0);
    Record again = record;
    again.recorded_at = utc("2021-02-02T00:00:00Z");
    const auto second = store().add_record(again);
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->added);
    EXPECT_EQ(second->record, first->record);
    Record event{0, "uv-share", record.at, {}, "story", "", "", record.recorded_at};
    ASSERT_TRUE(store().add_record(event)->added);
    EXPECT_EQ(*store().import({}, std::vector{record, event}, utc("2021-03-01T00:00:00Z")),
              (ImportCounts{0, 2}));
    event.note = "another";
    EXPECT_TRUE(store().add_record(event)->added);
    EXPECT_EQ(store().all_records(kNow)->size(), 3U);
}

TEST_F(Records, AreSeenByDateAndByWhenTheyWereEntered) {
    store().add_record(members("2021-01-01T00:00:00Z", 50, "2021-01-02T00:00:00Z"));
    store().add_record(members("2021-03-01T00:00:00Z", 55, "2021-06-02T00:00:00Z"));
    const Span year{utc("2021-01-01T00:00:00Z"), utc("2022-01-01T00:00:00Z")};
    const auto seen = [&](AsOf as_of) { return store().records("members", year, as_of)->size(); };
    EXPECT_EQ(seen(kNow), 2U);
    EXPECT_EQ(seen({utc("2021-02-01T00:00:00Z")}), 1U);
    EXPECT_EQ(seen({utc("2021-04-01T00:00:00Z")}), 2U);
    EXPECT_EQ(seen(as_known_at(utc("2021-04-01T00:00:00Z"))), 1U);
    EXPECT_EQ(store().all_records(as_known_at(utc("2021-04-01T00:00:00Z")))->size(), 1U);
}

TEST_F(Records, TheirValuesAreASeriesWhereTheLastWordCounts) {
    const SeriesRef series{"", "", "", "members"};
    store().add_record(members("2021-01-01T00:00:00Z", 50, "2021-01-02T00:00:00Z"));
    store().add_record(members("2021-01-01T00:00:00Z", 52, "2021-01-03T00:00:00Z"));
    Record event = members("2021-02-01T00:00:00Z", 0, "2021-02-01T00:00:00Z");
    event.value = {};
    store().add_record(event);
    store().add_record(members("2021-03-01T00:00:00Z", 60, "2021-03-03T00:00:00Z"));
    EXPECT_EQ((*store().sample_at(series, utc("2021-02-15T00:00:00Z"), kNow))->value, 52);
    EXPECT_EQ((*store().sample_at(series, utc("2021-02-15T00:00:00Z"),
                                  as_known_at(utc("2021-01-02T12:00:00Z"))))
                  ->value,
              50);
    EXPECT_EQ((*store().sample_after(series, utc("2021-01-02T00:00:00Z"), kNow))->value, 60);
    const auto all =
        store().samples(series, {utc("2021-01-01T00:00:00Z"), utc("2022-01-01T00:00:00Z")}, kNow);
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ(all->front().value, 52);
}

TEST_F(Records, NeedANameAndANumber) {
    EXPECT_EQ(store().add_record({}).error().fault, Fault::usage);
    EXPECT_EQ(store()
                  .add_record(members("2021-01-01T00:00:00Z", INFINITY, "2021-01-02T00:00:00Z"))
                  .error()
                  .fault,
              Fault::usage);
}

TEST_F(Samples, WhatThePlatformToldThatDayStaysMeasuredWhenItIsImported) {
    apply("fb", samples({{"followers", "", utc("2021-03-01T06:00:00Z"), 400}}),
          "2021-03-01T06:00:00Z");
    apply("fb", samples({{"followers", "", utc("2021-03-02T14:00:00Z"), 401}}),
          "2021-03-02T14:00:00Z");
    const auto at_noon = [](const char* at, double value) {
        return ImportedSample{"fb", {"followers", "", utc(at), value, "Kim"}};
    };
    const std::vector<ImportedSample> file{at_noon("2021-03-01T11:00:00Z", 400),
                                           at_noon("2021-03-02T11:00:00Z", 401),
                                           at_noon("2021-03-03T11:00:00Z", 401)};
    const auto counts = store().import(file, {}, utc("2021-04-01T06:00:00Z"));
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->added, 1);
    EXPECT_EQ(counts->duplicates, 2);
    const SeriesRef followers{"fb", "followers", "", ""};
    const auto measured = store().sample_at(followers, utc("2021-03-02T23:00:00Z"), kNow);
    ASSERT_TRUE(measured && *measured);
    EXPECT_EQ((*measured)->by, "");
}

}  // namespace
}  // namespace narvaro
