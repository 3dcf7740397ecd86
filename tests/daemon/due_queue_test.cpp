#include "daemon/due_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace narvaro {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

sys_seconds at(int second) { return sys_seconds{seconds{second}}; }

TEST(DueQueue, GivesWhatIsDueInTheOrderOfItsTimeAndOnce) {
    DueQueue queue;
    queue.put("late", at(30));
    queue.put("first", at(10));
    queue.put("second", at(20));
    EXPECT_THAT(queue.take_due(at(9)), IsEmpty());
    EXPECT_THAT(queue.take_due(at(20)), ElementsAre("first", "second"));
    EXPECT_THAT(queue.take_due(at(20)), IsEmpty());
    EXPECT_FALSE(queue.due("first"));
    EXPECT_EQ(queue.due("late"), at(30));
}

TEST(DueQueue, PlansANameAnewInsteadOfTwice) {
    DueQueue queue;
    queue.put("web", at(10));
    queue.put("web", at(40));
    EXPECT_THAT(queue.take_due(at(39)), IsEmpty());
    queue.put("web", at(5));
    EXPECT_THAT(queue.take_due(at(39)), ElementsAre("web"));
    EXPECT_THAT(queue.take_due(at(99)), IsEmpty());
}

TEST(DueQueue, TakesNoMoreThanItIsToldAndTheLongestWaitingFirst) {
    DueQueue queue;
    for (int i = 9; i >= 0; --i) queue.put("s" + std::to_string(i), at(i));
    EXPECT_EQ(queue.take_due(at(100), 2), (std::vector<std::string>{"s0", "s1"}));
    EXPECT_EQ(queue.take_due(at(100), 0).size(), 0U);
    EXPECT_EQ(queue.take_due(at(100)).size(), 8U);
}

}  // namespace
}  // namespace narvaro
