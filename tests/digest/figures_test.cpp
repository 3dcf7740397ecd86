#include "digest/figures.h"

#include <limits>

#include <gtest/gtest.h>

#include "sample_week.h"

namespace narvaro {
namespace {

struct FigureCase {
    const char* name;
    double value;
    const char* swedish;
    const char* english;
};
class Figures : public testing::TestWithParam<FigureCase> {};

TEST_P(Figures, AreWrittenAsEachLanguageWritesThem) {
    const FigureCase& c = GetParam();
    EXPECT_EQ(number_words(c.value, Catalogue{"sv"}), c.swedish);
    EXPECT_EQ(number_words(c.value, Catalogue{"en"}), c.english);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, Figures,
    testing::Values(FigureCase{"Zero", 0, "0", "0"}, FigureCase{"Hundreds", 999, "999", "999"},
                    FigureCase{"Thousands", 1234.5, "1\u00A0234,5", "1,234.5"},
                    FigureCase{"Millions", 1234567, "1\u00A0234\u00A0567", "1,234,567"},
                    FigureCase{"RoundsToOneDecimal", 8.6956, "8,7", "8.7"},
                    FigureCase{"NoEmptyDecimal", 8.04, "8", "8"},
                    FigureCase{"Negative", -12, "−12", "−12"},
                    FigureCase{"NegativeNothing", -0.01, "0", "0"},
                    FigureCase{"NotANumber", std::numeric_limits<double>::quiet_NaN(), "–", "–"}),
    [](const auto& p) { return p.param.name; });

TEST(Figures, AChangeCarriesItsSign) {
    const Catalogue sv{"sv"};
    EXPECT_EQ(signed_words(6, sv), "+6");
    EXPECT_EQ(signed_words(-3, sv), "−3");
    EXPECT_EQ(signed_words(0, sv), "±0");
}

TEST(Figures, AShareIsAPercentage) {
    EXPECT_EQ(percent_words(0.0869, Catalogue{"sv"}), "8,7\u00A0%");
    EXPECT_EQ(percent_words(0.0869, Catalogue{"en"}), "8.7%");
}

TEST(Dates, AreSpokenInTheZone) {
    const Zone zone = Zone::find("Europe/Stockholm").value();
    const auto t = utc("2021-11-30T23:05:00Z");
    EXPECT_EQ(instant_words(t, zone, Catalogue{"sv"}), "1\u00A0december 00:05");
    EXPECT_EQ(date_words(zone.day_of(t), Catalogue{"en"}), "1\u00A0December 2021");
}

}  // namespace
}  // namespace narvaro
