#include "daemon/press_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/rules_file.h"

namespace narvaro {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> reasons(const char* title, const char* text) {
    static const Places kPlaces{
        {{"local", {"Vallentuna", "Brottby"}}, {"regional", {"Stockholm"}}}};
    StoredPressItem item;
    item.title = title;
    item.text = text;
    return PressFit{builtin_rules(), kPlaces}.reasons(item);
}

TEST(PressFit, IsALocalPlaceThatTheItemNames) {
    EXPECT_THAT(reasons("Postombudet i Brottby läggs ned", "Vallentunas sista."),
                ElementsAre("Vallentuna", "Brottby"));
}

TEST(PressFit, IsOneOfTheAssociationsThemes) {
    EXPECT_FALSE(reasons("Kommunen antar en klimatplan", "").empty());
}

TEST(PressFit, IsNotWhatHappensElsewhereAndConcernsOtherThings) {
    EXPECT_THAT(reasons("Ny glasskiosk öppnar i Stockholm", "Jordgubbar är populärast."),
                IsEmpty());
}

}  // namespace
}  // namespace narvaro
