#include <gtest/gtest.h>

#include "testing.h"
#include "world.h"

namespace narvaro::sandbox {
namespace {

const std::string kAccount = std::string{"act_"} + kAdAccount;

TEST(Ads, TheAccountIsEmptyAtFirst) {
    Running sandbox{"2020-06-15T06:00:00Z"};
    EXPECT_TRUE(sandbox.json(kAccount + "/adsets?fields=id,targeting")["data"].empty());
    EXPECT_TRUE(sandbox.json(kAccount + "/saved_audiences?fields=id")["data"].empty());
    EXPECT_TRUE(sandbox.json(kAccount + "/insights?date_preset=maximum")["data"].empty());
}

TEST(Ads, AdSetsNameTheirPlacesAndTheirOwnTime) {
    Running sandbox{"2021-03-12T06:00:00Z"};
    const Json sets = sandbox.json(kAccount +
                                   "/adsets?fields=name,effective_status,start_time,targeting"
                                   "&effective_status=%5B%22ACTIVE%22%5D");
    ASSERT_EQ(sets["data"].size(), 1U);
    const Json& set = sets["data"][0];
    EXPECT_EQ(set["start_time"], "2021-03-10T09:00:00+0100");
    EXPECT_EQ(set["targeting"]["geo_locations"]["cities"][0]["name"], "Vallentuna");
    EXPECT_EQ(set["targeting"]["geo_locations"]["cities"][0]["region_id"], "3212");
    sandbox.clock("2021-06-01T06:00:00Z");
    EXPECT_EQ(sandbox.json(kAccount + "/adsets?fields=effective_status")["data"].size(), 3U);
    EXPECT_EQ(sandbox.json(kAccount + "/saved_audiences?fields=name,targeting")["data"].size(), 1U);
}

TEST(Ads, InsightsAreStringsByDayAndLeaveOutDaysWithoutDelivery) {
    Running sandbox{"2021-06-01T06:00:00Z"};
    const Json rows = sandbox.json(
        kAccount +
        "/insights?fields=spend,reach&breakdowns=region&time_increment=1"
        "&time_range=%7B%22since%22%3A%222021-03-01%22%2C%22until%22%3A%222021-03-31%22%7D");
    ASSERT_EQ(rows["data"].size(), 14U);
    EXPECT_EQ(rows["data"][0], Json({{"spend", "25.40"},
                                     {"reach", "189"},
                                     {"region", "Stockholm County"},
                                     {"date_start", "2021-03-10"},
                                     {"date_stop", "2021-03-10"}}));
}

TEST(Ads, NeedTheirPermission) {
    Running sandbox{"2021-06-01T06:00:00Z"};
    sandbox.fault("/graph", "missing_permission", "ads_read");
    EXPECT_EQ(code_of(sandbox.call(kAccount + "/adsets")), 200);
}

}  // namespace
}  // namespace narvaro::sandbox
