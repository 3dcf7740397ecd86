#include "daemon/meta_budget.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace narvaro {
namespace {

const sys_seconds kEvening = *parse_instant("2026-11-25T21:00:00Z");
const sys_seconds kMidnight = *parse_instant("2026-11-26T00:00:00Z");

TEST(MetaBudget, IsOneForAllSourcesAndBeginsAnewWithTheDay) {
    char name[] = "/tmp/narvaro-budget-XXXXXX";
    const std::filesystem::path folder = ::mkdtemp(name);
    auto store = Store::open(folder / "narvaro.db", OpenMode::read_write);
    std::filesystem::remove_all(folder);  // the open file lives on
    ASSERT_TRUE(store) << store.error().what;
    EXPECT_EQ(*meta_calls_today(*store, kEvening), 0);
    ASSERT_TRUE(add_meta_calls(*store, 40, kEvening));
    EXPECT_FALSE(*meta_rests_until(*store, 60, kEvening));
    ASSERT_TRUE(add_meta_calls(*store, 20, kEvening + std::chrono::hours{1}));
    EXPECT_EQ(*meta_calls_today(*store, kEvening), 60);
    EXPECT_EQ(*meta_rests_until(*store, 60, kEvening), kMidnight);
    EXPECT_FALSE(*meta_rests_until(*store, 60, kMidnight));
    EXPECT_EQ(*meta_calls_today(*store, kMidnight), 0);
}

}  // namespace
}  // namespace narvaro
