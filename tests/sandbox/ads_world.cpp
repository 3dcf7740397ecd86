#include "ads_world.h"

#include "local_time.h"

namespace narvaro::sandbox {

std::span<const Campaign> campaigns() {
    static const Campaign kCampaigns[] = {
        // Over before the plan begins: counts for nothing.
        {"23840000000000101", "Höst 2020 lokalt", false, "Vallentuna", "Stockholm County",
         from_stockholm({2020, 10, 5, 9, 0, 0}), from_stockholm({2020, 10, 20, 9, 0, 0}), true,
         false},
        {"23840000000000102", "Vår 2021 lokalt", false, "Vallentuna", "Stockholm County",
         from_stockholm({2021, 3, 10, 9, 0, 0}), from_stockholm({2021, 3, 24, 9, 0, 0}), true,
         false},
        // Neither local nor regional.
        {"23840000000000103", "Uppland", false, "Uppsala", "Uppsala County",
         from_stockholm({2021, 4, 12, 9, 0, 0}), from_stockholm({2021, 4, 19, 9, 0, 0}), false,
         false},
        {"23840000000000104", "Roslagen och Täby", true, "Täby", "Stockholm County",
         from_stockholm({2021, 5, 20, 9, 0, 0}), kEndOfTime, false, true},
    };
    return kCampaigns;
}

}  // namespace narvaro::sandbox
