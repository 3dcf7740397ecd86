#include <gtest/gtest-spi.h>

#include "store_fixture.h"

namespace narvaro {
namespace {

class RecordCorrections : public StoreTest {
  protected:
    /// @return the id under which it is stored
    std::int64_t add(const char* at, std::optional<double> value, const char* recorded,
                     std::optional<std::int64_t> corrects = {}, bool withdrawn = false) {
        Record record{0, "members", utc(at), value, "", "", "Kim", utc(recorded)};
        record.corrects = corrects;
        record.withdrawn = withdrawn;
        const auto added = store().add_record(record);
        EXPECT_TRUE(added) << added.error().what;
        return added ? added->record.id : 0;
    }

    std::string listed(AsOf as_of = kNow) {
        std::string text;
        const auto records = store().records(
            "members", {utc("2021-01-01T00:00:00Z"), utc("2022-01-01T00:00:00Z")}, as_of);
        for (const Record& r : records.value()) {
            text += format_utc(r.at).substr(5, 5) + "=" +
                    (r.value ? std::to_string(static_cast<int>(*r.value)) : "event") + " ";
        }
        return text;
    }

    std::optional<double> value(const char* t, AsOf as_of = kNow) {
        const auto sample = store().sample_at({"", "", "", "members"}, utc(t), as_of);
        if (!sample || !*sample) return {};
        return (*sample)->value;
    }
};

TEST_F(RecordCorrections, ACorrectionStandsInThePlaceOfWhatItNames) {
    const auto first = add("2021-03-01T12:00:00Z", 52, "2021-03-01T18:00:00Z");
    add("2021-03-02T12:00:00Z", 55, "2021-04-01T08:00:00Z", first);
    EXPECT_EQ(listed(), "03-02=55 ");
    EXPECT_EQ(value("2021-12-31T00:00:00Z"), 55);
    EXPECT_EQ(value("2021-03-01T13:00:00Z"), std::nullopt) << "the corrected one counts nowhere";
    EXPECT_EQ(store().all_records(kNow)->size(), 1U);
    EXPECT_EQ(store().record_history(kNow)->size(), 2U);
}

TEST_F(RecordCorrections, AsKnownThenACorrectionIsNotYetThere) {
    const auto first = add("2021-03-01T12:00:00Z", 52, "2021-03-01T18:00:00Z");
    add("2021-03-01T12:00:00Z", 55, "2021-04-01T08:00:00Z", first);
    EXPECT_EQ(listed(as_known_at(utc("2021-03-31T00:00:00Z"))), "03-01=52 ");
    EXPECT_EQ(listed(as_known_at(utc("2021-04-01T08:00:00Z"))), "03-01=55 ");
    EXPECT_EQ(listed({utc("2021-03-31T00:00:00Z")}), "03-01=55 ");
    EXPECT_EQ(value("2021-03-31T00:00:00Z", as_known_at(utc("2021-03-31T00:00:00Z"))), 52);
}

TEST_F(RecordCorrections, ACorrectionToALaterDayTakesTheFigureFromTheEarlierOne) {
    const auto first = add("2021-03-01T12:00:00Z", 52, "2021-03-01T18:00:00Z");
    add("2021-06-01T12:00:00Z", 52, "2021-06-02T08:00:00Z", first);
    EXPECT_EQ(listed({utc("2021-04-01T00:00:00Z")}), "");
}

TEST_F(RecordCorrections, ACorrectionMayBeCorrectedAndGoBackToTheFirstFigure) {
    const auto first = add("2021-03-01T12:00:00Z", 52, "2021-03-01T18:00:00Z");
    const auto second = add("2021-03-01T12:00:00Z", 55, "2021-03-02T18:00:00Z", first);
    add("2021-03-01T12:00:00Z", 52, "2021-03-03T18:00:00Z", second);
    EXPECT_EQ(listed(), "03-01=52 ");
    EXPECT_EQ(store().record_history(kNow)->size(), 3U);
}

TEST_F(RecordCorrections, AWithdrawalLeavesNothingToCount) {
    const auto first = add("2021-03-01T12:00:00Z", {}, "2021-03-01T18:00:00Z");
    add("2021-03-01T12:00:00Z", {}, "2021-03-05T18:00:00Z", first, true);
    EXPECT_EQ(listed(), "");
    EXPECT_EQ(listed(as_known_at(utc("2021-03-04T00:00:00Z"))), "03-01=event ");
}

TEST_F(RecordCorrections, ACorrectionThatCannotBeIsRefused) {
    const auto first = add("2021-03-01T12:00:00Z", 52, "2021-03-01T18:00:00Z");
    Record other{0,  "fund", utc("2021-03-01T12:00:00Z"), 1, "",
                 "", "Kim",  utc("2021-03-02T00:00:00Z")};
    other.corrects = first;
    EXPECT_EQ(store().add_record(other).error().fault, Fault::usage);
    other.corrects = 99;
    EXPECT_EQ(store().add_record(other).error().fault, Fault::not_found);
    const auto second = add("2021-03-01T12:00:00Z", 55, "2021-03-02T18:00:00Z", first);
    Record late{0,  "members", utc("2021-03-01T12:00:00Z"), 56, "",
                "", "Kim",     utc("2021-03-03T00:00:00Z")};
    late.corrects = first;
    const auto refused = store().add_record(late);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().remedy.find("--corrects " + std::to_string(second)),
              std::string::npos);
    late.corrects.reset();
    late.withdrawn = true;
    EXPECT_EQ(store().add_record(late).error().fault, Fault::usage);
}

TEST_F(RecordCorrections, AreNeverChangedNorDeleted) {
    add("2021-03-01T12:00:00Z", 52, "2021-03-01T18:00:00Z");
    store_.reset();
    EXPECT_NONFATAL_FAILURE(run_sql(file(), "UPDATE record SET value = 1"), "append-only");
    EXPECT_NONFATAL_FAILURE(run_sql(file(), "DELETE FROM record"), "append-only");
}

class ByHand : public StoreTest {
  protected:
    void poll(const char* at, double value) {
        apply("fb", samples({{"followers_local", "", utc(at), value}}), at);
    }
    void enter(const char* at, double value, const char* now) {
        const ImportedSample one{"fb", {"followers_local", "", utc(at), value, "Kim"}};
        ASSERT_TRUE(store().import(std::vector{one}, {}, utc(now)));
    }
    std::string by(const char* t) {
        const auto sample = store().sample_at(series_, utc(t), kNow);
        return sample && *sample ? (*sample)->by : "none";
    }
    SeriesRef series_{"fb", "followers_local", "", ""};
};

TEST_F(ByHand, AFigureThatAPersonEnteredIsNeverMixedWithThoseRead) {
    poll("2021-03-01T06:00:00Z", 100);
    enter("2021-03-02T06:00:00Z", 100, "2021-03-02T07:00:00Z");
    poll("2021-03-03T06:00:00Z", 100);
    EXPECT_EQ(by("2021-03-01T12:00:00Z"), "");
    EXPECT_EQ(by("2021-03-02T12:00:00Z"), "Kim");
    EXPECT_EQ(by("2021-03-03T12:00:00Z"), "");
}

TEST_F(ByHand, AReadingByHandIsNoReadOfTheSource) {
    poll("2021-03-01T06:00:00Z", 100);
    enter("2021-03-09T06:00:00Z", 120, "2021-03-09T07:00:00Z");
    EXPECT_EQ(*store().read_until("fb", as_known_at(utc("2021-03-10T00:00:00Z"))),
              utc("2021-03-01T06:00:00Z"));
}

TEST_F(ByHand, ARestatedFigureStaysVisible) {
    poll("2021-03-01T06:00:00Z", 212);
    const ImportedSample other{"fb", {"followers_local", "", utc("2021-03-01T06:00:00Z"), 214}};
    ASSERT_TRUE(store().import(std::vector{other}, {}, utc("2021-03-09T00:00:00Z")));
    const Span march{utc("2021-03-01T00:00:00Z"), utc("2021-04-01T00:00:00Z")};
    const auto restated = store().restatements(series_, march, kNow);
    ASSERT_TRUE(restated) << restated.error().what;
    EXPECT_EQ(*restated, (std::vector<Restatement>{{utc("2021-03-01T06:00:00Z"), 212, 214.0,
                                                    utc("2021-03-09T00:00:00Z")}}));
    EXPECT_TRUE(
        store().restatements(series_, march, as_known_at(utc("2021-03-05T00:00:00Z")))->empty());
}

TEST_F(ByHand, TheLastReadIsTheLastSuccessUnlessOnlyWhatWasKnownThenIsAsked) {
    poll("2021-03-01T06:00:00Z", 100);
    poll("2021-03-20T06:00:00Z", 110);
    const AsOf then = as_known_at(utc("2021-03-05T00:00:00Z"));
    const AsOf today{utc("2021-03-05T00:00:00Z")};
    EXPECT_EQ(*store().read_until("fb", then), utc("2021-03-01T06:00:00Z"));
    EXPECT_EQ(*store().read_until("fb", today), utc("2021-03-20T06:00:00Z"));
    EXPECT_EQ(*store().read_until("ig", today), std::nullopt);
}

}  // namespace
}  // namespace narvaro
