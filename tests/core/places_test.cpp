#include "core/places.h"

#include <gtest/gtest.h>

namespace narvaro {
namespace {

struct PlaceCase {
    const char* name;
    const char* platform;
    const char* place;
    bool same;
};
class SamePlace : public testing::TestWithParam<PlaceCase> {};

TEST_P(SamePlace, ComparesAsThePlatformsWriteCities) {
    const PlaceCase& c = GetParam();
    EXPECT_EQ(same_place(c.platform, c.place), c.same);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, SamePlace,
    testing::Values(PlaceCase{"CityAndCountry", "Vallentuna, Sweden", "Vallentuna", true},
                    PlaceCase{"CityAndRegion", "Vallentuna, Stockholm County", "Vallentuna", true},
                    PlaceCase{"AllThree", "Vallentuna, Stockholm County, Sweden", "Vallentuna",
                              true},
                    PlaceCase{"BareCity", "vallentuna", "Vallentuna", true},
                    PlaceCase{"Municipality", "Vallentuna kommun, Sweden", "Vallentuna", true},
                    PlaceCase{"InnerLetter", "Kårsta, Sweden", "Kårsta", true},
                    PlaceCase{"WithoutDots", "Taby, Sweden", "Täby", true},
                    PlaceCase{"MangledFirstLetter", "??rebro, Sweden", "Örebro", true},
                    PlaceCase{"MangledTwice", "??ster??ker, Sweden", "Österåker", true},
                    PlaceCase{"OneMarkALetter", "?rebro, Sweden", "Örebro", true},
                    PlaceCase{"OnlyMarks", "????, Sweden", "Täby", true},
                    PlaceCase{"Decomposed",
                              "Ta\xCC\x88"
                              "by, Sweden",
                              "Täby", true},
                    PlaceCase{"AnotherCity", "Norrtälje, Sweden", "Täby", false},
                    PlaceCase{"Prefix", "Vallentunaholm, Sweden", "Vallentuna", false},
                    PlaceCase{"SameNameAbroad", "Stockholm, WI, USA", "Stockholm", false},
                    PlaceCase{"OtherCountry", "Stockholm, Norway", "Stockholm", false},
                    PlaceCase{"Empty", "", "Vallentuna", false}),
    [](const auto& p) { return p.param.name; });

TEST(InGroup, LooksAtEveryPlaceOfTheGroup) {
    const Places places{{{"local", {"Vallentuna", "Kårsta"}}, {"regional", {"Täby"}}}};
    EXPECT_TRUE(in_group(places, "local", "Kårsta, Sweden"));
    EXPECT_FALSE(in_group(places, "local", "Täby, Sweden"));
    EXPECT_TRUE(in_group(places, "regional", "Täby, Sweden"));
    EXPECT_FALSE(in_group(places, "elsewhere", "Täby, Sweden"));
}

}  // namespace
}  // namespace narvaro
